/**
 * What pages have in them while their application is being written.
 *
 * @module
 */

/**
 * JavaScript that hears of changes by server-sent events. It opens the page's websocket anew when the application has changed: BokehJS
 * then takes the new document in the place of the old. It shows what failed over the page, and a bar while a callback takes long.
 */
export const PAGE_SCRIPT = `"use strict";
(() => {
  const BUSY_AFTER_MILLISECONDS = 250;
  const CONNECTED_AFTER_MILLISECONDS = 1000;
  const connections = new Set();
  const waiting = new Set();
  let overlay, bar, timer, connected, lost = false;

  const style = (element, text) => {
    element.style.cssText = "all:initial;position:fixed;z-index:2147483647;" + text;
    return element;
  };

  const showError = (text) => {
    overlay ??= style(document.createElement("pre"), "inset:0;margin:0;padding:2rem;overflow:auto;white-space:pre-wrap;"
      + "background:#1b1b1bee;color:#ffb4a9;font:14px/1.5 ui-monospace,monospace;");
    overlay.id = "bokeh-dev-error";
    overlay.setAttribute("role", "alert");
    overlay.textContent = text;
    overlay.onclick = hideError;
    document.documentElement.append(overlay);
  };

  const hideError = () => {
    overlay?.remove();
    overlay = undefined;
  };

  const showBusy = () => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.size === 0) return bar?.remove();
    timer = setTimeout(() => {
      bar ??= style(document.createElement("div"), "inset:0 0 auto 0;height:3px;background:#f58220;");
      bar.id = "bokeh-dev-busy";
      document.documentElement.append(bar);
      bar.animate([{ opacity: 1 }, { opacity: 0.3 }], { duration: 500, iterations: Infinity, direction: "alternate" });
    }, BUSY_AFTER_MILLISECONDS);
  };

  const watchConnections = () => {
    const { ClientConnection } = Bokeh.require("client/connection");
    const { ClientSession } = Bokeh.require("client/session");
    const { connect, send } = ClientConnection.prototype;
    ClientConnection.prototype.connect = async function () {
      connections.add(this);
      // who waits for the server here is this script
      this._schedule_reconnect = () => {};
      try {
        return await connect.call(this);
      } finally {
        connected?.();
      }
    };
    ClientConnection.prototype.send = function (message) {
      if (message.msgtype() === "PATCH-DOC") waiting.add(message.msgid());
      showBusy();
      return send.call(this, message);
    };
    for (const name of ["_handle_ok", "_handle_error"]) {
      const handle = ClientSession.prototype[name];
      ClientSession.prototype[name] = function (message) {
        waiting.delete(message.reqid());
        showBusy();
        return handle.call(this, message);
      };
    }
  };

  const close = (connection) => {
    const { socket } = connection;
    if (socket !== null) {
      socket.onopen = socket.onmessage = socket.onclose = socket.onerror = null;
      socket.close();
    }
    connection.socket = null;
    waiting.clear();
    showBusy();
  };

  const renew = async (connection) => {
    close(connection);
    await connection.connect();
  };

  const reload = () => {
    keepValues();
    location.reload();
  };

  /** The widgets of the next page, or of the next document of this one, take their values from the session that this one has. */
  const keepValues = () => {
    const [connection] = connections;
    if (connection === undefined) return;
    const { session_id } = Bokeh.require("client/connection").parse_token(connection.token);
    document.cookie = "bokeh-dev-session=" + encodeURIComponent(session_id) + ";path=/;max-age=10";
  };

  /** Puts what the server has now into this page, which is quicker than another page. Scripts that are not Bokeh's want a page of their own. */
  const exchangePage = async () => {
    keepValues();
    const response = await fetch(location);
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!response.ok) return showError(fresh.querySelector("pre")?.textContent ?? response.statusText);
    const foreign = Array.from(fresh.body.querySelectorAll("script:not([src]):not([type='application/json'])"))
      .some((script) => !script.textContent.trim().startsWith("(() => {"));
    if (connections.size === 0 || foreign || scriptUrls(fresh.body) !== "dev.js" || scriptUrls(fresh.head) !== headUrls) return location.reload();
    connections.forEach(close);
    connections.clear();
    const arrival = new Promise((resolve) => {
      connected = resolve;
      setTimeout(resolve, CONNECTED_AFTER_MILLISECONDS);
    });
    for (const { views_manager } of Bokeh.documents.splice(0)) views_manager?.clear();
    for (const node of headNodes) node.remove();
    headNodes = contents(fresh.head);
    document.head.append(...headNodes);
    document.body.replaceWith(fresh.body);
    for (const script of document.body.querySelectorAll("script:not([src])")) {
      const { type, textContent } = script;
      script.replaceWith(Object.assign(document.createElement("script"), { type, id: script.id, textContent }));
    }
    // the next change finds the connection of this page; one without a document never has any
    await arrival;
  };

  const contents = (head) => Array.from(head.children).filter(({ tagName }) => tagName !== "SCRIPT");
  const scriptUrls = (element) =>
    Array.from(element.querySelectorAll("script[src]"), ({ src }) => src.replace(/.*\\/(?=dev\\.js$)/, "")).join();
  let headNodes = contents(document.head);
  const headUrls = scriptUrls(document.head);

  const refreshStyles = () => {
    for (const link of document.querySelectorAll("link[rel=stylesheet]")) {
      const url = new URL(link.href);
      if (url.origin !== location.origin) continue;
      url.searchParams.set("dev", Date.now());
      link.href = url.href;
    }
  };

  const renewAll = async () => {
    if (connections.size === 0) return reload();
    try {
      await Promise.all(Array.from(connections, renew));
    } catch {
      if (overlay === undefined) reload();
    }
  };

  if (globalThis.Bokeh !== undefined) watchConnections();
  const events = new EventSource(document.currentScript.src.replace(/dev\\.js$/, "dev-events") + "?page=" + encodeURIComponent(location.pathname));
  events.onmessage = ({ data }) => {
    const { kind, text } = JSON.parse(data);
    if (kind === "error") return showError(text);
    hideError();
    if (kind === "style") refreshStyles();
    if (kind === "page") changes = changes.then(exchangePage).catch(reload);
    if (kind === "document") changes = changes.then(renewAll);
  };
  let changes = Promise.resolve();
  events.onerror = () => lost = true;
  events.onopen = () => {
    if (lost) reload();
  };
})();
`;
