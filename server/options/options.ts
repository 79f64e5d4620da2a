/**
 * What a server can be told. All defaults and limits are here and in {@linkcode resolveOptions}.
 *
 * @module
 */

import type { LogLevel } from "../../embed/resources/resources.ts";
import type { DocumentValidation, SharingPolicy } from "../../application/application_options.ts";
import type { UncaughtErrorPolicy } from "../monitoring/uncaught_errors.ts";
import type { SessionContext } from "../../document/document.ts";
import type { SessionObserver } from "../../session/observability/observer.ts";
import type { PatchPolicy } from "../../document/patches/patch_policy.ts";
import type { AuthProvider } from "../auth.ts";
import type { ServerLimits } from "./limits.ts";
import type { ProcessGroupOptions } from "../process_group.ts";

/** Options of an {@linkcode ExtraPattern}. */
export interface ExtraPatternOptions {
  /**
   * Whether everybody may send requests, without a login and without an XSRF token. By default requests need both wherever the server
   * has an `authProvider` and `xsrfCookies`, as those for applications do.
   *
   * @default {false}
   */
  readonly public?: boolean;
}

/** Answers requests for a pattern beside Bokeh's own routes. Their bodies are limited by `limits.bodyBytes`. */
export type ExtraPattern = readonly [
  pattern: URLPattern,
  handler: (request: Request, match: URLPatternResult) => Response | Promise<Response>,
  options?: ExtraPatternOptions,
];

/** Where an error came from. */
export interface ErrorDetails {
  /** Path of the application; undefined where it is not known. */
  readonly appPath: string | undefined;
  /**
   * What failed: `callback` and `session creation` are code of the application, `internal work` is code of the server, and
   * `uncaught` is an error that no code has caught.
   */
  readonly during: "session creation" | "callback" | "request" | "internal work" | "uncaught";
  /** The session whose code left an uncaught error behind, if it is known. */
  readonly session?: SessionContext | undefined;
}

