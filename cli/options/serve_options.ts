/**
 * The options of `serve`. Those of `bokeh serve` have the same names and meanings.
 *
 * @module
 */

import type { OptionTable } from "./option.ts";

/** Options for listening and logging, which `static` has too. */
export const LISTEN_OPTIONS = {
  port: {
    flag: "--port",
    kind: "integer",
    value: "PORT",
    help: "Port to listen on; 0 selects a free port (default: 5006)",
  },
  address: {
    flag: "--address",
    kind: "text",
    value: "ADDRESS",
    help: "Address to listen on (default: all addresses; 127.0.0.1 with --dev)",
  },
  unixSocket: {
    flag: "--unix-socket",
    kind: "text",
    value: "PATH",
    help: "Unix socket to listen on, instead of a port; cannot be combined with --port, --address and TLS",
  },
  logLevel: {
    flag: "--log-level",
    kind: "choice",
    choices: ["trace", "debug", "info", "warning", "error", "critical", "None"],
    value: "LEVEL",
    help: "Lowest level to log: trace, debug, info, warning, error, critical or None (default: info)",
  },
  logFormat: {
    flag: "--log-format",
    kind: "text",
    value: "FORMAT",
    help:
      "Format of log lines as in Python's logging, or json for one JSON object per line (default: '%(asctime)s %(message)s')",
  },
  logFile: {
    flag: "--log-file",
    kind: "text",
    value: "PATH",
    help: "File to append the log to; SIGHUP reopens it (default: standard error)",
  },
  useConfig: { flag: "--use-config", kind: "text", value: "PATH", help: "YAML file with settings" },
} as const satisfies OptionTable;

const APPLICATION_OPTIONS = {
  args: { flag: "--args", kind: "rest", help: "All following arguments are passed to the applications" },
  glob: { flag: "--glob", kind: "flag", help: "Treat the paths of applications as glob patterns" },
  dev: {
    flag: "--dev",
    kind: "any",
    value: "FILE",
    help: "Reload an application in its open pages when one of its files, or a file named here, changes",
  },
  show: { flag: "--show", kind: "flag", help: "Open each application in a browser" },
  numProcs: {
    flag: "--num-procs",
    kind: "integer",
    value: "N",
    help: "Number of processes; 0 starts one per core (default: 1)",
  },
} as const satisfies OptionTable;

const PAGE_OPTIONS = {
  prefix: {
    flag: "--prefix",
    kind: "text",
    value: "PREFIX",
    help: "Prefix of all URL paths; favicon.ico is served at the root as well",
  },
  icoPath: {
    flag: "--ico-path",
    kind: "text",
    value: "PATH",
    help: "File to serve as favicon.ico, or none (default: Bokeh's icon)",
  },
  index: {
    flag: "--index",
    kind: "text",
    value: "PATH",
    help: "Template of the page at /, instead of the built-in template",
  },
  disableIndex: { flag: "--disable-index", kind: "flag", help: "Do not serve the list of applications at /" },
  disableIndexRedirect: {
    flag: "--disable-index-redirect",
    kind: "flag",
    help: "Do not redirect from / to a single application",
  },
} as const satisfies OptionTable;

const SESSION_OPTIONS = {
  keepAlive: {
    flag: "--keep-alive",
    kind: "integer",
    value: "MILLISECONDS",
    help: "Interval between websocket pings, at most 2147483647; 0 disables them (default: 37000)",
  },
  checkUnusedSessions: {
    flag: "--check-unused-sessions",
    kind: "integer",
    value: "MILLISECONDS",
    help: "Interval between checks for expired sessions (default: 17000)",
  },
  unusedSessionLifetime: {
    flag: "--unused-session-lifetime",
    kind: "integer",
    value: "MILLISECONDS",
    help: "Time after which a session without connections expires (default: 15000)",
  },
  statsLogFrequency: {
    flag: "--stats-log-frequency",
    kind: "integer",
    value: "MILLISECONDS",
    help: "Interval at which numbers of connections and sessions are logged (default: 15000)",
  },
  memLogFrequency: {
    flag: "--mem-log-frequency",
    kind: "integer",
    value: "MILLISECONDS",
    help: "Interval at which memory usage is logged; 0 disables it (default: 0)",
  },
  sessionIds: {
    flag: "--session-ids",
    kind: "choice",
    choices: ["unsigned", "signed", "external-signed"],
    value: "MODE",
    help: "Kind of session ids: unsigned, signed, or external-signed (default: unsigned)",
  },
  sessionTokenExpiration: {
    flag: "--session-token-expiration",
    kind: "integer",
    value: "SECONDS",
    help: "Time during which the token of a page can create a session (default: 300)",
  },
} as const satisfies OptionTable;

