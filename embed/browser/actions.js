/// <reference types="./bokehjs.d.ts" />

import { showBusy } from "./busy.js";

/**
 * What the server asks pages to do: keep their URL equal to widgets, show notifications and
 * questions, copy, print. Pages load this module when the first such message arrives: see
 * `connection.js`. `PROTOCOL.md` lists the messages.
 *
 * @typedef {[name: string, text: string | null][]} Parameters Query parameters. A parameter without
 * a text is omitted.
 * @typedef {object} Location What this module knows of the URL of a connection.
 * @property {string} prefix What the names of the parameters begin with in this page.
 * @property {string} committed The URL of the current entry of the history.
 * @property {Parameters} parameters
 * @property {ReturnType<typeof setTimeout> | undefined} timer Changes the URL soon.
 */

/** Browsers refuse to change the URL more often than about 100 times in 30 s. */
const REPLACE_MILLISECONDS = 300;
/** How long a range must rest before it becomes an entry of the history. */
const SETTLE_MILLISECONDS = 600;
/** Styles of notifications. BokehJS has styles for errors and successes only. */
const NOTIFICATION_CSS = `
:host { inset: auto auto 1em 50% !important; max-width: min(40em, calc(100% - 2em)) !important; z-index: 10000; }
.entries > * { background: #fff; color: #1a1a1a; border: 1px solid #767676; border-left-width: 6px !important;
  padding: .6em .8em; font: 16px/1.4 system-ui, sans-serif; box-shadow: 0 2px 8px #0006; overflow-wrap: anywhere; }
.entries > .info { border-color: #1f6feb; }
.entries > .warning { border-color: #b35900; }
.entries > .success { border-color: #1a7f37; }
.entries > .error { border-color: #c0392b; }
.close { background-color: currentColor; flex: none; }
@media (prefers-color-scheme: dark) { .entries > * { background: #20262e; color: #f0f0f0; } }
`;
/** Styles of the dialog of a question. */
const DIALOG_CSS = `
dialog { max-width: min(32em, calc(100vw - 4em)); padding: 1.2em; border: 1px solid #767676; border-radius: 8px;
  background: #fff; color: #1a1a1a; font: 16px/1.5 system-ui, sans-serif; box-shadow: 0 8px 32px #0006; }
dialog::backdrop { background: #0006; }
p { margin: 0 0 1.2em; white-space: pre-line; overflow-wrap: anywhere; }
div { display: flex; flex-wrap: wrap; justify-content: flex-end; gap: .6em; }
button { font: inherit; padding: .4em 1.2em; border: 1px solid #767676; border-radius: 6px; background: transparent;
  color: inherit; cursor: pointer; }
button[value=ok] { background: #0b5cad; border-color: #0b5cad; color: #fff; }
button:focus-visible { outline: 3px solid #f5a623; outline-offset: 2px; }
@media (prefers-color-scheme: dark) { dialog { background: #20262e; color: #f0f0f0; } }
`;
/** Marks connections with the prefix of their parameters, or false: see `embed.d.ts`. */
const PREFIX = Symbol.for("bokeh-server.location");

/** @type {Map<string, HTMLDialogElement>} */
const dialogs = new Map();
/** @type {WeakMap<BokehConnection, Location>} */
const locations = new WeakMap();

/**
 * @type {Record<string, (connection: BokehConnection, ...args: never[]) => void>}
 */
const ACTIONS = {
  location: followLocation,
  notify,
  busy: showBusy,
  /** @type {(connection: BokehConnection, reference: string) => void} */
  failed(connection, reference) {
    const advice = "If it happens again, tell the administrator the reference";
    notify(connection, "error", `Something went wrong. ${advice} ${reference}.`, null);
  },
  confirm: ask,
  /** @type {(connection: BokehConnection, id: string) => void} */
  dismiss(_connection, id) {
    dialogs.get(id)?.close("dropped");
  },
  copy,
  print() {
    globalThis.print();
  },
  fullscreen,
  /** @type {(connection: BokehConnection, url: string) => void} */
  navigate(connection, url) {
    const target = new URL(url, location.href);
    if (prefixOf(connection) !== undefined && /^https?:$/.test(target.protocol)) location.assign(target.href);
  },
  reload(connection) {
    if (prefixOf(connection) !== undefined) location.reload();
  },
  /** @type {(connection: BokehConnection, hash: string) => void} */
  hash(connection, hash) {
    if (prefixOf(connection) === "") location.hash = hash;
  },
};

