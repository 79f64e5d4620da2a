/// <reference types="./bokehjs.d.ts" />

/**
 * What the server asks pages to do: keep their URL equal to widgets, open another URL. Pages load
 * this module when the first such message arrives: see `connection.js`. `PROTOCOL.md` lists the
 * messages.
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
/** Marks connections with the prefix of their parameters, or false: see `embed.d.ts`. */
const PREFIX = Symbol.for("bokeh-server.location");

/** @type {WeakMap<BokehConnection, Location>} */
const locations = new WeakMap();

/**
 * @type {Record<string, (connection: BokehConnection, ...args: never[]) => void>}
 */
const ACTIONS = {
  location: followLocation,
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
