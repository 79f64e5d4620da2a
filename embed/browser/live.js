/// <reference types="./bokehjs.d.ts" />
/// <reference types="./constants.d.ts" />

// Runs an application in the page. The module of the application, which follows, calls `bokehLive`.

/**
 * The part of Node's class that this package uses. Browsers do not track asynchronous code: a value
 * is known until the first `await`.
 */
class AsyncLocalStorage {
  /** @type {unknown} */
  #value;

  static snapshot() {
    return (/** @type {Function} */ fn, /** @type {unknown[]} */ ...args) => fn(...args);
  }

  /** @param {Function} fn */
  static bind(fn) {
    return fn;
  }

  /**
   * @param {unknown} value
   * @param {Function} fn
   * @param {unknown[]} args
   */
  run(value, fn, ...args) {
    const before = this.#value;
    this.#value = value;
    try {
      return fn(...args);
    } finally {
      this.#value = before;
    }
  }

  /**
   * @param {Function} fn
   * @param {unknown[]} args
   */
  exit(fn, ...args) {
    return this.run(undefined, fn, ...args);
  }

  /** @param {unknown} value */
  enterWith(value) {
    this.#value = value;
  }

  getStore() {
    return this.#value;
  }
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/**
 * Returns the CRC-32 checksum (RFC 1952) of bytes, with which documents contain small arrays.
 *
 * @param {Uint8Array} data
 */
function crc32(data) {
  let crc = 0xffffffff;
  for (const byte of data) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/**
 * Returns a module of Node. Those that browsers do not have fail when they are used.
 *
 * @param {string} name
 */
function nodeModule(name) {
  if (name === "node:async_hooks") return { AsyncLocalStorage };
  const missing = (/** @type {string} */ member) => () => {
    throw new Error(`${name} is not available in a browser: ${member} was called`);
  };
  const known = name === "node:zlib" ? { crc32 } : {};
  return new Proxy(known, { get: (target, member) => Reflect.get(target, member) ?? missing(String(member)) });
}

/**
 * A websocket of BokehJS whose other end is in the page.
 *
 * @param {(page: object) => { send(frame: unknown): void, close(code: number, reason: string): void }} connect
 */
function socketClass(connect) {
  return class {
    static CONNECTING = 0;
    static OPEN = 1;
    static CLOSING = 2;
    static CLOSED = 3;
    readyState = 0;
    binaryType = "arraybuffer";
    /** @type {((event?: object) => void) | null} */
    onopen = null;
    /** @type {((event: object) => void) | null} */
    onmessage = null;
    /** @type {((event: object) => void) | null} */
    onclose = null;
    onerror = null;
    /** @type {{ send(frame: unknown): void, close(code: number, reason: string): void } | undefined} */
    #session;

    constructor() {
      queueMicrotask(() => {
        this.readyState = 1;
        this.onopen?.({});
        this.#session = connect({
          receive: (/** @type {string | Uint8Array} */ frame) =>
            this.onmessage?.({ data: typeof frame === "string" ? frame : frame.buffer }),
          closed: (/** @type {number} */ code, /** @type {string} */ reason) => this.#closed(code, reason),
        });
      });
    }

    /** @param {string | ArrayBuffer} frame */
    send(frame) {
      this.#session?.send(typeof frame === "string" ? frame : new Uint8Array(frame));
    }

    /**
     * @param {number} code
     * @param {string} reason
     */
    close(code, reason) {
      this.#session?.close(code, reason);
      this.#closed(code, reason);
    }

    /**
     * @param {number} code
     * @param {string} reason
     */
    #closed(code, reason) {
      this.readyState = 3;
      this.onclose?.({ code, reason });
    }
  };
}

/**
 * Starts the application of the page, and shows it.
 *
 * @param {() => Promise<(page: object) => { send(frame: unknown): void, close(code: number, reason: string): void }>} start
 */
async function bokehLive(start) {
  const element = document.getElementById(__ELEMENT_ID__) ?? document.body;
  try {
    const connect = await start();
    const original = globalThis.WebSocket;
    const { ClientConnection } = Bokeh.require("client/connection");
    const token = btoa(JSON.stringify({ session_id: "live" })).replaceAll("=", "");
    const connection = new ClientConnection("ws://live/ws", token, "");
    globalThis.WebSocket = /** @type {any} */ (socketClass(connect));
    const connected = connection.connect();
    globalThis.WebSocket = original;
    const { document: doc } = await connected;
    await Bokeh.embed.add_document_standalone(doc, element, [], true);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    element.append(Object.assign(document.createElement("pre"), { textContent: `Cannot start: ${text}` }));
    throw error;
  }
}

Object.assign(globalThis, {
  bokehLive,
  bokehNodeModule: nodeModule,
  process: { getBuiltinModule: nodeModule, env: {} },
});
