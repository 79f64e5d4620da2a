/**
 * The routes whose requests name a session, or create one: verifies their credentials, finds the
 * process that owns the session, forwards to it, or calls the handler.
 *
 * @module
 */

import type { AppContext } from "../../handlers/context.ts";
import { handleFiles, LOOKUP_METHOD, refuseForeignPage } from "../../handlers/files/session_files.ts";
import { handleAutoload } from "../../handlers/pages/autoload_js.ts";
import { handleDoc } from "../../handlers/pages/doc.ts";
import { handleEmbedJson } from "../../handlers/pages/embed.ts";
import { handleMetadata } from "../../handlers/pages/metadata.ts";
import type { Peer } from "../../handlers/relay/relay.ts";
import { relayedBy } from "../../handlers/relay/relay_header.ts";
import { handleWebSocket, refuseHandshake, relayWebSocket } from "../../handlers/websocket/ws.ts";
import { embeddableRequest, newSession, pageCredentials, verifyCredentials } from "../credentials/page_credentials.ts";
import { socketCredentials } from "../credentials/socket_credentials.ts";
import type { SessionOwners } from "../session_owners.ts";

/** Answers the routes of sessions. */
export class SessionRoutes {
  readonly #owners: SessionOwners | undefined;

  /**
   * @param owners The processes that share the sessions; undefined if this process owns all of
   * them.
   */
  constructor(owners: SessionOwners | undefined) {
    this.#owners = owners;
  }

  /**
   * Returns the page of an application. If its document is needed for it, the owner of the session
   * makes the page: a template of the application's own cannot be filled without the document.
   */
  async page(request: Request, context: AppContext): Promise<Response> {
    const { config, app } = context;
    const startsWithPage = config.sessionCreation === "page" || app.application.template !== undefined;
    const session = await verifyCredentials(request, context, this.#owners) ??
      await newSession(context, this.#owners, startsWithPage);
    const owner = startsWithPage ? await this.#owners?.ownerOf(session.sessionId, app.path) : undefined;
    if (owner !== undefined) return await owner.fetch(request, relayedBy(context));
    const credentials = await pageCredentials(session, request, context);
    return await handleDoc(request, { ...context, credentials, startsWithPage });
  }

  /**
   * Returns what embeds a session in a page of any origin. If several processes share the sessions,
   * the session starts with its websocket, which reaches its owner.
   */
  async embedding(
    request: Request,
    context: AppContext,
    handler: typeof handleAutoload | typeof handleEmbedJson,
  ): Promise<Response> {
    const startsWithPage = context.config.sessionCreation === "page" && this.#owners === undefined;
    const embeddable = embeddableRequest(request, context);
    const session = await verifyCredentials(embeddable, context, this.#owners) ??
      await newSession(context, this.#owners, startsWithPage);
    const credentials = await pageCredentials(session, embeddable, context);
    return await handler(request, { ...context, credentials, startsWithPage });
  }

  /**
   * Returns the metadata of an application, unless the request presents credentials that are not
   * valid.
   */
  async metadata(request: Request, context: AppContext): Promise<Response> {
    await verifyCredentials(request, context, this.#owners);
    return await handleMetadata(request, context);
  }

  /**
   * Upgrades a request to a websocket of a session, which is served here or relayed to its owner.
   */
  async socket(request: Request, context: AppContext): Promise<Response> {
    const refusal = refuseHandshake(request, context);
    if (refusal !== undefined) return refusal;
    const credentials = await socketCredentials(request, context);
    const owner = await this.#owners?.ownerOf(credentials.sessionId, context.app.path);
    return owner === undefined
      ? handleWebSocket(request, { ...context, credentials })
      : relayWebSocket(request, { ...context, owner });
  }

  /**
   * Receives an upload or returns a download. If another process has the file, forwards the request
   * to it.
   */
  async file(request: Request, context: AppContext & { readonly id: string }): Promise<Response> {
    // before other processes are asked, so that pages of other origins cannot make them work
    const refusal = refuseForeignPage(request, context);
    if (refusal !== undefined) return refusal;
    if (context.app.registry.files.get(context.id) === undefined) {
      const owner = await this.#ownerOfFile(request, context);
      if (owner !== undefined) return await owner.fetch(request, relayedBy(context));
    }
    return await handleFiles(request, context);
  }

  /**
   * Returns the process that has the file of a URL, or undefined if none has it. An id of a file
   * does not name its session, so that all processes are asked.
   *
   * @throws {ProtocolError} `going_away` if none of the processes that answer has it, and another
   * does not answer.
   */
  async #ownerOfFile({ url, headers: sent }: Request, context: AppContext): Promise<Peer | undefined> {
    const headers = new Headers(sent);
    for (const name of ["content-length", "transfer-encoding"]) headers.delete(name);
    let failure: unknown;
    for (const peer of this.#owners?.others.values() ?? []) {
      try {
        const response = await peer.fetch(new Request(url, { method: LOOKUP_METHOD, headers }), relayedBy(context));
        await response.body?.cancel();
        if (response.ok) return peer;
      } catch (error) {
        failure ??= error; // another process may have the file
      }
    }
    if (failure !== undefined) throw failure;
    return undefined;
  }
}
