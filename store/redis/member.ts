import { getLogger } from "@logtape/logtape";
import type {
  Claim,
  Finding,
  Opening,
  Ownership,
  SessionKey,
  StoreMember,
  StoreNode,
  StoreNotice,
} from "../../session/persistence/session_store.ts";
import { StoreError } from "../../session/persistence/store_error.ts";
import type { JournalEntry, OpenOptions, Snapshot, StoredDocument } from "../../session/persistence/stored_session.ts";
import { newEpoch } from "../epoch.ts";
import { NoticeListeners } from "../notices.ts";
import { waitUntil } from "../wait_until.ts";
import { type RedisEngine, type Reply, runScript } from "./engine.ts";
import { Presence, type PresenceOptions } from "./presence.ts";
import { isStatus, textOf } from "./replies.ts";
import { ENDED, type Script, type Scripts } from "./scripts.ts";
import { RedisSharedLogs } from "./shared_logs.ts";

const log = getLogger(["bokeh", "store"]);

/**
 * Options of {@linkcode RedisMember.join}. The member closes the engine's connection when it is
 * disposed of.
 */
interface RedisMemberOptions extends PresenceOptions {
  readonly scripts: Scripts;
}

/** A process's access to a store in Redis or Valkey. */
export class RedisMember implements StoreMember {
  readonly node: StoreNode;
  readonly sharedLogs: RedisSharedLogs;
  readonly #engine: RedisEngine;
  readonly #scripts: Scripts;
  readonly #prefix: string;
  readonly #presence: Presence;
  readonly #notices: NoticeListeners;

  /** Use {@linkcode RedisMember.join}. @internal */
  constructor(
    { engine, scripts, node, prefix }: RedisMemberOptions,
    presence: Presence,
    notices: NoticeListeners,
  ) {
    this.node = node;
    this.#engine = engine;
    this.#scripts = scripts;
    this.#prefix = prefix;
    this.#presence = presence;
    this.#notices = notices;
    this.sharedLogs = new RedisSharedLogs(engine, scripts, prefix);
  }

  /** Writes the process's lease, and starts to renew it and to receive notices. */
  static async join(options: RedisMemberOptions): Promise<RedisMember> {
    const notices = new NoticeListeners();
    const { engine, prefix, node } = options;
    const channels = [channelOf(prefix, node.id), RedisSharedLogs.channelOf(prefix)];
    await Promise.all(channels.map((channel) => engine.subscribe(channel, (message) => receive(notices, message))));
    return new RedisMember(options, await Presence.join(options, notices), notices);
  }

  get isLeaseCurrent(): boolean {
    return this.#presence.isLeaseCurrent;
  }

  async open(key: SessionKey, options: OpenOptions): Promise<Opening> {
    return await this.#openAs(key, options, "");
  }

  async find(key: SessionKey): Promise<Finding> {
    const [record] = this.#keys(key);
    const [owner, epoch] = await this.#engine.command(record, ["HMGET", record, "owner", "epoch"]) as readonly Reply[];
    if (owner == null || epoch == null) return { kind: "absent" };
    const node = textOf(owner);
    if (node === ENDED) return { kind: "absent" };
    return node === "" ? { kind: "released" } : { kind: "held", owner: { node, epoch: textOf(epoch) } };
  }

  async seize(key: SessionKey, from: Ownership, options: OpenOptions): Promise<Opening> {
    const opening = await this.#openAs(key, options, from.epoch);
    if (opening.kind === "taken") await this.#notify(from.node, { kind: "fenced", key, epoch: from.epoch });
    return opening;
  }

  async findNode(id: string): Promise<StoreNode | undefined> {
    return await this.#presence.find(id);
  }

  async setBase(claim: Claim, digest: string): Promise<void> {
    await this.#write(this.#scripts.setBase, claim, [digest]);
  }

