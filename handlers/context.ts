/**
 * What handlers are given beside the request. All of it can be made by hand in a test.
 *
 * @module
 */

import type { Resources } from "../embed/resources/resources.ts";
import type { ConnectionOptions } from "../session/connection/connection.ts";
import type { SessionRegistry } from "../session/registry/registry.ts";
import type { SecretKey, SigningOptions } from "../session/credentials/signature.ts";
import type { EndedLogin, Login, Logins } from "./login/logins.ts";
import type { OpenSockets } from "./websocket/open_sockets.ts";
import type { Origins } from "./http/origins.ts";
import type { RequestFilter } from "./http/request_filter.ts";
import type { StaticSource } from "./files/static_source.ts";
import type { PageCredentials, SocketCredentials } from "./session_credentials.ts";

/** Answers one route. */
export type Handler<C extends RequestContext = RequestContext> = (
  request: Request,
  context: C,
) => Response | Promise<Response>;

/** What handlers use of an application beside its sessions. */
export interface ApplicationFacts {
  /** What `metadata` answers: a value or what makes one; by custom with a `title` and a `description`. */
  readonly metadata: unknown;
  /** Text of the template of its own that its page is made by, where there is one: it asks for the document's roots. */
  readonly template: string | undefined;
  /** Texts of the templates that its own may include, by their paths. */
  readonly templates?: Readonly<Record<string, string>> | undefined;
  /** What the application itself puts into the token of a request. */
  processRequest(request: Request): Promise<Record<string, unknown>>;
}

/** An application where it is served. */
export interface ServedApplication {
  /** Path below the prefix: `/` or `/sliders`. */
  readonly path: string;
  /** What the application says of itself and of requests. */
  readonly application: ApplicationFacts;
  /** Holds the sessions. */
  readonly registry: SessionRegistry;
  /** What lies below the application's `static/`. */
  readonly statics: StaticSource;
}

/** How a websocket is kept. */
export interface SocketSettings {
  /** Time between pings; 0 for none. */
  readonly keepAliveMilliseconds: number;
  /** Takes note of those that are open. */
  readonly open?: OpenSockets;
  /** Closes those whose login ends. */
  readonly logins?: Logins;
  /** Limits of the connections, and who hears of them. */
  readonly connection: ConnectionOptions;
}

/** What is the same for all requests of a server. */
export interface HandlerConfig {
  /** Path before all paths of the server: empty, or with a slash before and none behind. */
  readonly prefix: string;
  /** Origin of the server that the operator has set; undefined to use that of the request. */
  readonly absoluteUrl?: string | undefined;
  /** How session ids and tokens are signed. */
  readonly signing: SigningOptions;
  /** Key that encrypts what tokens of users carry, and that signs their XSRF tokens. */
  readonly payloadKey: SecretKey;
  /** Maximum length of a token, in characters. Longer ones are refused. */
  readonly maxTokenLength: number;
  /** How long a token may make a session. */
  readonly tokenExpirationSeconds: number;
  /** Ends a login in all processes of the server. */
  endLogin?(ended: EndedLogin): Promise<void>;
  /** Whether a page without a session id gets one. */
  readonly generateSessionIds: boolean;
  /** Whether a session begins with its page or with the page's websocket. */
  readonly sessionCreation: "page" | "connect";
  /** Which headers and cookies applications see. */
  readonly filter: RequestFilter;
  /** Which pages may open websockets and read autoload scripts. */
  readonly origins: Origins;
  /** How websockets are kept. */
  readonly sockets: SocketSettings;
  /** BokehJS, which every route for static files serves. */
  readonly bokehjs: StaticSource;
  /** Where pages find BokehJS; `absoluteUrl` is the origin to name in pages of others. */
  resources(absoluteUrl?: string): Resources;
  /** The Content-Security-Policy of pages, in which `{nonce}` stands for that of the page; undefined for none. */
  readonly contentSecurityPolicy?: string | undefined;
  /** Hears of requests that failed by no fault of their own. */
  readonly onError?: (error: unknown) => void;
  /** Whether error pages tell the error. */
  readonly development: boolean;
}

/** What a handler is told of a request. */
export interface RequestContext {
  /** The server's settings. */
  readonly config: HandlerConfig;
  /** URL of the request, parsed once. */
  readonly url: URL;
  /** Who the auth provider says it is; undefined where there is none to ask. */
  readonly user?: unknown;
  /** Text that tells this user from others; undefined if there is no user. */
  readonly userKey?: string | undefined;
  /** The login that a websocket comes with; undefined if there is no user. */
  readonly login?: Login | undefined;
  /** Address of the visitor, or of the proxy that is not believed; undefined where it is not known, or nobody asks. */
  readonly address?: string | undefined;
}

/** What a handler of an application's route is told. */
export interface AppContext extends RequestContext {
  /** The application. */
  readonly app: ServedApplication;
}

/** Context of a handler that opens or joins a session over HTTP. */
export interface PageContext extends AppContext {
  /** Verified credentials of the request. */
  readonly credentials: PageCredentials;
  /** Whether the session is created with the response; otherwise when its websocket opens. */
  readonly startsWithPage: boolean;
}

/** Context of a handler of websockets. */
export interface SocketContext extends AppContext {
  /** Verified credentials of the websocket. */
  readonly credentials: SocketCredentials;
}