const TRUST_OPTIONS = {
  allowWebsocketOrigin: {
    flag: "--allow-websocket-origin",
    kind: "append",
    value: "HOST[:PORT]",
    help: "Host whose pages can open websockets; may be repeated (default: localhost with the server's port)",
  },
  useXheaders: {
    flag: "--use-xheaders",
    kind: "flag",
    help: "Trust the headers X-Real-Ip, X-Forwarded-For, -Proto, -Host and -Prefix, X-Scheme and Forwarded of a proxy",
  },
  sslCertfile: {
    flag: "--ssl-certfile",
    kind: "text",
    value: "PATH",
    help: "Certificate for TLS; SIGHUP reloads it",
  },
  sslKeyfile: {
    flag: "--ssl-keyfile",
    kind: "text",
    value: "PATH",
    help: "Private key for TLS; SIGHUP reloads it",
  },
  authModule: {
    flag: "--auth-module",
    kind: "text",
    value: "PATH",
    help: "Module that authenticates users",
  },
  basicAuth: {
    flag: "--basic-auth",
    kind: "text",
    value: "PATH",
    help: "JSON file with the users who can log in, and the hashes of their passwords by the command password",
  },
  oidcIssuer: {
    flag: "--oidc-issuer",
    kind: "text",
    value: "URL",
    help: "Provider of OpenID Connect at which users log in; its secret is read from BOKEH_OIDC_CLIENT_SECRET",
  },
  oidcClientId: {
    flag: "--oidc-client-id",
    kind: "text",
    value: "ID",
    help: "Id of this server at the provider of OpenID Connect",
  },
  forwardedUser: {
    flag: "--forwarded-user",
    kind: "text",
    value: "HEADER",
    help: "Header in which a trusted proxy states the user",
  },
  trustedProxy: {
    flag: "--trusted-proxy",
    kind: "append",
    value: "ADDRESS",
    help:
      "Proxy whose --forwarded-user is trusted: an IP address, a network such as 10.0.0.0/8, or unix; may be repeated",
  },
  requireGroup: {
    flag: "--require-group",
    kind: "append",
    value: "/PATH=GROUP,…",
    help: "Groups whose members may use an application, with a login; may be repeated (default: all users)",
  },
  enableXsrfCookies: {
    flag: "--enable-xsrf-cookies",
    kind: "flag",
    help: "Reject PUT, POST and DELETE requests without the token of an XSRF cookie",
  },
  cookieSecret: { flag: "--cookie-secret", kind: "text", value: "SECRET", help: "Key that signs cookies" },
  includeHeaders: {
    flag: "--include-headers",
    kind: "some",
    value: "NAME",
    help: "Request headers that applications can read (default: all)",
  },
  excludeHeaders: {
    flag: "--exclude-headers",
    kind: "some",
    value: "NAME",
    help: "Request headers that applications cannot read (default: none)",
  },
  includeCookies: {
    flag: "--include-cookies",
    kind: "some",
    value: "NAME",
    help: "Cookies that applications can read (default: all)",
  },
  excludeCookies: {
    flag: "--exclude-cookies",
    kind: "some",
    value: "NAME",
    help: "Cookies that applications cannot read (default: none)",
  },
} as const satisfies OptionTable;

