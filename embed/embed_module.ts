/**
 * `embed.js`: the module with which pages of any origin show applications.
 *
 * @module
 */

import { indent } from "./escape.ts";
import { RELOAD_SCRIPT } from "./scripts.ts";

/**
 * The JavaScript of `embed.js`, which is the same on every server: it knows its own from where it was loaded, and asks an application's
 * `embed.json` for what it needs. Its types are in `embed_module_types.ts`.
 */
export const EMBED_MODULE = `const BASE = new URL(".", import.meta.url);

/**
 * Shows an application in an element.
 *
 * @param {Element | ShadowRoot} element Takes the application behind what it has.
 * @param {string} application Its path on the server that this module comes from, or its URL.
 * @param {{
 *   arguments?: Record<string, string> | URLSearchParams, headers?: Record<string, string>, withCredentials?: boolean, signal?: AbortSignal,
 * }} options What the application is told, and what takes it away again.
 */
export async function embed(element, application = "/", options = {}) {
  const { signal } = options;
  signal?.throwIfAborted();
  const url = new URL(application.replace(/^\\/+/, "").replace(/\\/+$/, ""), BASE).href.replace(/\\/+$/, "");
  const query = new URLSearchParams(options.arguments ?? {}).toString();
  const { token, scripts, lateScripts, logLevel } = await openVisit(url, query, options);
  const load = ({ src, integrity }) => loadScript(new URL(src, url).href, integrity);
  await Promise.all(scripts.map(load));
  Bokeh.set_log_level(logLevel);
  signal?.throwIfAborted();
  const session = await openSession(url, token, query);
  const view = new EmbeddedApplication(session);
  if (signal?.aborted) view.dispose();
  signal?.throwIfAborted();
  signal?.addEventListener("abort", () => view.dispose(), { once: true });
  await view.mount(element);
  signal?.throwIfAborted();
  Promise.all(lateScripts.map(load)).catch((error) => console.error(error));
  return view;
}

/** An application in a page. */
class EmbeddedApplication {
  #session;
  #container = document.createElement("div");
  #views;
  #disposed = false;

  constructor(session) {
    this.#session = session;
    this.#container.style.display = "contents";
  }

  /** The document, as BokehJS has it. */
  get document() {
    return this.#session.document;
  }

  async mount(element) {
    element.append(this.#container);
    this.#views = await Bokeh.embed.add_document_standalone(this.document, this.#container);
    if (this.#disposed) this.#views.clear();
  }

  /** Takes the application out of the page, and closes its websocket. */
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

async function openVisit(url, query, { headers = {}, withCredentials = false, signal }) {
  const credentials = withCredentials ? "include" : "same-origin";
  const response = await fetch(\`\${url}/embed.json?\${query}\`, { headers, credentials, signal }).catch((cause) => {
    throw signal?.aborted ? cause : new Error(\`Cannot embed \${url}: no application answers there\`, { cause });
  });
  if (!response.ok) throw new Error(\`Cannot embed \${url}: \${response.status} \${response.statusText}\`);
  return await response.json();
}

async function openSession(url, token, query) {
  offerReload();
  const { pull_session } = Bokeh.require("client/connection");
  try {
    return await pull_session(\`\${url.replace(/^http/, "ws")}/ws\`, token, query);
  } catch (cause) {
    throw new Error(\`Cannot embed \${url}: its websocket does not open. Does the server allow \${location.host}?\`, { cause });
  }
}

/** Says in the page when a session has ended, which BokehJS would ask for again for ever. */
function offerReload() {
${indent(RELOAD_SCRIPT, 2)}
}

/** Loads a script unless the page has it: all applications of a page share one BokehJS. */
function loadScript(src, integrity) {
  const loads = globalThis._bokeh_scripts ??= new Map();
  const key = new URL(src).pathname.split("/").at(-1);
  if (/^bokeh[-.0-9]*(?:min\\.)?js$/.test(key) && globalThis.Bokeh !== undefined && !loads.has(key)) return;
  if (!loads.has(key)) {
    loads.set(key, new Promise((resolve, reject) => {
      const script = Object.assign(document.createElement("script"), { src, async: false, onload: resolve });
      if (integrity) Object.assign(script, { integrity, crossOrigin: "anonymous" });
      script.onerror = () => {
        loads.delete(key);
        reject(new Error(\`Cannot load \${src}\`));
      };
      document.head.append(script);
    }));
  }
  return loads.get(key);
}
`;
