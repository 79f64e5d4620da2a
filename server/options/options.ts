/**
 * Options of servers. {@linkcode resolveOptions} fills in the defaults.
 *
 * @module
 */

import type { SessionStore } from "../../session/persistence/session_store.ts";
import type { LogLevel } from "../../embed/resources/resources.ts";
import type { DocumentValidation, SharingPolicy } from "../../application/application_options.ts";
import type { SessionContext } from "../../document/document.ts";
import type { RecordOption } from "../../session/recording/recording.ts";
import type { SessionObserver } from "../../session/observability/observer.ts";
import type { PatchPolicy } from "../../document/patches/patch_policy.ts";
import type { AdminOptions } from "../admin/admin_options.ts";
import type { AuthProvider } from "../auth.ts";
import type { ServerLimits } from "./limits.ts";
import type { ProcessGroupOptions } from "../processes/process_group.ts";
import type { TaskSettings } from "../../tasks/task_service.ts";

/**
 * Which uncaught errors a server reports instead of letting them end the program: those of its
 * applications, all, or none.
 */
export type UncaughtErrorPolicy = "applications" | "all" | "none";

/** All policies. */
export const UNCAUGHT_ERROR_POLICIES: readonly UncaughtErrorPolicy[] = ["applications", "all", "none"];

/** Options of an {@linkcode ExtraPattern}. */
export interface ExtraPatternOptions {
  /**
   * Whether requests need neither a login nor an XSRF token. By default they need both if the
   * server has an `authProvider` and `xsrfCookies`, as requests for applications do.
   *
   * @default {false}
   */
  readonly public?: boolean;
}

/**
 * A route beside Bokeh's own ones, with its handler. Bodies of requests are limited by
 * `limits.bodyBytes`.
 */
export type ExtraPattern = readonly [
  pattern: URLPattern,
  handler: (request: Request, match: URLPatternResult) => Response | Promise<Response>,
  options?: ExtraPatternOptions,
];

/** The origin of an error. */
export interface ErrorDetails {
  /** Path of the application; undefined if it is not known. */
  readonly appPath: string | undefined;
  /**
   * What failed: `callback` and `session creation` are code of the application, `internal work` is
   * code of the server, and `uncaught` is an error that no code has caught.
   */
  readonly during: "session creation" | "callback" | "request" | "internal work" | "uncaught";
  /** The session whose code caused an uncaught error, if known. */
  readonly session?: SessionContext | undefined;
}

