/**
 * Another process that serves the same applications, as seen from this one.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { systemClock } from "../../common/clock.ts";
import { settlesWithin } from "../../common/settles_within.ts";
import { ProtocolError } from "../../protocol/error.ts";
import type { HeaderList, OwnershipAnswer, Peer } from "../../handlers/relay/relay.ts";
import { RelayBudget } from "../../handlers/relay/relay_budget.ts";
import { NONCE_HEADER, RELAY_HEADER, type RelayedClient, relayHeader } from "../../handlers/relay/relay_header.ts";
import type { SecretKey } from "../../session/credentials/signature.ts";
import { USABLE_MILLISECONDS } from "./nonces.ts";
import { type PeerAnswer, PeerWatch } from "./peer_watch.ts";
import { type PeerAddress, sessionPath } from "./peer_address.ts";

const logger = getLogger(["bokeh", "server"]);

/** Options of {@linkcode ProcessPeer}. */
export interface ProcessPeerOptions {
  /** Address at which the process listens for other processes. */
  readonly address: PeerAddress;
  /** Returns the key that all processes share. */
  readonly key: () => Promise<SecretKey>;
  /** Maximum number of bytes that wait in this process for the other one. */
  readonly relayBytes: number;
  /** Time that the process may take to say whether it owns a session, in milliseconds. */
  readonly answerMilliseconds: number;
}

/** The answer of a process, with the nonce that it has issued for a request. */
interface Reply {
  readonly answer: OwnershipAnswer;
  readonly nonce?: string | undefined;
}

const UNREACHABLE: Reply = { answer: "unreachable" };

/** Another process, which listens on a unix socket or on a port for other processes. */
export class ProcessPeer implements Peer, Disposable {
  readonly budget: RelayBudget;
  readonly #options: ProcessPeerOptions;
  readonly #watch = new PeerWatch(() => this.#check());
  #client: Deno.HttpClient | undefined;
  /** Nonce of the last answer of {@linkcode owns}, until it is used. On a unix socket none is needed. */
  #nonce: string | undefined;
  /** Time at which the nonce arrived, of the system's monotonic clock. */
  #nonceAt = 0;

  constructor(options: ProcessPeerOptions) {
    this.#options = options;
    this.budget = new RelayBudget(options.relayBytes);
  }

  /** The address as text. */
  get address(): string {
    return this.#options.address.text;
  }

  async fetch(request: Request, client: RelayedClient): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const url = `http://${request.headers.get("host") ?? "localhost"}${pathname}${search}`;
    const { method, body } = request;
    const headers = new Headers(request.headers);
    headers.set(RELAY_HEADER, await this.#header(client, pathname + search));
    const response = await this.#send(url, { method, headers, body, redirect: "manual" });
    // copied, because the headers of a fetched response are immutable
    return new Response(response.body, response);
  }

  async connect(path: string, headers: HeaderList, client: RelayedClient): Promise<WebSocket> {
    const ownHeaders = ["connection", "upgrade", "content-length", "host", RELAY_HEADER];
    const valueOf = (wanted: string) => headers.find(([name]) => name === wanted)?.[1];
    const forwarded = headers.filter(([name]) => !ownHeaders.includes(name) && !name.startsWith("sec-websocket-"));
    forwarded.push([RELAY_HEADER, await this.#header(client, path)]);
    const protocols = (valueOf("sec-websocket-protocol") ?? "").split(",").map((name) => name.trim());
    const url = `ws://${valueOf("host") ?? "localhost"}${path}`;
    const socket = new WebSocket(url, { protocols, headers: forwarded, client: this.#connected() });
    socket.binaryType = "arraybuffer";
    return socket;
  }

  async owns(key: string): Promise<OwnershipAnswer> {
    const reply = await this.#ask(key);
    if (reply === undefined && await this.#isRefused()) return "refused";
    // the connection may have been to a process that this one has replaced
    const { answer, nonce } = reply ?? await this.#ask(key) ?? UNREACHABLE;
    this.#nonce = nonce;
    this.#nonceAt = systemClock.now();
    return answer;
  }

  watch(onLost: () => void): () => void {
    // The system closes a unix socket when its process ends.
    return this.#options.address.isPort ? this.#watch.add(onLost) : () => {};
  }

  [Symbol.dispose](): void {
    this.#watch[Symbol.dispose]();
    this.#client?.close();
    this.#client = undefined;
  }

  /** Asks whether the process owns a session. Returns undefined if the connection to it fails. */
  async #ask(key: string): Promise<Reply | undefined> {
    let reply: Reply | undefined = UNREACHABLE;
    const asked = this.#request(key).then((given) => reply = given, () => reply = undefined);
    // an abort signal has no effect while the runtime connects
    await settlesWithin(asked, this.#options.answerMilliseconds);
    return reply;
  }

  async #request(key: string): Promise<Reply> {
    const path = sessionPath(key);
    const headers = { [RELAY_HEADER]: await relayHeader({ client: {} }, path, await this.#options.key()) };
    const signal = AbortSignal.timeout(this.#options.answerMilliseconds);
    const response = await fetch(`http://localhost${path}`, { headers, signal, client: this.#connected() });
    await response.body?.cancel();
    const nonce = response.headers.get(NONCE_HEADER) ?? undefined;
    if (response.status === 204) return { answer: "owner", nonce };
    if (response.status === 409) return { answer: "notOwner", nonce };
    logger.error("A process at the address {address} refused a question: do all have the same secret key?", {
      address: this.#options.address.text,
    });
    return UNREACHABLE;
  }

  async #isRefused(): Promise<boolean> {
    try {
      await this.#isAccepted();
      return false;
    } catch (error) {
      return error instanceof Deno.errors.ConnectionRefused || error instanceof Deno.errors.NotFound;
    }
  }

  /**
   * Returns whether the system of the process accepts a connection in time.
   *
   * @throws The error of the connection.
   */
  async #isAccepted(): Promise<boolean> {
    const { address, answerMilliseconds } = this.#options;
    return await settlesWithin(address.connect().then((connection) => connection.close()), answerMilliseconds);
  }

  async #check(): Promise<PeerAnswer> {
    const reply = await this.#ask("");
    if (reply !== undefined && reply !== UNREACHABLE) return "answers";
    return await this.#isAccepted().catch(() => false) ? "silent" : "gone";
  }

  async #header(client: RelayedClient, path: string): Promise<string> {
    const { address, key } = this.#options;
    const isUsable = systemClock.now() - this.#nonceAt < USABLE_MILLISECONDS;
    let nonce = isUsable ? this.#nonce : undefined;
    this.#nonce = undefined;
    // The nonce of this question is not shared: concurrent requests would take it.
    if (address.isPort) {
      nonce ??= (await this.#ask(""))?.nonce;
      if (nonce === undefined) throw noAnswer(); // it would refuse the request
    }
    return await relayHeader({ client, nonce }, path, await key());
  }

  /**
   * Sends a request. Errors of the runtime are replaced, because they contain the URL, which can
   * hold a token, a session id or the id of a file.
   */
  async #send(url: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(url, { ...init, client: this.#connected() });
    } catch {
      logger.warn("Cannot relay a request: the other process does not answer");
      throw noAnswer();
    }
  }

  #connected(): Deno.HttpClient {
    this.#client ??= Deno.createHttpClient({ proxy: this.#options.address.proxy });
    return this.#client;
  }
}

function noAnswer(): ProtocolError {
  return new ProtocolError("Cannot relay request: the other process does not answer", "going_away");
}
