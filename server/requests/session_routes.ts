/**
 * The routes whose requests name a session, or create one: verifies their credentials, finds the
 * process that owns the session, forwards to it, or calls the handler.
 *
 * @module
 */

import type { AppContext } from "../../handlers/context.ts";
import { handleFiles, refuseForeignPage } from "../../handlers/files/session_files.ts";
import { handleAutoload } from "../../handlers/pages/autoload_js.ts";
import { handleDoc } from "../../handlers/pages/doc.ts";
import { handleEmbedJson } from "../../handlers/pages/embed.ts";
import { handleMetadata } from "../../handlers/pages/metadata.ts";
import type { Peer } from "../../handlers/relay/relay.ts";
import { relayedBy } from "../../handlers/relay/relay_header.ts";
import { handleWebSocket, refuseHandshake } from "../../handlers/websocket/ws.ts";
import { embeddableRequest, newSession, pageCredentials, verifyCredentials } from "../credentials/page_credentials.ts";
import { socketCredentials } from "../credentials/socket_credentials.ts";
import { ProtocolError } from "../../protocol/error.ts";
import type { UnreachableOwner } from "../../session/ownership/unreachable_owner.ts";
import { locateSession, reachableOwner, type SessionOwners } from "../session_owners.ts";

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
    const session = await verifyCredentials(request, context) ?? await newSession(context);
    const credentials = await pageCredentials(session, request, context);
    const open = (unreachable: UnreachableOwner | undefined) =>
      handleDoc(request, { ...context, credentials: { ...credentials, unreachable }, startsWithPage });
    const located = await locateSession(this.#owners, open);
    return "here" in located ? located.here : await located.owner.fetch(request, relayedBy(context));
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
    const session = await verifyCredentials(embeddable, context) ?? await newSession(context);
    const credentials = await pageCredentials(session, embeddable, context);
    return await handler(request, { ...context, credentials, startsWithPage });
  }

  /**
   * Returns the metadata of an application, unless the request presents credentials that are not
   * valid.
   */
  async metadata(request: Request, context: AppContext): Promise<Response> {
    await verifyCredentials(request, context);
    return await handleMetadata(request, context);
  }

  /**
   * Upgrades a request to a websocket of a session, which is then served here or relayed to its
   * owner.
   */
  async socket(request: Request, context: AppContext): Promise<Response> {
    const refusal = refuseHandshake(request, context);
    if (refusal !== undefined) return refusal;
    const credentials = await socketCredentials(request, context);
    const owners = this.#owners;
    return handleWebSocket(request, {
      ...context,
      credentials,
      ...(owners && { locate: (open) => locateSession(owners, open) }),
    });
  }

  /**
   * Receives an upload or returns a download. If another process has the session of the file,
   * forwards the request to it.
   */
  async file(request: Request, context: AppContext & { readonly id: string }): Promise<Response> {
    // before other processes are asked, so that pages of other origins cannot make them work
    const refusal = refuseForeignPage(request, context);
    if (refusal !== undefined) return refusal;
    const owner = await this.#ownerOfFile(context);
    return owner === undefined ? await handleFiles(request, context) : await owner.fetch(request, relayedBy(context));
  }

  /**
   * Returns the other process that has the file of a URL, or undefined.
   *
   * @throws {ProtocolError} `owner_unreachable` if no process can be reached that has it. A client
   * of its session resumes it soon.
   */
  async #ownerOfFile({ id, app: { registry } }: AppContext & { readonly id: string }): Promise<Peer | undefined> {
    if (this.#owners === undefined || registry.files.get(id) !== undefined) return undefined;
    const key = registry.files.keyOf(id);
    if (key === undefined) return undefined;
    const location = await registry.find(key);
    if (location.kind === "absent") return undefined;
    const peer = location.kind === "held" ? await reachableOwner(this.#owners, location.held) : undefined;
    if (peer === undefined) {
      throw new ProtocolError("Cannot find file: no process serves its session now", "owner_unreachable");
    }
    return peer;
  }
}
