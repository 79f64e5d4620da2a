/// <reference types="./bokehjs.d.ts" />

import { refreshDocument } from "./refresh.js";

/**
 * Runs in pages, after BokehJS and before its first connection. Changes how BokehJS's connections
 * to this server end and reconnect:
 *
 * - A lost connection is opened again until it works, with exponential back-off and jitter.
 *   BokehJS gives up after 5 attempts in 30 s.
 * - The first connection of a page is opened again too, unless the server refuses it. BokehJS
 *   leaves the page blank.
 * - A session that was destroyed is not requested again. The page offers a reload.
 * - The document of a reconnected session is applied as a difference, so that focus, text that is
 *   being typed and the active tool stay. BokehJS builds everything again.
 * - Changes of a page that the server has not confirmed, and those made while there was no
 *   connection, are sent after the document was refreshed. BokehJS loses them.
 * - Messages by which the server asks the page to do something are passed to `actions.js`, which is
 *   loaded when the first one arrives.
 * - A session that the server has created again, because its process ended, is reported: by a
 *   notice, and by `ClientReconnected` with `fresh: true`.
 *
 * Without comments and wrapped in a function, this file is an inline script of every page with a
 * session. It must not contain the text of an end tag.
 *
 * @typedef {object} State What this script knows of a connection.
 * @property {string | undefined} instance The server's session object that the page shows. Another
 *   one has lost the page's values.
 * @property {boolean | undefined} fresh Whether the session was created again since the page last
 *   reported it; undefined if the server does not state it.
 * @property {boolean} outdated Whether the page waits for the document that replaces its own.
 * @property {Map<string, BokehDocumentEvent[]>} unconfirmed Changes for which the server has not
 *   replied, by the ids of their messages.
 * @property {BokehDocumentEvent[]} unsent Changes made while there was no connection.
 * @property {BokehDocumentEvent[] | undefined} sending Changes of the message that is being made.
 * @property {number} attempts Attempts since the connection was lost.
 * @property {number | undefined} closeCode Close code of the last socket.
 * @property {boolean} scheduled Whether the next attempt was scheduled when the socket closed.
 * @property {ReturnType<typeof setTimeout> | undefined} timer Timer of the next attempt.
 */

// longest wait before the first attempt: the clients of a process that has ended must not all connect at once
const FIRST_MILLISECONDS = 500;
// the same for a session that moves: its server spreads the clients itself
const MOVED_MILLISECONDS = 100;
const SECOND_MILLISECONDS = 1000;
const LONGEST_MILLISECONDS = 30_000;
// a page that the user leaves still runs for less than this time
const LEAVING_MILLISECONDS = 2000;
// the login has ended, the session was destroyed, the application has changed, or the token has
// expired: the page must be reloaded
const ENDED = [4401, 4404, 4409, 1008];
const CHANGED_APPLICATION = 4409;
// another process goes on with the session
const MOVED = 1012;
// the server refuses this client permanently
const REFUSED = [1002, 1003, 1009, 1011];
// time for the first drawing, before the page is described to screen readers
const DESCRIBE_MILLISECONDS = 100;
// limit of changes that are kept without a connection; older ones are dropped, because the latest
// values are sent
const MAX_UNSENT = 1000;
// marks classes of BokehJS that this script has changed
const CHANGED = Symbol.for("bokeh-server.changed");
// marks connections whose caller handles the failure of the first attempt
const ONCE = Symbol.for("bokeh-server.once");

/** @type {WeakMap<BokehConnection, State>} */
const states = new WeakMap();
/** @type {Set<BokehConnection>} */
const waiting = new Set();

/** @param {BokehConnection} connection */
function stateOf(connection) {
  let state = states.get(connection);
  if (state === undefined) {
    state = {
      instance: undefined,
      fresh: undefined,
      outdated: false,
      unconfirmed: new Map(),
      unsent: [],
      sending: undefined,
      attempts: 0,
      closeCode: undefined,
      scheduled: false,
      timer: undefined,
    };
    states.set(connection, state);
  }
  return state;
}

/** @type {(attempts: number, closeCode?: number) => number} */
function delayAfter(attempts, closeCode) {
  if (attempts === 0) return Math.random() * (closeCode === MOVED ? MOVED_MILLISECONDS : FIRST_MILLISECONDS);
  return Math.min(LONGEST_MILLISECONDS, SECOND_MILLISECONDS * 2 ** (attempts - 1)) * (1 + Math.random()) / 2;
}

