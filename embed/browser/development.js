/// <reference types="./bokehjs.d.ts" />

/**
 * Runs in pages of `--dev`. Subscribes to changes by server-sent events. When the application has
 * changed, opens the page's websocket again, and BokehJS replaces its document by the new one.
 * Shows errors of the application over the page.
 */

/** Close code of websockets whose session the application could not fill. */
const FAILED = 1011;
/** The reason why a websocket could not be opened, for {@linkcode FAILED}. */
const failure = new Error("The application could not be started");

/** @type {Set<BokehConnection>} */
const connections = new Set();
/** @type {HTMLElement | undefined} */
let overlay;
/** Called when a connection has been opened, or could not be, or a script has failed. @type {((value?: unknown) => void) | undefined} */
let connected;
let lost = false;

/** @type {(element: HTMLElement, text: string) => HTMLElement} */
function styled(element, text) {
  element.style.cssText = "all:initial;position:fixed;z-index:2147483647;" + text;
  return element;
}

/** @param {string} text */
function showError(text) {
  overlay ??= styled(
    document.createElement("pre"),
    "inset:0;margin:0;padding:2rem;overflow:auto;white-space:pre-wrap;" +
      "background:#1b1b1bee;color:#ffb4a9;font:14px/1.5 ui-monospace,monospace;",
  );
  overlay.id = "bokeh-dev-error";
  overlay.setAttribute("role", "alert");
  overlay.textContent = text;
  overlay.onclick = hideError;
  document.documentElement.append(overlay);
}

/**
 * Shows an error of a custom model's view with its lines in the author's files, which the source map of its script
 * contains.
 *
 * @param {unknown} error
 */
async function showViewError(error) {
  if (!(error instanceof Error)) return;
  const frames = Array.from(
    (error.stack ?? "").matchAll(/(https?:[^\s()]+\/static\/extensions\/[^\s()]+):(\d+):(\d+)/g),
  );
  const lines = await Promise.all(
    frames.map(([, url = "", line, column]) => sourceLine(url, Number(line) - 1, Number(column) - 1)),
  );
  const known = lines.filter((line) => line !== undefined);
  if (known.length > 0) {
    showError([`${error.name}: ${error.message}`, ...known.map((line) => `    at ${line}`)].join("\n"));
  }
}

/**
 * Returns the file and the line of a position in a script, undefined if its source map (ECMA-426) has none.
 *
 * @param {string} url
 * @param {number} line
 * @param {number} column
 */
async function sourceLine(url, line, column) {
  const comment = /\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/.exec(
    await (await fetch(url)).text(),
  );
  if (comment?.[1] === undefined) return undefined;
  const bytes = Uint8Array.from(atob(comment[1]), (character) => character.charCodeAt(0));
  const { sources, mappings } = JSON.parse(new TextDecoder().decode(bytes));
  let [source, original] = [0, 0];
  /** @type {string | undefined} */
  let found;
  for (const [index, segments] of mappings.split(";").slice(0, line + 1).entries()) {
    let start = 0;
    for (const segment of segments === "" ? [] : segments.split(",")) {
      const [columns = 0, inSources, inLines] = numbersOf(segment);
      start += columns;
      if (inSources === undefined || inLines === undefined) continue;
      source += inSources;
      original += inLines;
      if (index === line && start <= column) found = `${sources[source]}:${original + 1}`;
    }
  }
  return found;
}

/**
 * Returns the numbers of a segment of a source map, in variable-length base64.
 *
 * @param {string} segment
 */
function numbersOf(segment) {
  const numbers = [];
  let [value, shift] = [0, 0];
  for (const character of segment) {
    const digit = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".indexOf(character);
    value += (digit & 31) << shift;
    shift += 5;
    if ((digit & 32) !== 0) continue;
    numbers.push(value & 1 ? -(value >>> 1) : value >>> 1);
    [value, shift] = [0, 0];
  }
  return numbers;
}

function hideError() {
  overlay?.remove();
  overlay = undefined;
}

function watchConnections() {
  const { prototype } = Bokeh.require("client/connection").ClientConnection;
  const { connect, _on_close: onClose } = prototype;
  /** @type {Partial<BokehConnection> & ThisType<BokehConnection>} */
  const watched = {
    connect() {
      connections.add(this);
      // this script reloads the page when the server is back, so that BokehJS need not reconnect
      this._schedule_reconnect = () => {};
      return connect.call(this).finally(() => connected?.());
    },
    _on_close(event, reject) {
      onClose.call(this, event, event.code === FAILED ? () => reject(failure) : reject);
    },
  };
  Object.assign(prototype, watched);
}

/** @param {BokehConnection} connection */
function close(connection) {
  const { socket } = connection;
  if (socket !== null) {
    socket.onopen =
      socket.onmessage =
      socket.onclose =
      socket.onerror =
        null;
    socket.close();
  }
  connection.socket = null;
}

