/**
 * A process's connection to the directory of sessions.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { errorMessage } from "../../common/error_message.ts";
import { ProtocolError } from "../../protocol/error.ts";
import type { Claiming, ExpiringDigest, SessionClaims } from "../../session/ownership/session_claims.ts";
import type { HeldSession } from "../../session/ownership/session_held_error.ts";
import { receiveChange, restoreSharedState, type SharedChannel } from "../../shared/shared_channel.ts";
import { allSharedData } from "../../shared/shared_data.ts";
import {
  type DirectoryNotice,
  directoryPath,
  type DirectoryReply,
  type DirectoryRequest,
  isReply,
} from "./directory_messages.ts";
import { LineChannel } from "./line_channel.ts";

const logger = getLogger(["bokeh", "server"]);

/** Length of the changes of shared data from which on further ones are refused until the directory has taken them. */
const MAX_WAITING_LENGTH = 64 * 1024 * 1024;

/** Options of {@linkcode DirectoryClient.connect}. */
export interface DirectoryClientOptions {
  /** Folder of the group. */
  readonly folder: string;
  /** Index of this process. */
  readonly index: number;
  /** Secret of the group. */
  readonly secret: string;
  /** Returns the address of another process of the group. */
  readonly addressOf: (index: number) => string;
  /** Whether changes of shared data go through the directory. */
  readonly sharesData: boolean;
}

/** Claims sessions in the directory of a group, and exchanges changes of shared data through it. */
export class DirectoryClient implements SessionClaims, SharedChannel, Disposable {
  readonly #channel: LineChannel;
  readonly #addressOf: (index: number) => string;
  readonly #sharesData: boolean;
  readonly #pending = new Map<number, PromiseWithResolvers<DirectoryReply[1]>>();
  #lastId = 0;
  #ended = false;
  /** Changes since this process joined, until it has the states to which they apply. */
  #changes: (readonly [name: string, change: unknown])[] | undefined = [];

  /** Use {@linkcode DirectoryClient.connect}. @internal */
  constructor(channel: LineChannel, { index, secret, addressOf, sharesData }: DirectoryClientOptions) {
    this.#channel = channel;
    this.#addressOf = addressOf;
    this.#sharesData = sharesData;
    this.#send(["join", index, secret]);
    void this.#receive();
  }

  /**
   * Connects to the directory.
   *
   * @throws {Error} If no program hosts it.
   */
  static async connect(options: DirectoryClientOptions): Promise<DirectoryClient> {
    const path = directoryPath(options.folder);
    try {
      return new DirectoryClient(new LineChannel(await Deno.connect({ transport: "unix", path })), options);
    } catch (error) {
      throw new Error("Cannot join the process group: the program that started it hosts no SessionDirectory", {
        cause: error,
      });
    }
  }

  async claim(key: string, tokenDigest: string | undefined): Promise<Claiming> {
    const owner = await this.#ask((id) => ["claim", id, key, tokenDigest ?? null]);
    if (owner === null) return { kind: "owned" };
    return owner === "ended" ? { kind: "ended" } : { kind: "held", held: this.#held(key, owner) };
  }

  async find(key: string): Promise<HeldSession | undefined> {
    const owner = await this.#ask((id) => ["find", id, key]);
    return typeof owner === "number" ? this.#held(key, owner) : undefined;
  }

  release(key: string, tokens: readonly ExpiringDigest[]): void {
    this.#send(["release", key, tokens]);
  }

  publish(name: string, change: unknown): void {
    const failure = `Cannot change shared data ${JSON.stringify(name)}`;
    if (this.#ended) throw new Error(`${failure}: the process group has ended`);
    const { waitingLength } = this.#channel;
    if (waitingLength > MAX_WAITING_LENGTH) {
      throw new Error(
        `${failure}: ${waitingLength} characters of earlier changes wait to be sent to the other processes. ` +
          "Make smaller or fewer changes, and wait between them",
      );
    }
    try {
      this.#send(["share", name, change]);
    } catch (error) {
      throw new RangeError(`${failure}: ${errorMessage(error)}`, { cause: error });
    }
  }

  /** Closes the connection: the directory releases all sessions of this process. */
  [Symbol.dispose](): void {
    this.#ended = true;
    this.#channel[Symbol.dispose]();
  }

  #held(key: string, index: number): HeldSession {
    return { key, owner: { node: `${index}`, epoch: "" }, address: this.#addressOf(index) };
  }

  #send(request: DirectoryRequest): void {
    this.#channel.send(request);
  }

  async #ask(request: (id: number) => DirectoryRequest): Promise<DirectoryReply[1]> {
    if (this.#ended) throw goingAway();
    const id = ++this.#lastId;
    const reply = Promise.withResolvers<DirectoryReply[1]>();
    this.#pending.set(id, reply);
    this.#send(request(id));
    return await reply.promise;
  }

  async #receive(): Promise<void> {
    await this.#channel.receive((value) => {
      const message = value as DirectoryReply | DirectoryNotice; // sent by the program that started this process
      if (!isReply(message)) return this.#receiveNotice(message);
      const [id, owner] = message;
      this.#pending.get(id)?.resolve(owner);
      this.#pending.delete(id);
    });
    // The program that started this process has ended, and this process ends too.
    if (!this.#ended) logger.error("Lost the directory of sessions: no new sessions are opened");
    this.#ended = true;
    for (const reply of this.#pending.values()) reply.reject(goingAway());
    this.#pending.clear();
  }

  #receiveNotice(notice: DirectoryNotice): void {
    switch (notice[0]) {
      case "share": {
        const [, name, change] = notice;
        if (this.#changes === undefined) receiveChange(name, change);
        else this.#changes.push([name, change]);
        break;
      }
      case "sendStates":
        this.#sendStates(notice[1]);
        break;
      case "statesRequested":
        this.#changes = [];
        break;
      case "state":
        if (this.#sharesData) restoreSharedState(notice[1], notice[2]);
        break;
      case "statesEnd": {
        const changes = this.#changes ?? [];
        this.#changes = undefined;
        for (const [name, change] of changes) receiveChange(name, change);
        break;
      }
    }
  }

  #sendStates(to: number): void {
    for (const data of this.#sharesData ? allSharedData() : []) {
      const { name } = data;
      try {
        this.#send(["state", to, name, data.state]);
      } catch (error) {
        logger.error("Cannot send shared data {name} to a new process, which keeps its own: {error}", { name, error });
      }
    }
    this.#send(["statesEnd", to]);
  }
}

function goingAway(): ProtocolError {
  return new ProtocolError("Cannot open session: the directory of sessions has ended", "going_away");
}