  async append(claim: Claim, { seq, data }: JournalEntry): Promise<void> {
    await this.#write(this.#scripts.append, claim, [`${seq}`, data]);
  }

  async replace(claim: Claim, snapshot: Snapshot): Promise<void> {
    await this.#write(this.#scripts.replace, claim, snapshotArguments(snapshot));
  }

  async restore(claim: Claim, { header, retentionMilliseconds }: OpenOptions, snapshot: Snapshot): Promise<void> {
    const args = [claim.node, `${retentionMilliseconds}`, header, ...snapshotArguments(snapshot)];
    await this.#write(this.#scripts.restore, claim, args);
  }

  async release(claim: Claim): Promise<void> {
    await this.#write(this.#scripts.release, claim, [newEpoch()]);
  }

  async end(claim: Claim, rememberMilliseconds: number): Promise<void> {
    await this.#write(this.#scripts.end, claim, [newEpoch(), `${Math.max(1, Math.ceil(rememberMilliseconds))}`]);
  }

  async loadBase(digest: string): Promise<StoredDocument | undefined> {
    const key = this.#baseKey(digest);
    return readDocument(await this.#engine.command(key, ["HGETALL", key]));
  }

  async saveBase(digest: string, base: StoredDocument, retentionMilliseconds: number): Promise<void> {
    const key = this.#baseKey(digest);
    const isThere = await this.#engine.command(key, ["PEXPIRE", key, `${retentionMilliseconds}`]);
    if (isThere === 1) return;
    const fields = [...base.buffers].flatMap(([name, data]) => [bufferField(name), data]);
    // Sent together: a process that ends in between must not leave a base that never expires.
    await Promise.all([
      this.#engine.command(key, ["HSET", key, "doc", base.document, ...fields]),
      this.#engine.command(key, ["PEXPIRE", key, `${retentionMilliseconds}`]),
    ]);
  }

  async renewBases(digests: Iterable<string>, retentionMilliseconds: number): Promise<void> {
    const keys = Array.from(digests, (digest) => this.#baseKey(digest));
    await Promise.all(keys.map((key) => this.#engine.command(key, ["PEXPIRE", key, `${retentionMilliseconds}`])));
  }

  async requestHandOver(key: SessionKey, from: Ownership, timeoutMilliseconds: number): Promise<boolean> {
    await this.#notify(from.node, { kind: "handOverRequested", key, epoch: from.epoch, by: this.node.id });
    const [record] = this.#keys(key);
    const isReleased = async () => textOf(await this.#engine.command(record, ["HGET", record, "epoch"])) !== from.epoch;
    return await waitUntil(isReleased, timeoutMilliseconds);
  }

  async renew(keys: Iterable<SessionKey>, retentionMilliseconds: number): Promise<void> {
    const renewals = Array.from(
      keys,
      (key) => runScript(this.#engine, this.#scripts.renew, this.#keys(key), [`${retentionMilliseconds}`]),
    );
    await Promise.all(renewals);
  }

  onNotice(listener: (notice: StoreNotice) => void): () => void {
    return this.#notices.add(listener);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#presence[Symbol.asyncDispose]();
    await this.#engine[Symbol.asyncDispose]();
  }

  /**
   * Opens or seizes a session. Creates a record only if it is certain that the engine has not lost
   * its data.
   */
  async #openAs(key: SessionKey, options: OpenOptions, seizedEpoch: string): Promise<Opening> {
    const { header, retentionMilliseconds, create: mayCreate = true } = options;
    const open = async (create: boolean) =>
      await runScript(this.#engine, this.#scripts.open, this.#keys(key), [
        this.node.id,
        newEpoch(),
        `${retentionMilliseconds}`,
        seizedEpoch,
        header,
        create ? "1" : "0",
      ]);
    const isKnown = this.#presence.isEngineKnown;
    let reply = await open(mayCreate && isKnown);
    if (isStatus(reply, "absent") && !isKnown) {
      await this.#presence.waitForOwners();
      reply = await open(mayCreate);
    }
    if (isStatus(reply, "absent")) return { kind: "absent" };
    return readOpening(reply, key, this.node.id);
  }

  async #write(script: Script, claim: Claim, args: readonly (string | Uint8Array)[]): Promise<void> {
    const reply = await runScript(this.#engine, script, this.#keys(claim.key), [claim.epoch, ...args]);
    if (!isStatus(reply, "ok")) throw refusal(reply);
  }

  async #notify(node: string, notice: StoreNotice): Promise<void> {
    const channel = channelOf(this.#prefix, node);
    await this.#engine.command(channel, ["PUBLISH", channel, JSON.stringify(notice)]);
  }

  #keys(key: SessionKey): [string, string, string] {
    const start = `${this.#prefix}s:{${key}}:`;
    return [`${start}m`, `${start}j`, `${start}d`];
  }

  #baseKey(digest: string): string {
    return `${this.#prefix}b:${digest}`;
  }
}

function channelOf(prefix: string, node: string): string {
  return `${prefix}n:${node}`;
}

function receive(notices: NoticeListeners, message: string): void {
  try {
    notices.notify(JSON.parse(message) as StoreNotice);
  } catch (error) {
    log.warn("Ignored a notice of the session store that is not JSON: {error}", { error });
  }
}

function bufferField(name: string): string {
  return `b:${name}`;
}

/**
 * Returns the arguments of the scripts that write a snapshot. An array that is kept has an empty
 * value.
 */
function snapshotArguments({ seq, document, buffers }: Snapshot): (string | Uint8Array)[] {
  const fields = [...buffers].flatMap(([name, data]) => [bufferField(name), data ? "write" : "keep", data ?? ""]);
  return [`${seq}`, document, ...fields];
}

function readOpening(reply: Reply, key: SessionKey, node: string): Opening {
  const [status, ...values] = Array.isArray(reply) ? reply as readonly Reply[] : [];
  const claim = () => ({ key, node, epoch: textOf(values[0] ?? null) });
  switch (textOf(status ?? null)) {
    case "created":
      return { kind: "created", claim: claim() };
    case "ended":
      return { kind: "ended" };
    case "held":
      return { kind: "held", owner: { node: textOf(values[0] ?? null), epoch: textOf(values[1] ?? null) } };
    case "taken": {
      const [, header, base, seq, entries, snapshot] = values;
      return {
        kind: "taken",
        claim: claim(),
        session: {
          header: header as Uint8Array,
          base: base == null ? undefined : textOf(base),
          snapshot: readDocument(snapshot ?? null),
          entries: entries as readonly Uint8Array[],
          seq: seq as number,
        },
      };
    }
    default:
      throw refusal(reply);
  }
}

/** Reads the reply of HGETALL, an array of alternating names and values. */
function readDocument(reply: Reply): StoredDocument | undefined {
  const fields = reply as readonly Uint8Array[];
  let document: Uint8Array | undefined;
  const buffers = new Map<string, Uint8Array>();
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = textOf(fields[index]!);
    if (name === "doc") document = fields[index + 1]!;
    else buffers.set(name.slice("b:".length), fields[index + 1]!);
  }
  return document === undefined ? undefined : { document, buffers };
}

function refusal(reply: Reply): StoreError {
  if (isStatus(reply, "fenced")) return new StoreError("Cannot write session: another process owns it now", "fenced");
  if (isStatus(reply, "missing")) {
    return new StoreError("Cannot write session: the store has no record of it", "missing");
  }
  if (isStatus(reply, "absent")) {
    return new StoreError("Cannot keep array: the store has none with this name", "missing");
  }
  if (isStatus(reply, "behind")) return new StoreError("Cannot append entry: earlier ones are missing", "behind");
  return new StoreError("Cannot use session store: Redis sent an unknown reply", "unavailable");
}