/** Options of {@linkcode BokehServer}. */
export interface BokehServerOptions {
  /**
   * Origin for URLs of resources, for example `https://apps.example.com`. By default these URLs are
   * relative to the page.
   */
  absoluteUrl?: string;
  /**
   * Path before all routes. The icon is also served at the root.
   *
   * @default {""}
   */
  prefix?: string;
  /**
   * Hosts whose pages may open websockets, each with its port unless that is 80. `*` matches any
   * label, port or host. If none is given, pages of `localhost`, `127.0.0.1` and `[::1]` with the
   * server's port may.
   *
   * @default {[]}
   */
  extraWebsocketOrigins?: readonly string[];
  /**
   * Routes for requests that match none of Bokeh's routes. They need a login and an XSRF token if
   * those for applications do, unless the third member of an entry is `{ public: true }`.
   *
   * @default {[]}
   */
  extraPatterns?: readonly ExtraPattern[];
  /** Key that signs session ids and tokens. */
  secretKey?: string | Uint8Array;
  /**
   * Whether session ids and tokens are signed. Without signatures, clients can choose ids and forge
   * tokens.
   *
   * @default {false}
   */
  signSessions?: boolean;
  /**
   * Whether the server generates a session id for requests without one. Otherwise it refuses them.
   *
   * @default {true}
   */
  generateSessionIds?: boolean;
  /**
   * Whether a session is created with its page, as in Bokeh, or when the websocket of its page
   * opens. With `"connect"`, requests for pages create no sessions, and any process can take the
   * websocket.
   *
   * @default {"page"}, with a session store {"connect"}
   */
  sessionCreation?: "page" | "connect";
  /**
   * Store that keeps sessions beyond their process: a session goes on in a process that replaces this one, or in another
   * process that shares the store. The program that gives it also disposes of it, after the server has stopped. Sessions end
   * with their process by default.
   */
  sessionStore?: SessionStore;
  /**
   * Key that encrypts what the store keeps of requests, the same in all processes that share the store.
   *
   * @default {secretKey}
   */
  sessionStoreSecret?: string | Uint8Array;
  /**
   * How long a session can be resumed after its last client has left, in milliseconds. Only with a session store.
   *
   * @default {3_600_000}
   */
  sessionRetentionMilliseconds?: number;
  /**
   * Whether changes that the server makes by itself, with timers and `updateSessions`, are sent only when the session
   * store has them, like answers to clients. Each of them then costs a write. Otherwise they are sent at once and stored
   * within 250 ms. Only with a session store.
   *
   * @default {false}
   */
  gateServerChanges?: boolean;
  /**
   * Version of the applications. Stored sessions of another version are not resumed, unless the hook
   * `onSessionResume` of the application transfers them: their pages offer a reload. Only with a session store.
   *
   * @default {""}
   */
  appVersion?: string;
  /**
   * Interval between pings on websockets, in milliseconds, at most 2147483647; 0 for none.
   *
   * @default {37000}
   */
  keepAliveMilliseconds?: number;
  /**
   * Interval between checks for unused sessions, in milliseconds.
   *
   * @default {17000}
   */
  checkUnusedSessionsMilliseconds?: number;
  /**
   * Time that a session without a websocket is kept, in milliseconds.
   *
   * @default {15000}
   */
  unusedSessionLifetimeMilliseconds?: number;
  /**
   * Interval between log lines on sessions and connections, in milliseconds.
   *
   * @default {15000}
   */
  statsLogFrequencyMilliseconds?: number;
  /**
   * Interval between log lines on memory, in milliseconds. 0 for none.
   *
   * @default {0}
   */
  memLogFrequencyMilliseconds?: number;
  /**
   * Whether `/` lists the applications.
   *
   * @default {true}
   */
  useIndex?: boolean;
  /**
   * Whether `/` redirects to the application if there is only one.
   *
   * @default {true}
   */
  redirectRoot?: boolean;
  /**
   * Path of a Jinja or Tornado template for `/`. Its variables are `items`, the paths of the
   * applications, and `prefix`.
   */
  index?: string;
  /**
   * Maximum size of a message of a client, in bytes.
   *
   * @default {20971520}
   */
  websocketMaxMessageSizeBytes?: number;
  /**
   * Compression level of websockets. It has no effect, because Deno does not compress websockets.
   */
  websocketCompressionLevel?: number;
  /**
   * Memory level of the compression of websockets. It has no effect, because Deno does not compress
   * websockets.
   */
  websocketCompressionMemLevel?: number;
  /** Path of the icon, or `"none"` for none. */
  icoPath?: string;
  /** Identifies users and decides what they may use. By default no login is needed. */
  authProvider?: AuthProvider;
  /**
   * Whether requests that change something must carry the token of their XSRF cookie, in the header
   * `X-XSRFToken` or the form field `_xsrf`. With an `authProvider`, tokens are signed and valid
   * for one user, and with HTTPS the cookie is named `__Host-_xsrf` instead of `_xsrf`. The key is
   * `secretKey`, or else `cookieSecret`, or else a key that lasts as long as the server.
   *
   * @default {false}
   */
  xsrfCookies?: boolean;
  /** Secret of the cookies that an auth provider signs. The server signs none itself. */
  cookieSecret?: string;
  /** Headers to put into tokens. All by default. Excludes `excludeHeaders`. */
  includeHeaders?: readonly string[];
  /** Headers not to put into tokens. Excludes `includeHeaders`. */
  excludeHeaders?: readonly string[];
  /** Cookies to put into tokens. All by default. Excludes `excludeCookies`. */
  includeCookies?: readonly string[];
  /** Cookies not to put into tokens. Excludes `includeCookies`. */
  excludeCookies?: readonly string[];
  /**
   * Time for which a token can create a session, in seconds, at most 3153600000 (100 years).
   *
   * @default {300}
   */
  sessionTokenExpiration?: number;
  /**
   * Whether the server trusts `X-Real-Ip`, `X-Forwarded-For`, `X-Scheme`, `X-Forwarded-Proto`,
   * `X-Forwarded-Host`, `X-Forwarded-Prefix` and `Forwarded`, which a proxy sets. Of several values
   * of a header the last counts. If two headers for the same property (address, scheme, host)
   * differ, neither counts, because the client has forged the one that the proxy does not set.
   *
   * @default {false}
   */
  useXheaders?: boolean;
  /**
   * The source from which pages load BokehJS.
   *
   * @default {"server"}
   */
  resources?: string;
  /**
   * Folder of the build of BokehJS to serve, as `bokeh/server/static` of Python's package: it
   * contains `js/bokeh.min.js`, or the file itself. The server reports its version. By default the
   * server serves the npm package `@bokeh/bokehjs` that it depends on.
   */
  bokehjsPath?: string | URL;
  /**
   * Whether pages load minified scripts.
   *
   * @default {true}
   */
  minified?: boolean;
  /**
   * Log level of BokehJS in browsers.
   *
   * @default {"info"}
   */
  logLevel?: LogLevel;
  /**
   * Whether error pages show the error with its stack. Not for public servers.
   *
   * @default {false}
   */
  development?: boolean;
  /**
   * Value of `serverContext.argv` in applications.
   *
   * @default {[]}
   */
  argv?: readonly string[];
  /**
   * Host names that the server answers for, each with a port or for all ports. Requests for other
   * hosts are refused, which prevents DNS rebinding. All hosts are allowed by default.
   *
   * @default {[]}
   */
  allowedHosts?: readonly string[];
  /**
   * Decides which changes clients may make, for applications without a policy of their own: a
   * function, or `widgetsAndTools`. All by default.
   */
  acceptPatch?: PatchPolicy;
  /**
   * Which users may join a session that another user has created, for applications that do not
   * export `shareSessions`. Has no effect without an auth provider that identifies users.
   *
   * @default {false}
   */
  shareSessions?: SharingPolicy;
  /**
   * Whether pages show that the server is busy, for applications that do not export
   * `busyIndicator`: a bar at the top of the window, and `aria-busy` on the application's elements,
   * while a change of the page is not answered or a task of its session runs for more than 250 ms.
   *
   * @default {false}
   */
  busyIndicator?: boolean;
  /**
   * File to which the messages of all clients are recorded, for `replay` of `@bokeh/server/testing`: see
   * `docs/recording.md`. Not recorded by default.
   */
  record?: RecordOption;
  /**
   * Whether this server runs the functions that applications schedule with
   * `serverContext.onSchedule`.
   *
   * @default {true}
   */
  schedules?: boolean;
  /**
   * What to do about likely mistakes in a document that an application has filled: `"log"` them,
   * fail for `"errors"`, fail for `"all"` of them, or turn the check `"off"`.
   *
   * @default {"log"}
   */
  documentValidation?: DocumentValidation;
  /**
   * Page on which administrators see the sessions, errors and load of this server, and can end sessions. Not served by
   * default.
   */
  admin?: AdminOptions;
  /** Limits on what clients may do, where they differ from the defaults. */
  limits?: ServerLimits;
  /** Settings of the Workers that run tasks (`doc.task`). */
  tasks?: TaskSettings;
  /** Receives all events of sessions. */
  onEvent?: SessionObserver;
  /**
   * Content-Security-Policy of the applications' pages: `true` for the strictest one with which
   * BokehJS works, or a policy in which `{nonce}` stands for the nonce of the page. `CustomJS` and
   * other models with code for the browser need `'unsafe-eval'` among the script sources, which
   * `true` leaves out.
   *
   * With any value, and unless the policy has a directive `frame-ancestors`, only pages of the
   * server and of hosts in `extraWebsocketOrigins` may show pages of this server in frames
   * (clickjacking).
   *
   * @default {false}
   */
  contentSecurityPolicy?: boolean | string;
  /**
   * Whether `/metrics` below the prefix returns metrics of sessions, connections, messages and
   * callbacks in the format of OpenMetrics. It needs no login: restrict the access to the path in a
   * proxy.
   *
   * @default {false}
   */
  metrics?: boolean;
  /**
   * Whether `/readyz` creates a session of each application as a probe, at most every 5 s, and
   * returns 503 if an application fails. The request of such a session has no user, arguments and
   * cookies, and its header `user-agent` is `bokeh-readiness-probe`.
   *
   * @default {false}
   */
  readinessProbe?: boolean;
  /**
   * Receives errors of applications, callbacks and requests, for services that collect them. Errors
   * are also logged through LogTape. By default they are written to standard error if the program
   * has not configured LogTape.
   */
  onError?: (error: unknown, details: ErrorDetails) => void;
  /**
   * Which uncaught errors (rejected promises that are not awaited, errors in timers) the server
   * logs and reports to `onError` instead of letting them end the program: those of
   * `"applications"` of this server, `"all"` of the program, or `"none"`. The program `bokeh serve`
   * uses `"all"`.
   *
   * An error belongs to an application if code of its sessions or hooks caused it. For errors in
   * timers Deno does not provide that context: they belong to an application if their stack has a
   * line of the application's `source`.
   *
   * @default {"applications"}
   */
  uncaughtErrors?: UncaughtErrorPolicy;
  /**
   * Whether the server creates OpenTelemetry spans for new sessions, patches and callbacks, and
   * reports the metrics of `/metrics`. Deno exports them if the environment has `OTEL_DENO=true`.
   * For the whole process, query strings, which can hold session ids and tokens, are removed from
   * `url.full` and `url.query` of Deno's spans of requests.
   *
   * @default {false}
   */
  telemetry?: boolean;
  /**
   * Whether the server returns memory to the system after many sessions have ended: it collects
   * garbage with V8's `gc` and, on Linux with the permission `ffi`, calls `malloc_trim` of the C
   * library, whose heap it lets keep 16 MiB between messages. When the process is idle, it empties V8's young
   * generation, which takes some 20 ms. All affect the whole process. Otherwise the process keeps most of the memory that
   * its largest number of sessions needed. The program `bokeh serve` does it by default.
   *
   * @default {false}
   */
  releaseMemory?: boolean;
  /**
   * Time that the hooks of sessions and applications may take when the server stops, in
   * milliseconds.
   *
   * @default {10000}
   */
  drainMilliseconds?: number;
  /**
   * Time for which the server serves all requests when it stops, while `/readyz` already answers
   * 503, so that load balancers send new clients elsewhere. In milliseconds.
   *
   * @default {0}
   */
  drainDelayMilliseconds?: number;
  /**
   * Time over which websockets are closed when the server stops, so that their pages do not connect
   * to other servers all at once. In milliseconds.
   *
   * @default {0}
   */
  drainSpreadMilliseconds?: number;
}

