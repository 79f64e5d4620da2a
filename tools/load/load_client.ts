/**
 * A browser as a server sees it, reduced to what costs the server something: thousands of them fit into one process.
 *
 * @module
 */

import { generateToken } from "../../session/credentials/token.ts";

interface Reply {
  readonly type: string;
  readonly content: string;
}

/** How a client's patches fared. */
export interface Tally {
  sent: number;
  acknowledged: number;
  refused: number;
}

/** How many patches have had no answer. */
export function unanswered({ sent, acknowledged, refused }: Tally): number {
  return sent - acknowledged - refused;
}

/** One websocket of a session. */
export class LoadClient {
  readonly #socket: WebSocket;
  readonly #tally: Tally;
  readonly #waiting = new Map<string, (reply: Reply | undefined) => void>();
  /** Resolves with the code when the socket has closed. */
  readonly closed: Promise<number>;
  /** The ids of the document's models by name, as of the last pull: in Python's server each session has others. */
  ids: ReadonlyMap<string, string> = new Map();
  #header: { msgtype: string; reqid?: string; num_buffers?: number } | undefined;
  #content = "";
  #frames = 0;
  #count = 0;

  constructor(socket: WebSocket, tally: Tally) {
    this.#socket = socket;
    this.#tally = tally;
    socket.onmessage = ({ data }) => this.#take(data);
    socket.onerror = (event) => event.preventDefault();
    this.closed = new Promise((resolve) => {
      socket.onclose = ({ code }) => {
        for (const answer of this.#waiting.values()) answer(undefined);
        this.#waiting.clear();
        resolve(code);
      };
    });
  }

  /** Connects to a session, and waits for the server's greeting. Undefined where the server does not let it in. */
  static async open(url: string, sessionId: string, tally: Tally): Promise<LoadClient | undefined> {
    const socket = new WebSocket(`${url.replace(/^http/, "ws")}/ws`, ["bokeh", await generateToken(sessionId)]);
    socket.binaryType = "arraybuffer";
    const client = new LoadClient(socket, tally);
    const greeted = new Promise<Reply | undefined>((resolve) => client.#waiting.set("", resolve));
    return await greeted === undefined ? undefined : client;
  }

  /** Asks for the document, and answers with the ids of its models by name; undefined where the connection ends before. */
  async pull(): Promise<ReadonlyMap<string, string> | undefined> {
    const reply = await this.#ask("PULL-DOC-REQ", "{}");
    if (reply === undefined) return undefined;
    const ids = new Map<string, string>();
    JSON.parse(reply.content, (_key, value) => {
      if (typeof value?.attributes?.name === "string") ids.set(value.attributes.name, value.id);
      return value;
    });
    this.ids = ids;
    return ids;
  }

  /** Sets an attribute, and counts how that went. */
  async set(model: string, attr: string, value: unknown): Promise<void> {
    this.#tally.sent++;
    const events = [{ kind: "ModelChanged", model: { id: model }, attr, new: value }];
    const reply = await this.#ask("PATCH-DOC", JSON.stringify({ events }));
    if (reply?.type === "OK") this.#tally.acknowledged++;
    else if (reply !== undefined) this.#tally.refused++;
  }

  /** Whether there is somebody to ask. */
  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Closes the socket. */
  close(): void {
    this.#socket.close();
  }

  #ask(msgtype: string, content: string): Promise<Reply | undefined> {
    if (!this.isOpen) return Promise.resolve(undefined);
    const msgid = `${++this.#count}`;
    return new Promise((resolve) => {
      this.#waiting.set(msgid, resolve);
      for (const frame of [JSON.stringify({ msgid, msgtype }), "{}", content]) this.#socket.send(frame);
    });
  }

  #take(data: string | ArrayBuffer): void {
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
