/**
 * The directory of the sessions of several processes that share a port.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { TokenDigests } from "../../session/registry/token_digests.ts";
import { directoryPath, type DirectoryReply, type DirectoryRequest } from "./directory_messages.ts";
import { SharedDataRelay } from "./shared_data_relay.ts";
import { LineChannel } from "./line_channel.ts";

const logger = getLogger(["bokeh", "server"]);

/** Maximum number of tokens of destroyed sessions that are remembered. Each takes about 200 bytes. */
const MAX_DESTROYED_TOKENS = 100_000;
/** Interval between removals of expired tokens, in milliseconds. */
const SWEEP_MILLISECONDS = 17_000;

/** A process of the group. */
interface Member {
  readonly index: number;
  /** Keys of its sessions. */
  readonly keys: Set<string>;
}

/**
 * Knows which process of a group owns each session. The program that starts the processes hosts it,
 * on a unix socket in the folder of the group. When a process ends, for any reason, the operating
 * system closes its connection, and the directory releases its sessions.
 *
 * @example
 * ```ts
 * import { SessionDirectory } from "@bokeh/server/processes";
 *
 * const folder = await Deno.makeTempDir();
 * const secret = crypto.randomUUID();
 * using _directory = new SessionDirectory(folder, secret);
 * // Each process then calls serveBokeh with reusePort and with this processGroup, and its own index.
 * const processGroup = { index: 0, count: 2, folder, secret };
 * console.log(processGroup.count);
 * ```
 */
export class SessionDirectory implements Disposable {
  readonly #listener: Deno.UnixListener;
  readonly #secret: string;
  readonly #owners = new Map<string, Member>();
  readonly #destroyedTokens = new TokenDigests(MAX_DESTROYED_TOKENS);
  readonly #channels = new Set<LineChannel>();
  readonly #shared = new SharedDataRelay();
  readonly #timer: ReturnType<typeof setInterval>;

  /**
   * Listens for the processes of a group.
   *
   * @throws {Deno.errors.AddrInUse} If another program hosts the directory of the folder.
   *
   * @param folder Folder of the group.
   * @param secret Secret of the group.
   */
  constructor(folder: string, secret: string) {
    this.#listener = Deno.listen({ transport: "unix", path: directoryPath(folder) });
    this.#secret = secret;
    this.#timer = setInterval(() => this.#destroyedTokens.sweep(Date.now()), SWEEP_MILLISECONDS);
    Deno.unrefTimer(this.#timer);
    void this.#accept();
  }

  /** Stops listening, and closes the connections. */
  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#listener.close();
    for (const channel of this.#channels) channel[Symbol.dispose]();
  }

  async #accept(): Promise<void> {
    for await (const conn of this.#listener) void this.#serve(new LineChannel(conn));
  }

  async #serve(channel: LineChannel): Promise<void> {
    this.#channels.add(channel);
    let member: Member | undefined;
    try {
      await channel.receive((value) => {
        // Only processes of the group have the secret, so that their messages have this type.
        const request = value as DirectoryRequest;
        if (member !== undefined) this.#answer(request, member, channel);
        else if (request[0] === "join" && request[2] === this.#secret) {
          member = { index: request[1], keys: new Set() };
          this.#shared.join(member.index, channel);
        } else throw new TypeError("Cannot join the directory: the secret is wrong");
      });
    } catch (error) {
      logger.error("Closed a connection to the directory of sessions: {error}", { error });
    } finally {
      for (const key of member?.keys ?? []) this.#owners.delete(key);
      this.#shared.leave(channel);
      this.#channels.delete(channel);
      channel[Symbol.dispose]();
    }
  }

  #answer(request: DirectoryRequest, member: Member, channel: LineChannel): void {
    switch (request[0]) {
      case "claim": {
        const [, id, key, tokenDigest] = request;
        channel.send([id, this.#claim(key, tokenDigest, member)] satisfies DirectoryReply);
        break;
      }
      case "find": {
        const [, id, key] = request;
        channel.send([id, this.#owners.get(key)?.index ?? null] satisfies DirectoryReply);
        break;
      }
      case "release": {
        const [, key, tokens] = request;
        if (this.#owners.get(key) === member) this.#owners.delete(key);
        member.keys.delete(key);
        this.#destroyedTokens.addDigests(tokens);
        break;
      }
      case "share":
        this.#shared.publish(request);
        break;
      case "state": {
        const [, to, name, state] = request;
        this.#shared.passState(channel, to, name, state);
        break;
      }
      case "statesEnd":
        this.#shared.endStates(channel, request[1]);
        break;
    }
  }

  /** Returns the owner of a session if that is another process; null after `member` claimed it. */
  #claim(key: string, tokenDigest: string | null, member: Member): number | "ended" | null {
    const owner = this.#owners.get(key);
    if (owner !== undefined && owner !== member) return owner.index;
    if (tokenDigest !== null && this.#destroyedTokens.hasDigest(tokenDigest)) return "ended";
    this.#owners.set(key, member);
    member.keys.add(key);
    return null;
  }
}