const LIMIT_OPTIONS = {
  allowedHost: {
    flag: "--allowed-host",
    kind: "append",
    value: "HOST[:PORT]",
    help: "Host name of the server; requests for other hosts are rejected; may be repeated (default: any host)",
  },
  maxSessions: {
    flag: "--max-sessions",
    kind: "integer",
    value: "N",
    help: "Maximum number of sessions per process; 0 for no limit (default: 100000)",
  },
  maxSessionsPerAddress: {
    flag: "--max-sessions-per-address",
    kind: "integer",
    value: "N",
    help: "Maximum number of sessions per client address in each process; 0 for no limit (default: 0)",
  },
  maxSessionsPerSecond: {
    flag: "--max-sessions-per-second",
    kind: "integer",
    value: "N",
    help: "Maximum number of new sessions per second in each process; 0 for no limit (default: 0)",
  },
  maxSocketsPerSession: {
    flag: "--max-sockets-per-session",
    kind: "integer",
    value: "N",
    help: "Maximum number of websockets per session (default: 20000)",
  },
  inlineArraySize: {
    flag: "--inline-array-size",
    kind: "integer",
    value: "BYTES",
    help: "Size below which arrays are sent within the JSON of a message, at most 65536 (default: 10240)",
  },
} as const satisfies OptionTable;

const WEBSOCKET_OPTIONS = {
  websocketMaxMessageSize: {
    flag: "--websocket-max-message-size",
    kind: "integer",
    value: "BYTES",
    help: "Maximum size of a client's message (default: 20971520)",
  },
  websocketCompressionLevel: {
    flag: "--websocket-compression-level",
    kind: "integer",
    value: "LEVEL",
    help: "Accepted for compatibility; has no effect, because Deno does not compress websockets",
  },
  websocketCompressionMemLevel: {
    flag: "--websocket-compression-mem-level",
    kind: "integer",
    value: "LEVEL",
    help: "Accepted for compatibility; has no effect, because Deno does not compress websockets",
  },
} as const satisfies OptionTable;

/** The option that selects the build of BokehJS, which `static` has too. */
export const BOKEHJS_OPTIONS = {
  bokehjsPath: {
    flag: "--bokehjs-path",
    kind: "text",
    value: "PATH",
    help:
      "Folder of the BokehJS build to serve, such as bokeh/server/static of Python's package (default: the build in this package)",
  },
} as const satisfies OptionTable;

const TASK_OPTIONS = {
  taskWorkers: {
    flag: "--task-workers",
    kind: "integer",
    value: "N",
    help: "Maximum number of Workers that run tasks, in each process (default: one less than the number of cores)",
  },
  taskMemory: {
    flag: "--task-memory",
    kind: "integer",
    value: "MEGABYTES",
    help: "Maximum size of the heap of a Worker; a task that exceeds it fails (default: 1024)",
  },
  taskTimeout: {
    flag: "--task-timeout",
    kind: "integer",
    value: "MILLISECONDS",
    help: "Time limit of a task (default: 600000)",
  },
} as const satisfies OptionTable;

