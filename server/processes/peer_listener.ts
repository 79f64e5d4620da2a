/**
 * Receives the requests of other processes of a server.
 *
 * @module
 */

import { errorResponse } from "../../handlers/http/responses.ts";
import { NONCE_HEADER, type RelayedClient, relayedRequest } from "../../handlers/relay/relay_header.ts";
import type { SecretKey } from "../../session/credentials/signature.ts";
import { lacksHost } from "../requests/request_limits.ts";
import { Nonces } from "./nonces.ts";
import { askedSession } from "./peer_address.ts";

/** The address to listen at: a unix socket, or a port. */
export type PeerEndpoint = { readonly path: string } | { readonly hostname: string; readonly port: number };

/** What a {@linkcode PeerListener} uses of its server. */
export interface PeerListenerOptions {
  /** Returns the key that all processes share. */
  readonly key: () => Promise<SecretKey>;
  /** Answers a relayed request. */
  readonly answer: (request: Request, client: RelayedClient) => Promise<Response>;
  /** Returns whether this process owns a session. */
  readonly owns: (key: string) => Promise<boolean>;
}

/**
 * Listens for other processes. Refuses all requests that are not signed with their key. On a port,
 * a request must also have a nonce that this process has issued, so that a recorded request cannot be repeated.
 */
export class PeerListener {
  readonly #options: PeerListenerOptions;
  readonly #nonces: Nonces | undefined;
  readonly #http: Deno.HttpServer;

  /**
   * Starts to listen.
   *
   * @throws {Deno.errors.AddrInUse} If the port is in use.
   */
  constructor(endpoint: PeerEndpoint, options: PeerListenerOptions) {
    this.#options = options;
    this.#nonces = "path" in endpoint ? undefined : new Nonces();
    // the overloads of Deno.serve separate TCP and unix sockets, its implementation does not
    const where = { ...endpoint, onListen: () => {} } as Deno.ServeTcpOptions;
    this.#http = Deno.serve(where, (request) => this.#answer(request));
  }

  /** Port on which it listens; undefined for a unix socket. */
  get port(): number | undefined {
    return "port" in this.#http.addr ? this.#http.addr.port : undefined;
  }

  /** Stops listening, and resolves when all responses have been sent. */
  async shutdown(): Promise<void> {
    await this.#http.shutdown();
  }

  async #answer(request: Request): Promise<Response> {
    // its URL cannot be parsed
    if (lacksHost(request)) return refusal();
    const relayed = await relayedRequest(request, await this.#options.key());
    if (relayed === undefined) return refusal();
    const key = askedSession(new URL(request.url).pathname);
    if (key !== undefined) return await this.#answerQuestion(key);
    if (this.#nonces !== undefined && !this.#nonces.use(relayed.nonce)) return refusal();
    return await this.#options.answer(request, relayed.client);
  }

  async #answerQuestion(key: string): Promise<Response> {
    const status = await this.#options.owns(key) ? 204 : 409;
    const nonce = this.#nonces?.issue();
    return new Response(null, { status, headers: nonce === undefined ? {} : { [NONCE_HEADER]: nonce } });
  }
}

function refusal(): Response {
  return errorResponse(403, "This address is for processes of the server");
}
