/**
 * The settings of handlers, made from the options of a server.
 *
 * @module
 */

import { trimTrailingSlashes } from "../common/trim_slashes.ts";
import type { HandlerConfig } from "../handlers/context.ts";
import type { Logins } from "../handlers/login/logins.ts";
import type { OpenSockets } from "../handlers/websocket/open_sockets.ts";
import type { MemoryPool } from "../protocol/memory_pool.ts";
import type { ResolvedOptions } from "./options/resolve_options.ts";

/** What handlers need of a server beside its options. */
export interface HandlerServices
  extends Required<Pick<HandlerConfig, "bokehjs" | "resources" | "origins" | "endLogin">> {
  /** Secret of token payloads if the options have none. */
  readonly fallbackSecret: string;
  /** Tracks the websockets that have not closed. */
  readonly openSockets: OpenSockets;
  /** Closes websockets when their login ends. */
  readonly logins: Logins;
  /** Limits the memory that clients may use. */
  readonly memory: MemoryPool;
}

/** Returns the settings of handlers. */
export function handlerConfig(
  options: ResolvedOptions,
  { fallbackSecret, bokehjs, resources, origins, openSockets, logins, endLogin, memory }: HandlerServices,
): HandlerConfig {
  return {
    prefix: options.prefix,
    absoluteUrl: options.absoluteUrl && trimTrailingSlashes(options.absoluteUrl),
    signing: { secretKey: options.secretKey, signed: options.signSessions },
    // with a key from the options, pages of users can reconnect after a restart
    payloadKey: options.secretKey || options.cookieSecret || fallbackSecret,
    endLogin,
    maxTokenLength: options.limits.tokenBytes,
    tokenExpirationSeconds: options.sessionTokenExpiration,
    generateSessionIds: options.generateSessionIds,
    sessionCreation: options.sessionCreation,
    filter: options,
    origins,
    sockets: {
      keepAliveMilliseconds: options.keepAliveMilliseconds,
      open: openSockets,
      logins,
      connection: {
        limits: options.limits,
        memory,
        ...(options.onEvent === undefined ? {} : { observer: options.onEvent }),
      },
    },
    resources,
    bokehjs,
    contentSecurityPolicy: options.contentSecurityPolicy,
    onError: (error) => options.onError(error, { appPath: undefined, during: "request" }),
    development: options.development,
  };
}
