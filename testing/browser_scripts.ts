/**
 * What is run inside of a page under test. These are texts: the page has none of this package.
 *
 * @module
 */

/**
 * Before anything else on the page: keeps Bokeh's websockets at hand, and lets the test ask each of them for an answer.
 * When that has come, everything that the server had sent before is there.
 */
export const KEEP_SOCKETS = `(() => {
  const sockets = new Set();
  const waiting = new Map();
  let count = 0;
  const hear = ({ data }) => {
    if (typeof data !== "string" || !data.includes('"reqid":"test-')) return;
    const { reqid } = JSON.parse(data);
    waiting.get(reqid)?.();
    waiting.delete(reqid);
  };
  globalThis.WebSocket = class extends WebSocket {
    constructor(url, protocols) {
      super(url, protocols);
      if (![protocols].flat().includes("bokeh")) return;
      sockets.add(this);
      this.addEventListener("message", hear);
      this.addEventListener("close", () => sockets.delete(this));
    }
  };
  globalThis.__bokehRoundtrip = () => Promise.all([...sockets].map((socket) => new Promise((resolve) => {
    const msgid = "test-" + ++count;
    waiting.set(msgid, resolve);
    socket.addEventListener("close", resolve);
    for (const frame of [{ msgid, msgtype: "SERVER-INFO-REQ" }, {}, {}]) socket.send(JSON.stringify(frame));
  })));
})()`;

/** Whether BokehJS has drawn all documents of the page. */
export const IS_DRAWN =
  "globalThis.Bokeh?.documents?.length > 0 && globalThis.Bokeh.documents.every((doc) => doc.is_idle)";

/** Waits until every server has answered. */
export const ROUNDTRIP = "__bokehRoundtrip().then(() => null)";

/** What {@linkcode ACTIONS} can do with a model. */
export type PageAction = "get" | "set" | "middle";

/** A function that finds a model by its name and does something with it; answers `{ok}` with JSON or `{problem}`. */
export const ACTIONS = `(action, name, attr, value) => {
  const model = Bokeh.documents.map((doc) => doc.get_model_by_name(name)).find((model) => model != null);
  if (model == null) return { problem: "Cannot find a model named " + JSON.stringify(name) + ": the page has none" };
  if (action === "middle") {
    const view = Bokeh.index.find_one_by_id(model.id);
    if (view == null) return { problem: "Cannot click " + name + ": it is not shown" };
    const { x, y, width, height } = (view.button_el ?? view.el).getBoundingClientRect();
    return { ok: JSON.stringify([x + width / 2, y + height / 2]) };
  }
  if (!(attr in model.properties)) {
    return { problem: "Cannot use " + model.type + "." + attr + ": there is no such attribute" };
  }
  if (action === "set") model[attr] = value;
  const plain = (value) => {
    if (typeof value === "bigint") return Number(value);
    if (value === null || typeof value !== "object") return value;
    if (typeof value.id === "string" && value.properties !== undefined) return { id: value.id };
    if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, plain(item)]));
    if (value instanceof Set || ArrayBuffer.isView(value) || Array.isArray(value)) return [...value].map(plain);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  };
  return { ok: JSON.stringify(plain(model[attr]) ?? null) };
}`;