/**
 * Options of {@linkcode serveBokeh}: those of the server, and those of `Deno.serve` that say where
 * it listens.
 */
export interface ServeBokehOptions extends BokehServerOptions {
  /**
   * Port to listen on. 0 takes a free one.
   *
   * @default {5006}
   */
  port?: number;
  /**
   * Host name or IP address to listen on.
   *
   * @default {"0.0.0.0"}
   */
  hostname?: string;
  /** Path of a unix socket to listen on, instead of a port. */
  path?: string;
  /** Certificate for TLS, as PEM. */
  cert?: string;
  /** Private key for TLS, as PEM. */
  key?: string;
  /** Stops the server when it is aborted. */
  signal?: AbortSignal;
  /**
   * Whether several processes may listen on the port.
   *
   * @default {false}
   */
  reusePort?: boolean;
  /**
   * The place of this process among several that serve the same applications on one port, which
   * needs `reusePort`. Each session has one owner among them. The others relay requests for the
   * session to it.
   */
  processGroup?: ProcessGroupOptions;
  /**
   * Address at which the other processes that share the session store reach this one, as
   * `HOST:PORT`. The server listens there for signed requests of those processes only, which the
   * proxy must not forward. Without it, processes on other machines cannot relay the websockets of a
   * session that this process serves.
   */
  peerAddress?: string;
  /** Called when the server listens. */
  onListen?: (address: Deno.Addr) => void;
}
