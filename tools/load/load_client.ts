/**
 * A minimal websocket client for load tests. It sends and receives the messages of a browser but keeps no document, so
 * that one process can run thousands of clients. It is not the `WireClient` of `tests/kit/`, which does not answer pings and
 * reads only while a test waits for a message.
 *
 * @module
 */

import { generateToken } from "../../session/credentials/token.ts";

interface Reply {
  readonly type: string;
  readonly content: string;
}

/** Counts of the patches that clients have sent, and of the answers to them. */
export interface Tally {
  sent: number;
  /** Patches that were answered with `OK`. */
  acknowledged: number;
  /** Patches that were answered with another message, such as `ERROR`. */
  refused: number;
}

/** Returns the number of patches without an answer. */
export function unanswered({ sent, acknowledged, refused }: Tally): number {
  return sent - acknowledged - refused;
}

/** A websocket connection to a session. */
export class LoadClient {
  readonly #socket: WebSocket;
  readonly #tally: Tally;
  readonly #waiting = new Map<string, (reply: Reply | undefined) => void>();
  /** Resolves with the close code when the socket has closed. */
  readonly closed: Promise<number>;
  /** The ids of the models by name, from the last pull. Python's server gives the models of each session other ids. */
  ids: ReadonlyMap<string, string> = new Map();
  #header: { msgtype: string; reqid?: string; num_buffers?: number } | undefined;
  #content = "";
  #frames = 0;
  #count = 0;

  constructor(socket: WebSocket, tally: Tally) {
    this.#socket = socket;
    this.#tally = tally;
    socket.onmessage = ({ data }) => this.#receiveFrame(data);
    socket.onerror = (event) => event.preventDefault();
    this.closed = new Promise((resolve) => {
      socket.onclose = ({ code }) => {
        for (const answer of this.#waiting.values()) answer(undefined);
        this.#waiting.clear();
        resolve(code);
      };
    });
  }

  /**
   * Connects to a session and waits for `ACK`.
   *
   * @param url the application's address, with `http` or `https`
   * @param tally counts the patches of this client; clients can share it
   * @returns `undefined` if the server refuses the connection
   */
  static async open(url: string, sessionId: string, tally: Tally): Promise<LoadClient | undefined> {
    const socket = new WebSocket(`${url.replace(/^http/, "ws")}/ws`, ["bokeh", await generateToken(sessionId)]);
    socket.binaryType = "arraybuffer";
    const client = new LoadClient(socket, tally);
    const acknowledged = new Promise<Reply | undefined>((resolve) => client.#waiting.set("", resolve));
    return await acknowledged === undefined ? undefined : client;
  }

  /**
   * Requests the document.
   *
   * @returns the ids of its named models by name, or `undefined` if the connection closes before the answer
   */
  async pull(): Promise<ReadonlyMap<string, string> | undefined> {
    const reply = await this.#request("PULL-DOC-REQ", "{}");
    if (reply === undefined) return undefined;
    const ids = new Map<string, string>();
    JSON.parse(reply.content, (_key, value) => {
      if (typeof value?.attributes?.name === "string") ids.set(value.attributes.name, value.id);
      return value;
    });
    this.ids = ids;
    return ids;
  }

  /** Sets an attribute with a patch, waits for the answer, and counts it. */
  async set(model: string, attr: string, value: unknown): Promise<void> {
    this.#tally.sent++;
    const events = [{ kind: "ModelChanged", model: { id: model }, attr, new: value }];
    const reply = await this.#request("PATCH-DOC", JSON.stringify({ events }));
    if (reply?.type === "OK") this.#tally.acknowledged++;
    else if (reply !== undefined) this.#tally.refused++;
  }

  /** Whether the connection is open. */
  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Closes the socket. */
  close(): void {
    this.#socket.close();
  }

  #request(msgtype: string, content: string): Promise<Reply | undefined> {
    if (!this.isOpen) return Promise.resolve(undefined);
    const msgid = `${++this.#count}`;
    return new Promise((resolve) => {
      this.#waiting.set(msgid, resolve);
      for (const frame of [JSON.stringify({ msgid, msgtype }), "{}", content]) this.#socket.send(frame);
    });
  }

  #receiveFrame(data: string | ArrayBuffer): void {
    if (this.#header === undefined) {
      this.#header = JSON.parse(String(data));
      this.#frames = 1;
      return;
    }
    if (++this.#frames === 3) this.#content = String(data);
    if (this.#frames < 3 + 2 * (this.#header.num_buffers ?? 0)) return;
    const { msgtype, reqid } = this.#header;
    this.#header = undefined;
    const key = msgtype === "ACK" ? "" : reqid;
    if (key === undefined) return;
    this.#waiting.get(key)?.({ type: msgtype, content: this.#content });
    this.#waiting.delete(key);
  }
}
