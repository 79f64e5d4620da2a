/// <reference types="./bokehjs.d.ts" />

const BASE = new URL(".", import.meta.url);

/**
 * @typedef {import("./embed.d.ts").EmbedOptions} EmbedOptions
 * @typedef {{ src: string, integrity?: string }} ScriptLink
 * @typedef {{ token: string, scripts: ScriptLink[], lateScripts: ScriptLink[], logLevel: string }} Embedding
 */

/**
 * Shows an application in an element.
 *
 * @param {Element | ShadowRoot} element Element to which the application is appended.
 * @param {string} application Path of the application on the server that serves this module, or its
 * URL.
 * @param {EmbedOptions} options See `embed.d.ts`.
 */
export async function embed(element, application = "/", options = {}) {
  const { signal } = options;
  signal?.throwIfAborted();
  const url = new URL(application.replace(/^\/+/, "").replace(/\/+$/, ""), BASE).href.replace(/\/+$/, "");
  const query = new URLSearchParams(options.arguments ?? {}).toString();
  const { token, scripts, lateScripts, logLevel } = await openEmbedding(url, query, options);
  /** @param {ScriptLink} script */
  const load = ({ src, integrity }) => loadScript(new URL(src, url).href, integrity);
  await Promise.all(scripts.map(load));
  keepConnections();
  Bokeh.set_log_level(logLevel);
  signal?.throwIfAborted();
  const session = await openSession(url, token, query, options.location ?? false);
  const view = new EmbeddedApplication(session);
  if (signal?.aborted) view.dispose();
  signal?.throwIfAborted();
  signal?.addEventListener("abort", () => view.dispose(), { once: true });
  await view.mount(element);
  signal?.throwIfAborted();
  Promise.all(lateScripts.map(load)).catch((error) => console.error(error));
  return view;
}

/** An application that is shown in a page. */
class EmbeddedApplication {
  /** @type {BokehSession} */
  #session;
  /** @type {BokehViews | undefined} */
  #views;
  #container = document.createElement("div");
  #disposed = false;

  /** @param {BokehSession} session */
  constructor(session) {
    this.#session = session;
    this.#container.style.display = "contents";
  }

  /** BokehJS's document of the session. */
  get document() {
    return this.#session.document;
  }

  /** @param {Element | ShadowRoot} element */
  async mount(element) {
    element.append(this.#container);
    this.#views = await Bokeh.embed.add_document_standalone(this.document, this.#container);
    if (this.#disposed) this.#views.clear();
  }

  /** Removes the application from the page and closes its websocket. */
  dispose() {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#session.close();
    this.#views?.clear();
    this.#container.remove();
    const index = Bokeh.documents.indexOf(this.document);
    if (index >= 0) Bokeh.documents.splice(index, 1);
  }

  [Symbol.dispose ?? Symbol.for("Symbol.dispose")]() {
    this.dispose();
  }
}

/** Runs `connection.js`, which has no effect after its first run in a page. */
function keepConnections() {
  // include connection.js
}

/**
 * Opens a session. Returns its token and the scripts that show it.
 *
 * @param {string} url
 * @param {string} query
 * @param {EmbedOptions} options
 * @returns {Promise<Embedding>}
 */
async function openEmbedding(url, query, { headers = {}, withCredentials = false, signal }) {
  const credentials = withCredentials ? "include" : "same-origin";
  const response = await fetch(`${url}/embed.json?${query}`, { headers, credentials, signal }).catch((cause) => {
    throw signal?.aborted ? cause : new Error(
      `Cannot embed ${url}: no application answers there, or its server does not allow pages of ${location.origin}: ` +
        `--allow-websocket-origin ${location.host} permits it`,
      { cause },
    );
  });
  const hint = response.status === 401
    ? ": log in first, and use withCredentials and a login cookie with SameSite=None and Secure"
    : "";
  if (!response.ok) throw new Error(`Cannot embed ${url}: ${response.status} ${response.statusText}${hint}`);
  return await response.json();
}

/**
 * Connects to a session and pulls its document.
 *
 * @param {string} url
 * @param {string} token
 * @param {string} query
 * @param {string | false} prefix
 */
async function openSession(url, token, query, prefix) {
  const { ClientConnection } = Bokeh.require("client/connection");
  const connection = new ClientConnection(`${url.replace(/^http/, "ws")}/ws`, token, query);
  // connection.js does not retry: the caller handles a first attempt that fails
  connection[Symbol.for("bokeh-server.once")] = true;
  connection[Symbol.for("bokeh-server.location")] = prefix;
  try {
    return await connection.connect();
  } catch (cause) {
    throw new Error(`Cannot embed ${url}: its websocket does not open. Does the server allow ${location.host}?`, {
      cause,
    });
  }
}

/**
 * Loads a script unless the page has loaded it: all applications of a page share one BokehJS.
 *
 * @param {string} src
 * @param {string} [integrity]
 */
function loadScript(src, integrity) {
  const loads = globalThis._bokeh_scripts ??= new Map();
  const key = new URL(src).pathname.split("/").at(-1) ?? "";
  if (/^bokeh[-.0-9]*(?:min\.)?js$/.test(key) && globalThis.Bokeh !== undefined && !loads.has(key)) return;
  if (!loads.has(key)) {
    loads.set(
      key,
      new Promise((resolve, reject) => {
        const script = Object.assign(document.createElement("script"), { src, async: false, onload: resolve });
        if (integrity) Object.assign(script, { integrity, crossOrigin: "anonymous" });
        script.onerror = () => {
          loads.delete(key);
          reject(new Error(`Cannot load ${src}`));
        };
        document.head.append(script);
      }),
    );
  }
  return loads.get(key);
}