/**
 * Does what a message of the server asks for. Ignores messages of newer servers.
 *
 * @param {BokehConnection} connection
 * @param {[action: string, ...args: never[]]} message
 */
export function act(connection, [action, ...args]) {
  if (Object.hasOwn(ACTIONS, action)) ACTIONS[action]?.(connection, ...args);
}

/**
 * Sends a report to the server.
 *
 * @param {BokehConnection} connection
 * @param {string[]} content
 */
function report(connection, content) {
  const document = connection.session?.document;
  const { MessageSentEvent } = Bokeh.require("document/events");
  if (document !== undefined) document._trigger_on_change(new MessageSentEvent(document, "bokeh_server", content));
}

/**
 * Returns what the names of the parameters of an application begin with, undefined if it must not
 * change the URL. An application may change the URL of its own page. A page that embeds it decides.
 *
 * @param {BokehConnection} connection
 */
function prefixOf(connection) {
  const prefix = connection[PREFIX];
  if (prefix !== undefined) return typeof prefix === "string" ? prefix : undefined;
  const own = new URL(".", connection.url.replace(/^ws/, "http"));
  const isOwnPage = own.origin === location.origin && own.pathname === location.pathname.replace(/\/*$/, "/");
  return isOwnPage ? "" : undefined;
}

/**
 * @param {BokehConnection} connection
 * @param {"push" | "replace" | "drag" | "settle" | "open"} mode
 * @param {Parameters} parameters
 * @param {string[]} known The path, the query and the fragment that the server knows.
 */
function followLocation(connection, mode, parameters, known) {
  const prefix = prefixOf(connection);
  if (prefix === undefined) return;
  const tracked = locations.get(connection) ?? track(connection, prefix);
  tracked.parameters = parameters;
  clearTimeout(tracked.timer);
  const own = ownLocation(tracked);
  if (mode === "open" && own.some((part, i) => part !== known[i])) return reportLocation(connection, "open");
  if (mode === "push") return push(tracked);
  if (mode === "drag" || mode === "settle") {
    tracked.timer = setTimeout(() => {
      replace(urlOf(tracked));
      if (mode === "settle") tracked.timer = setTimeout(() => push(tracked), SETTLE_MILLISECONDS);
    }, REPLACE_MILLISECONDS);
    return;
  }
  tracked.timer = setTimeout(() => replace(tracked.committed = urlOf(tracked)), REPLACE_MILLISECONDS);
}

/**
 * @param {BokehConnection} connection
 * @param {string} prefix
 */
function track(connection, prefix) {
  /** @type {Location} */
  const tracked = { prefix, committed: location.href, parameters: [], timer: undefined };
  locations.set(connection, tracked);
  addEventListener("popstate", () => {
    if (connection.closed_permanently) return;
    clearTimeout(tracked.timer);
    tracked.committed = location.href;
    reportLocation(connection, "navigate");
  });
  return tracked;
}

/**
 * Adds an entry to the history. The present entry keeps the URL that it had before the user began
 * to drag.
 *
 * @param {Location} tracked
 */
function push(tracked) {
  const url = urlOf(tracked);
  replace(tracked.committed);
  if (url !== tracked.committed) history.pushState(null, "", url);
  tracked.committed = url;
}

/** @param {string} url */
function replace(url) {
  if (url !== location.href) history.replaceState(history.state, "", url);
}

/**
 * Returns the URL of the page with the parameters.
 *
 * @param {Location} tracked
 */
function urlOf({ prefix, parameters }) {
  const url = new URL(location.href);
  const query = new URLSearchParams(url.search);
  for (const [name, text] of parameters) {
    if (text === null) query.delete(prefix + name);
    else query.set(prefix + name, text);
  }
  // commas and colons may stand as they are
  url.search = query.toString().replaceAll("%2C", ",").replaceAll("%3A", ":");
  return url.href;
}

/**
 * Returns the path, the query and the fragment of the page as the server knows them. With a prefix,
 * the query has only the parameters of the application.
 *
 * @param {Location} tracked
 */
function ownLocation({ prefix }) {
  const query = new URLSearchParams();
  for (const [name, text] of new URLSearchParams(location.search)) {
    if (name === "bokeh-session-id" || name === "bokeh-token") continue;
    if (name.startsWith(prefix)) query.append(name.slice(prefix.length), text);
  }
  return [location.pathname, query.toString(), location.hash];
}

/**
 * @param {BokehConnection} connection
 * @param {"open" | "navigate"} reason
 */
function reportLocation(connection, reason) {
  const tracked = locations.get(connection);
  if (tracked !== undefined) report(connection, ["location", reason, ...ownLocation(tracked)]);
}

/**
 * Shows a notification of BokehJS.
 *
 * @param {BokehConnection} connection
 * @param {string} type
 * @param {string} text
 * @param {number | null} duration In milliseconds, null until the user closes it.
 */
function notify(connection, type, text, duration) {
  const entries = notificationsElement();
  const root = /** @type {ShadowRoot} */ (entries.getRootNode());
  if (!styled.has(root)) {
    styled.add(root);
    root.adoptedStyleSheets.push(sheet(NOTIFICATION_CSS));
    entries.setAttribute("aria-live", "polite");
  }
  connection.session?.document.config.notifications?.push.emit({ type, text, timeout: duration ?? Infinity });
  const entry = entries.lastElementChild;
  if (type === "error") entry?.setAttribute("role", "alert");
  const close = /** @type {HTMLElement | null | undefined} */ (entry?.querySelector(".close"));
  if (!close) return;
  close.setAttribute("role", "button");
  close.setAttribute("aria-label", "Close");
  close.tabIndex = 0;
  close.addEventListener("keydown", ({ key }) => void (["Enter", " "].includes(key) && close.click()));
}

/** @returns {HTMLElement} */
function notificationsElement() {
  const { notifications_el: element } = Bokeh.require("models/ui/notifications");
  return /** @type {HTMLElement} */ (/** @type {unknown} */ (element));
}

/** @type {WeakSet<ShadowRoot>} */
const styled = new WeakSet();

/** @param {string} css */
function sheet(css) {
  const styles = new CSSStyleSheet();
  styles.replaceSync(css);
  return styles;
}

/**
 * Asks a question in a dialog, which is closed with the connection: its server no longer waits for
 * the answer then.
 *
 * @param {BokehConnection} connection
 * @param {string} id
 * @param {string} text
 * @param {string} ok
 * @param {string} cancel
 */
function ask(connection, id, text, ok, cancel) {
  const container = document.createElement("div");
  const root = container.attachShadow({ mode: "open" });
  root.adoptedStyleSheets.push(sheet(DIALOG_CSS));
  const dialog = document.createElement("dialog");
  const question = Object.assign(document.createElement("p"), { id: "question", textContent: text });
  dialog.setAttribute("aria-labelledby", question.id);
  const buttons = document.createElement("div");
  for (const [value, textContent] of [["cancel", cancel], ["ok", ok]]) {
    const onclick = () => dialog.close(value);
    buttons.append(Object.assign(document.createElement("button"), {
      value,
      textContent,
      onclick,
      type: "button",
      autofocus: value === "ok",
    }));
  }
  dialog.append(question, buttons);
  root.append(dialog);
  document.body.append(container);
  dialogs.set(id, dialog);
  const drop = () => dialog.close("dropped");
  connection.session?.document.on_event("connection_lost", drop);
  dialog.addEventListener("close", () => {
    dialogs.delete(id);
    container.remove();
    if (dialog.returnValue !== "dropped") report(connection, ["answer", id, String(dialog.returnValue === "ok")]);
  });
  dialog.showModal();
}

/** @type {(connection: BokehConnection, text: string) => Promise<void>} */
async function copy(connection, text) {
  try {
    if (navigator.clipboard !== undefined) return await navigator.clipboard.writeText(text);
    // pages without HTTPS have no clipboard
    const area = Object.assign(document.createElement("textarea"), { value: text });
    area.style.cssText = "position:fixed;opacity:0";
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand("copy");
    area.remove();
    if (!isCopied) throw new Error("It requires HTTPS");
  } catch (error) {
    refused(connection, "copy the text", error);
  }
}

/**
 * @param {BokehConnection} connection
 * @param {string | null} id Id of a model, empty for the whole page, null to end the full screen.
 */
async function fullscreen(connection, id) {
  try {
    if (id === null) return document.fullscreenElement === null ? undefined : await document.exitFullscreen();
    const view = id === "" ? undefined : Bokeh.index.find_one_by_id(id);
    await (view?.el ?? document.documentElement).requestFullscreen();
  } catch (error) {
    refused(connection, "show the full screen", error);
  }
}

/** @type {(connection: BokehConnection, what: string, error: unknown) => void} */
function refused(connection, what, error) {
  notify(
    connection,
    "warning",
    `The browser does not ${what}: ${error instanceof Error ? error.message : error}`,
    8000,
  );
}
