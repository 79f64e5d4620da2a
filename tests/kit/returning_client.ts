/**
 * A client that moves a slider at a constant rate, and reconnects as pages do.
 *
 * @module
 */

import { type Json, message, modelOf } from "./messages.ts";

/** Results of one or several clients. */
export interface ReturnFigures {
  /** Number of values that the server has confirmed with OK. */
  confirmed: number;
  /** Number of sessions whose document lacked a confirmed value after a reconnection. */
  lost: number;
  /** Number of connections to a session that was started anew. */
  anew: number;
  /** Time from each loss of a connection until the document was there again, in milliseconds. */
  readonly returns: number[];
  /** Number of returns at the first attempt. */
  firstAttempts: number;
  /** Number of lost connections by their close code. */
  readonly codes: Map<number, number>;
}

/** Creates figures without results. */
export function newFigures(): ReturnFigures {
  return { confirmed: 0, lost: 0, anew: 0, returns: [], firstAttempts: 0, codes: new Map() };
}

/** Longest time that an attempt to connect may take, in milliseconds. */
const ATTEMPT_MILLISECONDS = 20_000;

const MAX_START_ATTEMPTS = 5;

/** A page of one session. */
export class ReturningClient {
  readonly #url: string;
  readonly #token: string;
  readonly #figures: ReturnFigures;
  #socket: WebSocket | undefined;
  #slider = "";
  #value = 0;
  #lastConfirmed = 0;
  #instance: string | undefined;
  /** Values by the ids of their messages. */
  readonly #waiting = new Map<string, number>();
  #timer: ReturnType<typeof setInterval> | undefined;
  #isClosed = false;
  /** Settles when the client has given up, and rejects if it cannot reconnect. */
  #ended: Promise<void> | undefined;

  /**
   * Creates a client.
   *
   * @param url URL of the websocket.
   */
  constructor(url: string, token: string, figures: ReturnFigures) {
    this.#url = url;
    this.#token = token;
    this.#figures = figures;
  }

  /** Whether the client has a connection and the document. */
  get isConnected(): boolean {
    return this.#socket !== undefined;
  }

  /** Connects, and changes the slider at an interval in milliseconds from then on. */
  async start(interval: number): Promise<void> {
    // A page tries again too: an overloaded machine may answer too late for a load balancer.
    for (let attempts = 0; this.#socket === undefined; attempts++) {
      await this.#connect().catch((error) => {
        if (attempts === MAX_START_ATTEMPTS) throw error;
      });
    }
    this.#timer = setInterval(() => this.#move(), interval);
  }

  /** Stops changing the slider. The connection stays. */
  pause(): void {
    clearInterval(this.#timer);
  }

  /** Closes the connection. */
  async close(): Promise<void> {
    this.pause();
    this.#isClosed = true;
    this.#socket?.close();
    await this.#ended;
  }

  #move(): void {
    if (this.#socket === undefined) return;
    const events = [{ kind: "ModelChanged", model: { id: this.#slider }, attr: "value", new: ++this.#value }];
    const frames = message("PATCH-DOC", { events });
    this.#waiting.set(JSON.parse(frames[0]!).msgid, this.#value);
    for (const frame of frames) this.#socket.send(frame);
  }

  /** Opens a connection and pulls the document. */
  async #connect(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const socket = new WebSocket(this.#url, ["bokeh", this.#token]);
    const timeout = setTimeout(() => socket.close(), ATTEMPT_MILLISECONDS);
    let isOpen = false;
    const receive = messages(({ msgtype, reqid, session, content }) => {
      if (msgtype === "ACK") {
        if (this.#instance !== undefined && session !== this.#instance) this.#figures.anew++;
        this.#instance = session;
        for (const frame of message("PULL-DOC-REQ")) socket.send(frame);
      } else if (msgtype === "PULL-DOC-REPLY") {
        isOpen = true;
        this.#socket = socket;
        this.#check(content.doc);
        resolve();
      } else if (msgtype === "OK") this.#confirm(reqid);
    });
    socket.onmessage = ({ data }) => receive(data);
    socket.onclose = ({ code }) => {
      clearTimeout(timeout);
      this.#socket = undefined;
      if (!isOpen) reject(new Error(`Cannot connect: ${code}`, { cause: code }));
      else if (!this.#isClosed) this.#ended = this.#return(code);
    };
    await promise;
    clearTimeout(timeout);
  }

  #check(doc: Json): void {
    const { id, attributes: { value = 0 } } = modelOf(doc, "slider");
    this.#slider = id;
    if (value < this.#lastConfirmed) this.#figures.lost++;
    this.#value = Math.max(this.#value, value);
    this.#waiting.clear();
  }

  #confirm(id: string): void {
    const value = this.#waiting.get(id);
    if (value === undefined) return;
    this.#waiting.delete(id);
    this.#lastConfirmed = value;
    this.#figures.confirmed++;
  }

  /** Reconnects with the delays of `embed/browser/connection.js`. */
  async #return(code: number): Promise<void> {
    const lostAt = performance.now();
    this.#figures.codes.set(code, (this.#figures.codes.get(code) ?? 0) + 1);
    for (let attempts = 0; !this.#isClosed; attempts++) {
      const delay = attempts === 0
        ? Math.random() * (code === 1012 ? 100 : 500)
        : Math.min(30_000, 1000 * 2 ** (attempts - 1)) * (1 + Math.random()) / 2;
      await new Promise((resolve) => setTimeout(resolve, delay));
      try {
        await this.#connect();
        if (attempts === 0) this.#figures.firstAttempts++;
        this.#figures.returns.push(performance.now() - lostAt);
        return;
      } catch (error) {
        if (error instanceof Error && [4401, 4404, 4409, 1008].includes(error.cause as number)) {
          this.#figures.anew++;
          return;
        }
      }
    }
  }
}

/** Header fields and content of a message. */
interface Received {
  readonly msgtype: string;
  readonly reqid: string;
  readonly session: string | undefined;
  readonly content: Json;
}

/** Returns a function that receives frames, and calls another for each complete message. */
function messages(onMessage: (message: Received) => void): (frame: string) => void {
  let parts: string[] = [];
  let rest = 0;
  return (frame) => {
    parts.push(frame);
    if (parts.length === 1) rest = 2 + 2 * (JSON.parse(frame).num_buffers ?? 0);
    else if (--rest > 0) return;
    if (rest > 0) return;
    const header = JSON.parse(parts[0]!);
    const isNeeded = header.msgtype !== "PATCH-DOC";
    if (isNeeded) onMessage({ ...header, content: JSON.parse(parts[2]!) });
    parts = [];
  };
}