/** Options that `bokeh serve` does not have. */
export const OWN_OPTIONS = {
  ...BOKEHJS_OPTIONS,
  ...LIMIT_OPTIONS,
  ...TASK_OPTIONS,
  sessionCreation: {
    flag: "--session-creation",
    kind: "choice",
    choices: ["page", "connect"],
    value: "WHEN",
    help:
      "When a session is created: with the page, or when the page's websocket opens (default: page; connect with several processes)",
  },
  sessionStore: {
    flag: "--session-store",
    kind: "text",
    value: "STORE",
    help:
      "Store that keeps sessions beyond their process: sqlite:FILE, redis://HOST:PORT, rediss://…, redis+sentinel://…, or redis+cluster://… (default: none)",
  },
  sessionRetention: {
    flag: "--session-retention",
    kind: "integer",
    value: "MILLISECONDS",
    help: "How long a session can be resumed after its last client has left, with --session-store (default: 3600000)",
  },
  gateServerChanges: {
    flag: "--gate-server-changes",
    kind: "flag",
    help:
      "Send changes by timers and updateSessions only when the session store has them, not up to 250 ms earlier (default: off)",
  },
  appVersion: {
    flag: "--app-version",
    kind: "text",
    value: "VERSION",
    help:
      "Version of the applications, with --session-store; sessions of another version are not resumed unless the application transfers them (default: none)",
  },
  peerAddress: {
    flag: "--peer-address",
    kind: "text",
    value: "HOST:PORT",
    help:
      "Address at which the other servers of the session store reach this one, on a port of its own; with several processes the first of N ports (default: none)",
  },
  contentSecurityPolicy: {
    flag: "--content-security-policy",
    kind: "text",
    value: "POLICY",
    help:
      "Content-Security-Policy of pages: strict, or a policy in which {nonce} is replaced by the nonce of the page (default: frame-ancestors with the allowed hosts)",
  },
  busyIndicator: {
    flag: "--busy-indicator",
    kind: "flag",
    help: "Show in pages that the server is busy: with a change that it has not answered, or with tasks",
  },
  record: {
    flag: "--record",
    kind: "text",
    value: "FILE",
    help:
      "File to which the messages of all clients are recorded, to replay them in tests; of several processes, each has a file with its number before the extension",
  },
  recordArgument: {
    flag: "--record-argument",
    kind: "append",
    value: "NAME",
    help: "Argument of the URL whose value --record writes; may be repeated (default: only the names of arguments)",
  },
  noSchedules: {
    flag: "--no-schedules",
    kind: "flag",
    help: "Do not run what applications schedule with onSchedule, for example on all machines but one",
  },
  admin: {
    flag: "--admin",
    kind: "text",
    value: "PATH",
    help:
      "Serve the admin page at this path, for the users of --admin-user and --admin-group, or without a login for the token in BOKEH_ADMIN_TOKEN",
  },
  adminUser: {
    flag: "--admin-user",
    kind: "append",
    value: "ID",
    help: "Id of a user who may open the admin page; may be repeated",
  },
  adminGroup: {
    flag: "--admin-group",
    kind: "append",
    value: "GROUP",
    help: "Group whose members may open the admin page; may be repeated",
  },
  metrics: { flag: "--metrics", kind: "flag", help: "Serve metrics in OpenMetrics format at /metrics" },
  readinessProbe: {
    flag: "--readiness-probe",
    kind: "flag",
    help:
      "Create a session of each application when /readyz is requested, at most every 5 s, and answer 503 if one fails",
  },
  keepMemory: {
    flag: "--keep-memory",
    kind: "flag",
    help: "Do not collect garbage and return memory to the system after many sessions have ended",
  },
  drain: {
    flag: "--drain",
    kind: "integer",
    value: "MILLISECONDS",
    help: "Time that sessions and hooks get to end after a signal (default: 10000)",
  },
  drainDelay: {
    flag: "--drain-delay",
    kind: "integer",
    value: "MILLISECONDS",
    help:
      "Time for which all clients are served after a signal while /readyz answers 503, so that load balancers send new ones elsewhere (default: 0)",
  },
  drainSpread: {
    flag: "--drain-spread",
    kind: "integer",
    value: "MILLISECONDS",
    help:
      "Time over which websockets are closed after a signal, so that their pages do not connect elsewhere all at once (default: 0)",
  },
} as const satisfies OptionTable;

/** All options of `serve`. */
export const SERVE_OPTIONS = {
  ...LISTEN_OPTIONS,
  ...APPLICATION_OPTIONS,
  ...PAGE_OPTIONS,
  ...SESSION_OPTIONS,
  ...TRUST_OPTIONS,
  ...WEBSOCKET_OPTIONS,
  ...OWN_OPTIONS,
} as const satisfies OptionTable;