/** Options of {@linkcode BokehServer}. */
export interface BokehServerOptions {
  /** Origin to name in URLs of resources, as `https://apps.example.com`. Without one they are relative to the page. */
  absoluteUrl?: string;
  /**
   * Path before all routes but that of the icon.
   *
   * @default {""}
   */
  prefix?: string;
  /**
   * Hosts, each with a port where it is not 80, whose pages may open websockets. `*` stands for any label, port or host. Where none is
   * named, those are let in that have a name of this machine and the server's port.
   *
   * @default {[]}
   */
  extraWebsocketOrigins?: readonly string[];
  /**
   * Routes of your own, for requests that none of Bokeh's routes matches. Requests need a login and an XSRF token where those for
   * applications need them; `{ public: true }` as the third member of an entry lets everybody in.
   *
   * @default {[]}
   */
  extraPatterns?: readonly ExtraPattern[];
  /** Key of signatures. */
  secretKey?: string | Uint8Array;
  /**
   * Whether session ids and tokens are signed. Without signatures every client is trusted to name its session.
   *
   * @default {false}
   */
  signSessions?: boolean;
  /**
   * Whether a visitor without a session id gets one; if not, ids must come from elsewhere.
   *
   * @default {true}
   */
  generateSessionIds?: boolean;
  /**
   * Whether a session begins with its page, as Bokeh's, or when the page's websocket opens. Then a page costs no session, and any process can take
   * the websocket.
   *
   * @default {"page"}
   */
  sessionCreation?: "page" | "connect";
  /**
   * Interval between pings on websockets, in milliseconds, at most 2147483647; 0 for none.
   *
   * @default {37000}
   */
  keepAliveMilliseconds?: number;
  /**
   * Time between looks for unused sessions.
   *
   * @default {17000}
   */
  checkUnusedSessionsMilliseconds?: number;
  /**
   * How long a session without a websocket lives.
   *
   * @default {15000}
   */
  unusedSessionLifetimeMilliseconds?: number;
  /**
   * Time between lines in the log on sessions and connections.
   *
   * @default {15000}
   */
  statsLogFrequencyMilliseconds?: number;
  /**
   * Time between lines in the log on memory; 0 for none.
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
   * Whether `/` leads to the application where there is only one.
   *
   * @default {true}
   */
  redirectRoot?: boolean;
  /** File of a template, in the language of Jinja or of Tornado, for `/`. It gets `items`, the paths of the applications, and `prefix`. */
  index?: string;
  /**
   * Bytes of the largest message that is read.
   *
   * @default {20971520}
   */
  websocketMaxMessageSizeBytes?: number;
  /** Level of compression of websockets. Deno offers none: it is taken for the sake of programs that give it. */
  websocketCompressionLevel?: number;
  /** Memory level of compression of websockets. Deno offers none: it is taken for the sake of programs that give it. */
  websocketCompressionMemLevel?: number;
  /** File of the icon; `"none"` for none. */
  icoPath?: string;
  /** Who may come in. Without a provider everybody. */
  authProvider?: AuthProvider;
  /**
   * Whether requests that change something must bring the token of their XSRF cookie, in the header `X-XSRFToken` or the field `_xsrf` of a
   * form. With an `authProvider` tokens are signed and hold for one user, and over HTTPS the cookie is named `__Host-_xsrf`; otherwise it is
   * `_xsrf`. The key is `secretKey`, else `cookieSecret`, else one that lasts as long as the server.
   *
   * @default {false}
   */
  xsrfCookies?: boolean;
  /** Secret for cookies that an auth provider may sign; the server uses none. */
  cookieSecret?: string;
  /** Headers that go into tokens. All by default. Not together with `excludeHeaders`. */
  includeHeaders?: readonly string[];
  /** Headers that do not go into tokens. Not together with `includeHeaders`. */
  excludeHeaders?: readonly string[];
  /** Cookies that go into tokens. All by default. Not together with `excludeCookies`. */
  includeCookies?: readonly string[];
  /** Cookies that do not go into tokens. Not together with `includeCookies`. */
  excludeCookies?: readonly string[];
  /**
   * Seconds for which a token may make a session, at most 3153600000 (100 years).
   *
   * @default {300}
   */
  sessionTokenExpiration?: number;
  /**
   * Whether the server trusts `X-Real-Ip`, `X-Forwarded-For`, `X-Scheme`, `X-Forwarded-Proto`, `X-Forwarded-Host`, `X-Forwarded-Prefix` and
   * `Forwarded`, which a proxy sets. Of several values of one header the last counts. Of headers for the same thing (the address, the
   * scheme, the host) none counts if they differ: the client has forged the one that the proxy does not set.
   *
   * @default {false}
   */
  useXheaders?: boolean;
  /**
   * Where pages get BokehJS.
   *
   * @default {"server"}
   */
  resources?: string;
  /**
   * Folder of the build of BokehJS to serve, as `bokeh/server/static` in Python's package: it holds `js/bokeh.min.js` or the file itself.
   * The server states its version. By default the server serves the npm package `@bokeh/bokehjs` that it comes with.
   */
  bokehjsPath?: string | URL;
  /**
   * Whether pages ask for minified scripts.
   *
   * @default {true}
   */
  minified?: boolean;
  /**
   * Level of BokehJS's log in the browser.
   *
   * @default {"info"}
   */
  logLevel?: LogLevel;
  /**
   * Whether pages that fail tell the error with its stack. Not for servers that others reach.
   *
   * @default {false}
   */
  development?: boolean;
  /**
   * What applications find in `serverContext.argv`.
   *
   * @default {[]}
   */
  argv?: readonly string[];
  /**
   * Names that the server has, each with a port or for any: requests for another are refused, which a page needs that had its own name
   * point here (DNS rebinding). Empty for any name.
   *
   * @default {[]}
   */
  allowedHosts?: readonly string[];
  /** What clients may change, where an application does not say it: a function of your own, or `widgetsAndTools`. Everything by default. */
  acceptPatch?: PatchPolicy;
  /**
   * Which users may join a session that another user has opened, for applications that do not export `shareSessions`. Matters only with an
   * auth provider that knows users.
   *
   * @default {false}
   */
  shareSessions?: SharingPolicy;
  /**
   * What becomes of likely mistakes in a document that an application has just filled: `"log"` them, fail for those that are `"errors"` or for `"all"`,
   * or `"off"`: do not look for any.
   *
   * @default {"log"}
   */
  documentValidation?: DocumentValidation;
  /** How much visitors may ask for. */
  limits?: ServerLimits;
  /** Hears of all that happens in sessions. */
  onEvent?: SessionObserver;
  /**
   * The Content-Security-Policy of the applications' pages: `true` for the strictest that BokehJS works with, or one of your own, in which `{nonce}` stands
   * for the page's. `CustomJS` and other models with code for the browser need `'unsafe-eval'` among its scripts, which `true` leaves out.
   * Unless it has a `frame-ancestors` of its own, pages of the server and of the hosts in `extraWebsocketOrigins` may show this server's
   * pages in frames, and no others (clickjacking). That holds also without a policy.
   *
   * @default {false}
   */
  contentSecurityPolicy?: boolean | string;
  /**
   * Whether `/metrics` below the prefix tells numbers of sessions, connections, messages and callbacks in the form of OpenMetrics. Anybody may read
   * them who reaches the server: keep that path from the world.
   *
   * @default {false}
   */
  metrics?: boolean;
  /**
   * Whether `/readyz` opens a session of each application as a probe, at most every 5 s, and answers 503 if an application fails. The
   * application sees a request without a user, arguments and cookies whose header `user-agent` is `bokeh-readiness-probe`.
   *
   * @default {false}
   */
  readinessProbe?: boolean;
  /**
   * Hears of errors of applications, callbacks and requests, for services that collect them. They are logged through LogTape all the same. Without this
   * and where the program has not configured LogTape, they are written to standard error.
   */
  onError?: (error: unknown, details: ErrorDetails) => void;
  /**
   * Which errors that no code catches (a rejected promise that nobody awaits, a function of `setTimeout` that throws) are
   * reported to the log and to `onError` instead of ending the program: those of `"applications"` of this server, `"all"` of the program,
   * or `"none"`. The program `bokeh serve` takes all.
   *
   * An error belongs to an application if code of its sessions or hooks caused it. Deno does not say that of an error that
   * the function of a timer throws: then it is one of the application if its stack has a line of the application's `source`.
   *
   * @default {"applications"}
   */
  uncaughtErrors?: UncaughtErrorPolicy;
  /**
   * Whether the server creates spans of OpenTelemetry for new sessions, patches and callbacks, and reports the figures of `/metrics`
   * as metrics. Deno sends them if the environment has `OTEL_DENO=true`. For the whole process this removes query strings, which
   * may hold session ids and tokens, from `url.full` and `url.query` of Deno's spans of requests.
   *
   * @default {false}
   */
  telemetry?: boolean;
  /**
   * Whether the server returns memory to the system after many sessions have ended: it collects
   * garbage with V8's `gc` and, on Linux with the permission `ffi`, calls `malloc_trim` of the C
   * library. Both affect the whole process. Otherwise the process keeps most of the memory that
   * its largest number of sessions needed. The program `bokeh serve` does it by default.
   *
   * @default {false}
   */
  releaseMemory?: boolean;
  /**
   * How long the sessions' and the applications' hooks may take when the server stops.
   *
   * @default {10000}
   */
  drainMilliseconds?: number;
}

/** Options of {@linkcode serveBokeh}: those of the server and those of where it listens, as of `Deno.serve`. */
export interface ServeBokehOptions extends BokehServerOptions {
  /**
   * Port; 0 for a free one.
   *
   * @default {5006}
   */
  port?: number;
  /**
   * Address to listen on.
   *
   * @default {"0.0.0.0"}
   */
  hostname?: string;
  /** Unix socket to listen on instead. */
  path?: string;
  /** Certificate in PEM, for TLS. */
  cert?: string;
  /** Private key in PEM, for TLS. */
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
   * The place of this process among several that serve the same applications on one port, which needs `reusePort`. Each session lives in one of
   * them; the others hand over who comes to them for it.
   */
  processGroup?: ProcessGroupOptions;
  /** Called once the server listens. */
  onListen?: (address: Deno.Addr) => void;
}