/** @param {number} milliseconds */
function wait(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** @param {string} id */
function hideNotice(id) {
  document.getElementById(id)?.remove();
}

/** @type {(id: string, text: string, label: string, onclick: () => void) => void} */
function showNotice(id, text, label, onclick) {
  hideNotice(id);
  const notice = Object.assign(document.createElement("div"), { id, textContent: `${text} ` });
  notice.setAttribute("role", "alert");
  notice.style.cssText = "position:fixed;inset:auto 0 0;padding:12px;text-align:center;background:#333;color:#fff;" +
    "font:16px sans-serif;z-index:99999";
  notice.append(Object.assign(document.createElement("button"), { textContent: label, onclick }));
  document.body.append(notice);
}

function reload() {
  location.reload();
}

/** @param {number} [closeCode] */
function offerReload(closeCode) {
  const text = closeCode === CHANGED_APPLICATION
    ? "The application has changed, and this session cannot go on."
    : "This session has ended.";
  showNotice("bokeh-session-gone", text, "Reload", reload);
}

function reportFresh() {
  const id = "bokeh-session-fresh";
  const text = "The server has restarted, and this session was started anew. What you entered before is lost.";
  showNotice(id, text, "Close", () => hideNotice(id));
}

/** @param {BokehConnection} connection */
function reportReconnection(connection) {
  const state = stateOf(connection);
  state.attempts = 0;
  if (connection.session === null) return;
  const { config, event_manager } = connection.session.document;
  const event = new (Bokeh.require("core/bokeh_events").ClientReconnected)();
  if (state.fresh !== undefined) event.fresh = state.fresh;
  event_manager.send_event(event);
  if (state.fresh && config.notify_connection_status) reportFresh();
  state.fresh = undefined;
}

/**
 * Opens the first connection of a page, and tries again if it fails. BokehJS makes one attempt.
 *
 * @param {BokehConnection} connection
 * @param {() => Promise<BokehSession>} connect
 */
async function connectFirst(connection, connect) {
  const state = stateOf(connection);
  for (;;) {
    try {
      const session = await connect();
      state.attempts = 0;
      hideNotice("bokeh-connecting");
      // the page otherwise shows that it is loading until a root is drawn
      if (session.document.roots().length === 0) hideNotice("bokeh-loading");
      session.document.on_message("bokeh_server", (message) => void act(connection, message));
      describeLater(connection);
      return session;
    } catch (error) {
      // the close event, which has the code, follows the error event
      await wait(0);
      forgetSocket(connection);
      if (!canRetry(connection)) throw error;
      const milliseconds = delayAfter(state.attempts++);
      const text = `The server does not answer. The next attempt to connect is in ${Math.ceil(milliseconds / 1000)} s.`;
      showNotice("bokeh-connecting", text, "Reload", reload);
      await wait(milliseconds);
    }
  }
}

/** @type {(connection: BokehConnection, message: [action: string, ...args: unknown[]]) => Promise<void>} */
async function act(connection, message) {
  const module = await importModule(connection, "actions.js");
  module.act(connection, message);
}

/**
 * Imports a module that stands beside the websocket.
 *
 * @param {BokehConnection} connection
 * @param {string} name
 */
function importModule(connection, name) {
  return import(new URL(name, connection.url.replace(/^ws/, "http")).href);
}

/**
 * Describes the page to screen readers, after the first drawing, which this must not delay.
 *
 * @param {BokehConnection} connection
 */
function describeLater(connection) {
  const describe = () => void importModule(connection, "accessibility.js").catch(console.error);
  if (document.readyState === "complete") setTimeout(describe, DESCRIBE_MILLISECONDS);
  else addEventListener("load", () => setTimeout(describe, DESCRIBE_MILLISECONDS));
}

/** @param {BokehConnection} connection */
function forgetSocket(connection) {
  const { socket } = connection;
  if (socket === null) return;
  socket.onmessage = socket.onclose = null;
  socket.close();
  connection.socket = null;
}

/**
 * Returns whether the first connection can be tried again. If not, shows the reason in the page.
 *
 * @param {BokehConnection} connection
 */
function canRetry(connection) {
  const { closeCode = 1006 } = stateOf(connection);
  hideNotice("bokeh-connecting");
  if ([...ENDED, ...REFUSED].includes(closeCode)) hideNotice("bokeh-loading");
  if (ENDED.includes(closeCode)) offerReload(closeCode);
  else if (REFUSED.includes(closeCode)) {
    showNotice("bokeh-refused", "The application could not be started.", "Reload", reload);
  } else return !connection[ONCE] && !connection.closed_permanently;
  return false;
}

/**
 * Returns the changed methods that send changes and receive the document.
 *
 * @param {BokehConnection} original BokehJS's own methods.
 * @returns {Partial<BokehConnection> & ThisType<BokehConnection>}
 */
function methodsOfDocuments({ send, _repull_session_doc: pullDocument }) {
  return {
    async _repull_session_doc(resolve, reject) {
      if (this.session === null) return await pullDocument.call(this, resolve, reject);
      try {
        const { doc_json, buffers } = await this._pull_doc_json();
        refreshSession(this.session, doc_json, buffers);
        resolve(this.session);
      } catch (error) {
        reject(error);
      }
    },

    send(message) {
      const state = stateOf(this);
      if (state.sending !== undefined && message.msgtype() === "PATCH-DOC") {
        state.unconfirmed.set(message.msgid(), state.sending);
        state.sending = undefined;
      }
      send.call(this, message);
    },
  };
}

/**
 * Returns the changed methods that open and close connections.
 *
 * @param {BokehConnection} original BokehJS's own methods.
 * @returns {Partial<BokehConnection> & ThisType<BokehConnection>}
 */
function methodsOfConnections({
  connect,
  _on_close: onClose,
  _awaiting_ack_handler: onAcknowledged,
}) {
  const { Receiver } = Bokeh.require("protocol/receiver");
  const { ConnectionLost } = Bokeh.require("core/bokeh_events");
  return {
    connect() {
      const open = () => {
        // the receiver still has a part of the last message if the connection broke within it
        this._receiver = new Receiver();
        const state = stateOf(this);
        state.closeCode = undefined;
        state.outdated = this.session !== null;
        return connect.call(this);
      };
      return this.session === null ? connectFirst(this, open) : open();
    },

    _awaiting_ack_handler(message, resolve, reject) {
      const state = stateOf(this);
      const { session: instance } = message.header;
      // remains true until it is reported, even if the connection breaks before the document
      // arrives
      if (instance !== undefined && state.instance !== undefined) {
        state.fresh = state.fresh || instance !== state.instance;
      }
      state.instance = instance;
      onAcknowledged.call(this, message, resolve, reject);
    },

    _on_close(event, reject) {
      const state = stateOf(this);
      state.closeCode = event.code;
      state.scheduled = false;
      onClose.call(this, event, reject);
      if (state.scheduled || this.closed_permanently) return;
      // BokehJS does not reconnect after the user has followed a link, but a link to a download
      // does not close the page
      state.timer = setTimeout(() => this._schedule_reconnect(), LEAVING_MILLISECONDS);
    },

    _schedule_reconnect() {
      const state = stateOf(this);
      state.scheduled = true;
      if (this.session === null || this.closed_permanently || this.socket !== null) return;
      if (state.closeCode !== undefined && ENDED.includes(state.closeCode)) return offerReload(state.closeCode);
      const { config, event_manager } = this.session.document;
      const timeout = config.reconnect_session ? delayAfter(state.attempts, state.closeCode) : null;
      event_manager.send_event(new ConnectionLost(new WeakRef(this), state.attempts, timeout));
      if (timeout === null) return;
      waiting.add(this);
      clearTimeout(state.timer);
      state.timer = setTimeout(() => this._try_reconnect(), timeout);
    },

    _try_reconnect() {
      const state = stateOf(this);
      waiting.delete(this);
      clearTimeout(state.timer);
      if (this.closed_permanently || this.socket !== null) return;
      state.attempts++;
      // without the document the connection is closed, which schedules the next attempt
      this.connect().then(() => reportReconnection(this), () => this.socket?.close());
    },
  };
}

/**
 * Makes the document of a reconnected session equal to the server's, and sends the changes that the
 * server has not confirmed.
 *
 * @type
 * {(session: BokehSession, json: BokehDocumentJson, buffers: Map<string, ArrayBuffer>) => void}
 */
function refreshSession(session, json, buffers) {
  const { document } = session;
  const state = stateOf(session._connection);
  // the changes refer to models of the destroyed session if the server has created it again
  const pending = state.fresh ? [] : [...state.unconfirmed.values()].flat();
  const unsent = state.fresh ? [] : state.unsent;
  state.unconfirmed.clear();
  state.unsent = [];
  /** @type {Map<string, [BokehModel, string]>} */
  const changed = new Map();
  for (const { model, attr } of [...pending, ...unsent]) {
    if (model !== undefined && attr !== undefined) changed.set(`${model.id} ${attr}`, [model, attr]);
  }
  /** @type {(id: string, attr: string) => boolean} */
  const isKept = (id, attr) => changed.has(`${id} ${attr}`);
  const isRefreshed = refreshDocument(document, json, buffers, isKept);
  if (!isRefreshed) document.replace_with_json(json, buffers);
  state.outdated = false;
  const { DocumentEventBatch, ModelChangedEvent } = Bokeh.require("document/events");
  // a change replaces the whole value, so that repeating it has no effect
  const events = [...changed.values()].filter(([model]) => model.document === document)
    .map(([model, attr]) => new ModelChangedEvent(document, model, attr, model.properties[attr]?.get_value()));
  // the server may have received an unconfirmed message: a click must not be repeated
  const messages = unsent.filter(({ msg_data }) => msg_data !== undefined);
  const due = [...events, ...isRefreshed ? messages : []];
  for (const event of due) event.sync = true;
  if (due.length > 0) session._document_changed(new DocumentEventBatch(document, due));
}

/** @param {BokehDocumentEvent} event */
function syncedEvents(event) {
  const events = event.events === undefined ? [event] : event.sync ? event.events : [];
  return events.filter(({ sync, msg_data }) => sync && msg_data?.event_name !== "connection_lost");
}

/** Makes sessions keep their changes until the server has confirmed them. */
function changeSessions() {
  const { prototype } = Bokeh.require("client/session").ClientSession;
  const { _document_changed: onDocumentChanged, _handle_ok: onOk, _handle_error: onError } = prototype;
  prototype._document_changed = function (event) {
    const state = stateOf(this._connection);
    const events = syncedEvents(event);
    if (events.length === 0) return;
    if (state.outdated || this._connection.socket?.readyState !== WebSocket.OPEN) {
      state.unsent = [...state.unsent, ...events].slice(-MAX_UNSENT);
      return;
    }
    state.sending = events;
    try {
      onDocumentChanged.call(this, event);
    } finally {
      state.sending = undefined;
    }
  };
  prototype._handle_ok = function (message) {
    stateOf(this._connection).unconfirmed.delete(message.reqid());
    onOk.call(this, message);
  };
  prototype._handle_error = function (message) {
    stateOf(this._connection).unconfirmed.delete(message.reqid());
    const [, reference] = /\(reference (\w+)\)$/.exec(message.content.text) ?? [];
    if (reference !== undefined) void act(this._connection, ["failed", reference]);
    onError.call(this, message);
  };
}

/** Moves BokehJS's notifications to the lower edge, so that they do not cover the top of the page. */
function moveNotifications() {
  const { notifications_el } = Bokeh.require("models/ui/notifications");
  notifications_el.getRootNode().host.style.cssText += "inset:auto auto 1em 50%;max-width:90%;z-index:10000";
}

function changeBokehJS() {
  const { prototype } = Bokeh.require("client/connection").ClientConnection;
  if (prototype[CHANGED]) return;
  prototype[CHANGED] = true;
  Object.assign(prototype, methodsOfConnections(prototype), methodsOfDocuments(prototype));
  changeSessions();
  moveNotifications();
  const { ClientReconnected } = Bokeh.require("core/bokeh_events");
  Object.defineProperty(ClientReconnected.prototype, "event_values", {
    /** @this {BokehReconnectedEvent} */
    get() {
      return this.fresh === undefined ? {} : { fresh: this.fresh };
    },
  });
  addEventListener("online", () => {
    for (const connection of [...waiting]) connection._try_reconnect();
  });
}

// a page may load another build of BokehJS, without modules, which cannot be changed
if (typeof globalThis.Bokeh?.require === "function") changeBokehJS();
