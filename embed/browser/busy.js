/// <reference types="./bokehjs.d.ts" />

/**
 * Shows in pages that the server is busy: with a change of the page that it has not answered, or
 * with tasks of the session. Part of `actions.js`.
 *
 * @typedef {object} Work What the server does for a connection.
 * @property {Set<string>} waiting Ids of messages that the server has not answered.
 * @property {number} tasks Number of tasks that run.
 * @property {ReturnType<typeof setTimeout> | undefined} timer Shows the indicator.
 * @property {boolean} shown
 */

/** Shorter work needs no indicator. */
const BUSY_AFTER_MILLISECONDS = 250;
const BAR_ID = "bokeh-busy";

/** @type {Map<BokehConnection, Work>} */
const works = new Map();

/**
 * Shows the indicator while the server is busy.
 *
 * @param {BokehConnection} connection
 * @param {number} tasks Number of tasks of the session that run.
 * @param {boolean} [opened] Whether the page has just received the document.
 */
export function showBusy(connection, tasks, opened) {
  if (connection.closed_permanently) return;
  const work = works.get(connection) ?? watchMessages(connection);
  work.tasks = tasks;
  if (opened) work.waiting.clear(); // what an earlier websocket was not answered, it never will be
  update(connection, work);
}

/** @param {BokehConnection} connection */
function watchMessages(connection) {
  /** @type {Work} */
  const work = { waiting: new Set(), tasks: 0, timer: undefined, shown: false };
  works.set(connection, work);
  const reset = () => {
    work.waiting.clear();
    work.tasks = 0;
    update(connection, work);
  };
  const { send, close } = connection;
  connection.close = () => {
    close.call(connection);
    reset();
    works.delete(connection);
  };
  connection.send = (message) => {
    if (message.msgtype() === "PATCH-DOC") work.waiting.add(message.msgid());
    update(connection, work);
    send.call(connection, message);
  };
  const { session } = connection;
  if (session === null) return work;
  for (const name of /** @type {const} */ (["_handle_ok", "_handle_error"])) {
    const handle = session[name];
    session[name] = (message) => {
      work.waiting.delete(message.reqid());
      update(connection, work);
      handle.call(session, message);
    };
  }
  session.document.on_event("connection_lost", reset);
  return work;
}

/**
 * @param {BokehConnection} connection
 * @param {Work} work
 */
function update(connection, work) {
  const isBusy = work.tasks > 0 || work.waiting.size > 0;
  if (isBusy) {
    work.timer ??= setTimeout(() => show(connection, work, true), BUSY_AFTER_MILLISECONDS);
    return;
  }
  clearTimeout(work.timer);
  work.timer = undefined;
  if (work.shown) show(connection, work, false);
}

/**
 * @param {BokehConnection} connection
 * @param {Work} work
 * @param {boolean} shown
 */
function show(connection, work, shown) {
  work.shown = shown;
  for (const root of connection.session?.document.roots() ?? []) {
    const element = Bokeh.index.find_one_by_id(/** @type {{ id: string }} */ (root).id)?.el;
    if (shown) element?.setAttribute("aria-busy", "true");
    else element?.removeAttribute("aria-busy");
  }
  const isAnyShown = [...works.values()].some((other) => other.shown);
  const bar = document.getElementById(BAR_ID);
  if (!isAnyShown) return bar?.remove();
  if (bar === null) document.body.append(createBar());
}

function createBar() {
  const bar = document.createElement("div");
  bar.id = BAR_ID;
  bar.setAttribute("role", "progressbar");
  bar.setAttribute("aria-label", "The server is busy");
  // set by script, which a Content-Security-Policy without inline styles allows
  bar.style.cssText = "position:fixed;inset:0 0 auto 0;height:3px;background:#f58220;pointer-events:none;z-index:99998";
  bar.animate([{ opacity: 1 }, { opacity: 0.3 }], { duration: 500, iterations: Infinity, direction: "alternate" });
  return bar;
}