/** @param {BokehConnection} connection */
async function reopen(connection) {
  close(connection);
  await connection.connect();
}

function reload() {
  keepValues();
  location.reload();
}

/**
 * Names this page's session to the server: the next session of the page takes over the values of
 * its widgets.
 */
function keepValues() {
  const [connection] = connections;
  if (connection === undefined) return;
  const { session_id } = Bokeh.require("client/connection").parse_token(connection.token);
  document.cookie = "bokeh-dev-session=" + encodeURIComponent(session_id) + ";path=/;max-age=10";
}

/**
 * Replaces the content of the page by the one that the server has now, which is faster than loading
 * the page again. A page with scripts of its author is loaded again, because they expect a page of
 * their own.
 */
async function exchangePage() {
  keepValues();
  const response = await fetch(location.href);
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!response.ok) return showError(fresh.querySelector("pre")?.textContent ?? response.statusText);
  if (!isExchangeable(fresh)) return location.reload();
  connections.forEach(close);
  connections.clear();
  const arrival = opensConnection(fresh) ? new Promise((resolve) => connected = resolve) : undefined;
  for (const { views_manager } of Bokeh.documents.splice(0)) views_manager?.clear();
  replaceContent(fresh);
  // the next change needs the connection of the new content
  await arrival;
}

/**
 * Returns whether a page opens the session of a document, for which it has a token.
 *
 * @param {Document} fresh
 */
function opensConnection({ body }) {
  return Array.from(body.querySelectorAll("script")).some(({ textContent }) =>
    textContent.includes('render_items = [{"token":')
  );
}

/**
 * Returns whether the scripts of the server's page are those of this one, and none is the author's.
 *
 * @param {Document} fresh
 */
function isExchangeable({ head, body }) {
  const inline = Array.from(body.querySelectorAll("script:not([src]):not([type='application/json'])"));
  // the scripts of this package are wrapped in a function
  const isForeign = inline.some((script) => !script.textContent.trim().startsWith("(() => {"));
  return connections.size > 0 && !isForeign && scriptUrls(body) === "dev.js" && scriptUrls(head) === headUrls;
}

/** @param {Document} fresh */
function replaceContent(fresh) {
  for (const node of headNodes) node.remove();
  headNodes = contents(fresh.head);
  document.head.append(...headNodes);
  document.body.replaceWith(fresh.body);
  // scripts that a parser of a string has made do not run: copies of them do
  for (const script of document.body.querySelectorAll("script")) {
    if (script.src !== "") continue;
    const { type, textContent, id } = script;
    script.replaceWith(Object.assign(document.createElement("script"), { type, id, textContent }));
  }
}

/** @param {HTMLHeadElement} head */
function contents(head) {
  return Array.from(head.children).filter(({ tagName }) => tagName !== "SCRIPT");
}

/** @param {HTMLElement} element */
function scriptUrls(element) {
  const scripts = Array.from(element.querySelectorAll("script")).filter((script) => script.hasAttribute("src"));
  return scripts.map(({ src }) => src.replace(/.*\/(?=dev\.js$)/, "")).join();
}

function refreshStyles() {
  for (const link of document.querySelectorAll("link")) {
    if (link.rel !== "stylesheet") continue;
    const url = new URL(link.href);
    if (url.origin !== location.origin) continue;
    url.searchParams.set("dev", String(Date.now()));
    link.href = url.href;
  }
}

async function reopenAll() {
  if (connections.size === 0) return reload();
  try {
    await Promise.all(Array.from(connections, reopen));
  } catch (error) {
    // the event with the error of the application may arrive after the websocket has been closed
    if (error !== failure && overlay === undefined) reload();
  }
}

/** @param {unknown} error */
function onScriptError(error) {
  connected?.();
  void showViewError(error);
}

addEventListener("error", ({ error }) => onScriptError(error));
addEventListener("unhandledrejection", ({ reason }) => onScriptError(reason));

/**
 * @param {HTMLOrSVGScriptElement | null} script This script. It is known only while it runs for the
 * first time.
 */
function subscribe(script) {
  const url = script instanceof HTMLScriptElement ? script.src : location.href;
  const page = encodeURIComponent(location.pathname);
  const events = new EventSource(`${url.replace(/dev\.js$/, "dev-events")}?page=${page}`);
  let changes = Promise.resolve();
  events.onmessage = ({ data }) => {
    const { kind, text } = JSON.parse(data);
    if (kind === "error") return showError(text);
    hideError();
    if (kind === "style") refreshStyles();
    if (kind === "page") changes = changes.then(exchangePage).catch(reload);
    if (kind === "document") changes = changes.then(reopenAll);
  };
  events.onerror = () => {
    lost = true;
  };
  events.onopen = () => {
    if (lost) reload();
  };
}

let headNodes = contents(document.head);
const headUrls = scriptUrls(document.head);
if (globalThis.Bokeh !== undefined) watchConnections();
subscribe(document.currentScript);
