/// <reference types="../../embed/browser/bokehjs.d.ts" />

/**
 * Runs in pages under test before any other script. Keeps Bokeh's websockets, so that the test can
 * send a request over each of them, and defines the functions that the test calls.
 */

/** @type {Set<WebSocket>} */
const sockets = new Set();
/** Callbacks by the ids of requests that the server has not answered. @type {Map<string, () => void>} */
const waiting = new Map();
let requests = 0;

/** @param {MessageEvent} event */
function onMessage({ data }) {
  if (typeof data !== "string" || !data.includes('"reqid":"test-')) return;
  const { reqid } = JSON.parse(data);
  waiting.get(reqid)?.();
  waiting.delete(reqid);
}

globalThis.WebSocket = class extends WebSocket {
  /**
   * @param {string | URL} url
   * @param {string | string[]} [protocols]
   */
  constructor(url, protocols) {
    super(url, protocols);
    if (![protocols].flat().includes("bokeh")) return;
    sockets.add(this);
    this.addEventListener("message", onMessage);
    this.addEventListener("close", () => sockets.delete(this));
  }
};

/** @param {WebSocket} socket */
function requestAnswer(socket) {
  return new Promise((resolve) => {
    const msgid = `test-${++requests}`;
    waiting.set(msgid, () => resolve(undefined));
    socket.addEventListener("close", resolve);
    for (const frame of [{ msgid, msgtype: "SERVER-INFO-REQ" }, {}, {}]) socket.send(JSON.stringify(frame));
  });
}

/** What a test has asked for is not on the page. */
class ActionError extends Error {}

/** @type {(name: string) => BokehPageModel} */
function findModel(name) {
  const models = Bokeh.documents.map((doc) => doc.get_model_by_name(name));
  const model = models.find((model) => model != null);
  if (model == null) throw new ActionError(`Cannot find a model named ${JSON.stringify(name)}: the page has none`);
  return model;
}

/** @type {(name: string, attr: string) => BokehPageModel} */
function findModelWith(name, attr) {
  const model = findModel(name);
  if (attr in model.properties) return model;
  throw new ActionError(`Cannot use ${model.type}.${attr}: there is no such attribute`);
}

/** @type {(value: any) => unknown} */
function toPlain(value) {
  if (typeof value === "bigint") return Number(value);
  if (value === null || typeof value !== "object") return value;
  if (typeof value.id === "string" && value.properties !== undefined) return { id: value.id };
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, item]) => [key, toPlain(item)]));
  if (value instanceof Set || ArrayBuffer.isView(value) || Array.isArray(value)) {
    return Array.from(/** @type {Iterable<unknown>} */ (value), toPlain);
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPlain(item)]));
}

/** What a test can do with the model of a name. */
const actions = {
  /** Returns the value of an attribute. @type {(name: string, attr: string) => unknown} */
  get: (name, attr) => toPlain(findModelWith(name, attr)[attr]) ?? null,

  /** @type {(name: string, attr: string, value: unknown) => void} */
  set(name, attr, value) {
    findModelWith(name, attr)[attr] = value;
  },

  /** Returns the middle of a model's element, in pixels of the viewport. @type {(name: string) => [number, number]} */
  middle(name) {
    const view = Bokeh.index.find_one_by_id(findModel(name).id);
    if (view == null) throw new ActionError(`Cannot click ${name}: it is not shown`);
    const { x, y, width, height } = (view.button_el ?? view.el).getBoundingClientRect();
    return [x + width / 2, y + height / 2];
  },
};

const hooks = {
  /**
   * Resolves when every server has answered: everything that it has sent before has arrived then.
   */
  async roundtrip() {
    await Promise.all([...sockets].map(requestAnswer));
  },

  /** Returns whether BokehJS has drawn all documents of the page. */
  isDrawn() {
    const documents = globalThis.Bokeh?.documents ?? [];
    return documents.length > 0 && documents.every((doc) => doc.is_idle);
  },

  /**
   * Runs an action. Returns its result as JSON, or the message of an ActionError.
   *
   * @param {keyof typeof actions} action
   * @param {[name: string, attr: string, value: unknown]} args
   */
  act(action, ...args) {
    try {
      return { ok: JSON.stringify(actions[action](...args)) };
    } catch (error) {
      if (!(error instanceof ActionError)) throw error;
      return { problem: error.message };
    }
  },
};

Object.assign(globalThis, { __bokehTest: hooks });
