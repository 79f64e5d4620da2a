/**
 * What handlers receive beside the request. Tests can make all of it by hand.
 *
 * @module
 */

import type { Resources } from "../embed/resources/resources.ts";
import type { SecretKey, SigningOptions } from "../session/credentials/signature.ts";
import type { SessionInfo } from "../session/registry/session_info.ts";
import type { SessionRegistry } from "../session/registry/registry.ts";
import type { StaticSource } from "./files/static_source.ts";
import type { OriginList } from "./http/origins.ts";
import type { RequestFilter } from "./http/request_filter.ts";
import type { EndedLogin, Login, Logins } from "./login/logins.ts";
import type { Peer } from "./relay/relay.ts";
import type { PageCredentials, SocketCredentials } from "./session_credentials.ts";
import type { OpenSockets } from "./websocket/open_sockets.ts";
import type { SocketOptions } from "./websocket/socket.ts";

/** A route of an application. The layer `application/` makes it. */
export interface ApplicationRoute {
  /** Pattern of the path below that of the application. */
  readonly pattern: URLPattern;
  /** Answers requests. */
  handler(
    request: Request,
    context: {
      readonly params: Readonly<Record<string, string>>;
      readonly user: unknown;
      readonly serverContext: SessionRegistry["serverContext"];
    },
  ): Response | Promise<Response>;
}

/**
 * What handlers use of an application beside its sessions. The layer `application/` implements it.
 */
export interface ApplicationInfo {
  /**
   * Response of the route `metadata`, or a function that returns it: usually an object with `title`
   * and `description`.
   */
  readonly metadata: unknown;
  /**
   * Template of the application's page, which needs the document's roots; undefined to use Bokeh's.
   */
  readonly template: string | undefined;
  /** Templates that the application's template can include, by path. */
  readonly templates?: Readonly<Record<string, string>> | undefined;
  /** Routes below the application's path. */
  readonly routes?: readonly ApplicationRoute[] | undefined;
  /** Returns what the application adds to the token of a request. */
  processRequest(request: Request): Promise<Record<string, unknown>>;
}

/** An application that is served at a path. */
export interface ServedApplication {
  /** Path below the prefix, for example `/` or `/sliders`. */
  readonly path: string;
  /** The application. */
  readonly application: ApplicationInfo;
  /** Its sessions. */
  readonly registry: SessionRegistry;
  /** Files below its path `static/`. */
  readonly statics: StaticSource;
}

/** Settings of websockets. */
export interface SocketSettings {
  /** Interval between pings, in milliseconds. 0 sends none. */
  readonly keepAliveMilliseconds: number;
  /** Tracks the websockets that have not closed. */
  readonly open?: OpenSockets;
  /** Closes websockets when their login ends. */
  readonly logins?: Logins;
  /** Options of the connections. */
  readonly connection: SocketOptions;
}

/** Settings that are the same for all requests to a server. */
export interface HandlerConfig {
  /** Path before all paths of the server: empty, or with a leading and no trailing slash. */
  readonly prefix: string;
  /**
   * Origin of the server if the operator has set it; undefined to use the origin of the request.
   */
  readonly absoluteUrl?: string | undefined;
  /** How session ids and tokens are signed. */
  readonly signing: SigningOptions;
  /** Key that encrypts the payload of users' tokens and signs their XSRF tokens. */
  readonly payloadKey: SecretKey;
  /** Maximum length of a token, in characters. Longer ones are refused. */
  readonly maxTokenLength: number;
  /** Time for which a token can create a session, in seconds. */
  readonly tokenExpirationSeconds: number;
  /** Ends a login in all processes of the server. */
  endLogin?(ended: EndedLogin): Promise<void>;
  /** Whether the server generates ids for requests without one; otherwise it refuses them. */
  readonly generateSessionIds: boolean;
  /** Whether a session is created with its page or when the page's websocket opens. */
  readonly sessionCreation: "page" | "connect";
  /** Which headers and cookies applications receive. */
  readonly filter: RequestFilter;
  /** Origins whose pages may open websockets and embed applications. */
  readonly origins: OriginList;
  /** Settings of websockets. */
  readonly sockets: SocketSettings;
  /** BokehJS, which all routes for static files serve. */
  readonly bokehjs: StaticSource;
  /**
   * Returns the URLs from which pages load BokehJS.
   *
   * @param absoluteUrl Origin of the server for pages of other origins. By default the URLs are
   * relative.
   */
  resources(absoluteUrl?: string): Resources;
  /**
   * Content-Security-Policy of pages, in which `{nonce}` stands for the nonce of the page;
   * undefined for none.
   */
  readonly contentSecurityPolicy?: string | undefined;
  /** Receives errors of requests that are not the client's fault. */
  readonly onError?: (error: unknown) => void;
  /** Whether error pages show the error. */
  readonly development: boolean;
}

/** Context of all handlers. */
export interface RequestContext {
  /** Settings of the server. */
  readonly config: HandlerConfig;
  /** The variable parts of the application's path. */
  readonly params?: Readonly<Record<string, string>> | undefined;
  /** URL of the request, parsed once, with the scheme and host that the client used. */
  readonly url: URL;
  /** User that the auth provider returned; undefined without a login. */
  readonly user?: unknown;
  /** Key that identifies the user; undefined without a login. */
  readonly userKey?: string | undefined;
  /** Login with which a websocket is opened; undefined without a login. */
  readonly login?: Login | undefined;
  /**
   * IP address of the client, or of a proxy that is not trusted; undefined if it is not known or
   * not needed.
   */
  readonly address?: string | undefined;
  /** IP address of the connection, if the server has an auth provider. */
  readonly peer?: string | undefined;
}

/** Context of handlers of an application. */
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
  /**
   * Opens the session here, or returns the process that owns it. Undefined if this process owns all
   * sessions. See `locateSession`.
   */
  locate?<T>(
    open: (unreachable: SessionInfo["unreachable"]) => Promise<T>,
  ): Promise<{ readonly here: T } | { readonly owner: Peer }>;
}
