/**
 * Every option of `serve`: spelled as `bokeh serve` spells them, with the same meaning.
 *
 * @module
 */

import type { OptionTable } from "./option.ts";

/** Where to listen and what to log: the options that `static` has too. */
export const LISTEN_OPTIONS = {
  port: {
    flag: "--port",
    kind: "integer",
    value: "PORT",
    help: "Port to listen on; 0 takes a free one (default: 5006)",
  },
  address: {
    flag: "--address",
    kind: "text",
    value: "ADDRESS",
    help: "Address to listen on (default: all; with --dev 127.0.0.1)",
  },
  unixSocket: {
    flag: "--unix-socket",
    kind: "text",
    value: "PATH",
    help: "Unix socket to listen on, in place of a port, an address and TLS",
  },
  logLevel: {
    flag: "--log-level",
    kind: "choice",
    choices: ["trace", "debug", "info", "warning", "error", "critical", "None"],
    value: "LEVEL",
    help: "What to log: trace, debug, info, warning, error, critical or None (default: info)",
  },
  logFormat: {
    flag: "--log-format",
    kind: "text",
    value: "FORMAT",
    help:
      "Form of a log line, in the words of Python's logging, or json for lines of JSON (default: '%(asctime)s %(message)s')",
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
  args: { flag: "--args", kind: "rest", help: "All that follows is for the applications" },
  glob: { flag: "--glob", kind: "flag", help: "Expand the applications' paths as glob patterns" },
  dev: {
    flag: "--dev",
    kind: "any",
    value: "FILE",
    help: "Show applications anew in their pages whenever their files change, or the files named here",
  },
  show: { flag: "--show", kind: "flag", help: "Open each application in a browser" },
  numProcs: {
    flag: "--num-procs",
    kind: "integer",
    value: "N",
    help: "Number of processes; 0 takes one for each core (default: 1)",
  },
} as const satisfies OptionTable;

const PAGE_OPTIONS = {
  prefix: {
    flag: "--prefix",
    kind: "text",
    value: "PREFIX",
    help: "Prefix of every path; favicon.ico is at the root too",
  },
  icoPath: {
    flag: "--ico-path",
    kind: "text",
    value: "PATH",
    help: "File to serve as favicon.ico, or none (default: Bokeh's)",
  },
  index: { flag: "--index", kind: "text", value: "PATH", help: "Template of the page at /, in place of the built-in" },
  disableIndex: { flag: "--disable-index", kind: "flag", help: "Serve no list of applications at /" },
  disableIndexRedirect: {
    flag: "--disable-index-redirect",
    kind: "flag",
    help: "Do not lead from / to the only application",
  },
} as const satisfies OptionTable;

const SESSION_OPTIONS = {
  keepAlive: {
    flag: "--keep-alive",
    kind: "integer",
    value: "MILLISECONDS",
    help: "Interval between pings of a websocket, at most 2147483647; 0 sends none (default: 37000)",
  },
  checkUnusedSessions: {
    flag: "--check-unused-sessions",
    kind: "integer",
    value: "MILLISECONDS",
    help: "Time between two searches for unused sessions (default: 17000)",
  },
  unusedSessionLifetime: {
    flag: "--unused-session-lifetime",
    kind: "integer",
    value: "MILLISECONDS",
    help: "How long an unused session is kept (default: 15000)",
  },
  statsLogFrequency: {
    flag: "--stats-log-frequency",
    kind: "integer",
    value: "MILLISECONDS",
    help: "Time between two lines on clients and sessions in the log (default: 15000)",
  },
  memLogFrequency: {
    flag: "--mem-log-frequency",
    kind: "integer",
    value: "MILLISECONDS",
    help: "Time between two lines on memory in the log; 0 writes none (default: 0)",
  },
  sessionIds: {
    flag: "--session-ids",
    kind: "choice",
    choices: ["unsigned", "signed", "external-signed"],
    value: "MODE",
    help: "Session ids: unsigned, signed, or external-signed (default: unsigned)",
  },
  sessionTokenExpiration: {
    flag: "--session-token-expiration",
    kind: "integer",
    value: "SECONDS",
    help: "How long a page's token can open a new session (default: 300)",
  },
} as const satisfies OptionTable;

const TRUST_OPTIONS = {
  allowWebsocketOrigin: {
    flag: "--allow-websocket-origin",
    kind: "append",
    value: "HOST[:PORT]",
    help: "Host of pages that may open a websocket; may be repeated (default: localhost and the port)",
  },
  useXheaders: {
    flag: "--use-xheaders",
    kind: "flag",
    help: "Believe a proxy's X-Real-Ip, X-Forwarded-For, -Proto, -Host and -Prefix, X-Scheme and Forwarded",
  },
  sslCertfile: {
    flag: "--ssl-certfile",
    kind: "text",
    value: "PATH",
    help: "Certificate for TLS; SIGHUP has it read again",
  },
  sslKeyfile: {
    flag: "--ssl-keyfile",
    kind: "text",
    value: "PATH",
    help: "Private key for TLS; SIGHUP has it read again",
  },
  authModule: {
    flag: "--auth-module",
    kind: "text",
    value: "PATH",
    help: "Module that tells who a user is and where to log in",
  },
  enableXsrfCookies: {
    flag: "--enable-xsrf-cookies",
    kind: "flag",
    help: "Refuse PUT, POST and DELETE without the token of an XSRF cookie",
  },
  cookieSecret: { flag: "--cookie-secret", kind: "text", value: "SECRET", help: "Key that signs cookies" },
  includeHeaders: {
    flag: "--include-headers",
    kind: "some",
    value: "NAME",
    help: "Request headers that applications see (default: all)",
  },
  excludeHeaders: {
    flag: "--exclude-headers",
    kind: "some",
    value: "NAME",
    help: "Request headers that applications do not see (default: none)",
  },
  includeCookies: {
    flag: "--include-cookies",
    kind: "some",
    value: "NAME",
    help: "Cookies that applications see (default: all)",
  },
  excludeCookies: {
    flag: "--exclude-cookies",
    kind: "some",
    value: "NAME",
    help: "Cookies that applications do not see (default: none)",
  },
} as const satisfies OptionTable;

const LIMIT_OPTIONS = {
  allowedHost: {
    flag: "--allowed-host",
    kind: "append",
    value: "HOST[:PORT]",
    help: "Name that the server has; requests for another are refused; may be repeated (default: any)",
  },
  maxSessions: {
    flag: "--max-sessions",
    kind: "integer",
    value: "N",
    help: "Maximum of sessions of each process; 0 for no limit (default: 100000)",
  },
  maxSessionsPerAddress: {
    flag: "--max-sessions-per-address",
    kind: "integer",
    value: "N",
    help: "Maximum of sessions of clients of one address in each process; 0 for no limit (default: 0)",
  },
  maxSessionsPerSecond: {
    flag: "--max-sessions-per-second",
    kind: "integer",
    value: "N",
    help: "Maximum of new sessions in a second in each process; 0 for no limit (default: 0)",
  },
  maxSocketsPerSession: {
    flag: "--max-sockets-per-session",
    kind: "integer",
    value: "N",
    help: "Most websockets of one session (default: 20000)",
  },
} as const satisfies OptionTable;

const WEBSOCKET_OPTIONS = {
  websocketMaxMessageSize: {
    flag: "--websocket-max-message-size",
    kind: "integer",
    value: "BYTES",
    help: "Longest message of a client (default: 20971520)",
  },
  websocketCompressionLevel: {
    flag: "--websocket-compression-level",
    kind: "integer",
    value: "LEVEL",
    help: "Compression of websockets; accepted, but Deno's websockets have none",
  },
  websocketCompressionMemLevel: {
    flag: "--websocket-compression-mem-level",
    kind: "integer",
    value: "LEVEL",
    help: "Memory for that compression; accepted, as above",
  },
} as const satisfies OptionTable;

/** Which BokehJS to serve: `static` has this option too. */
export const BOKEHJS_OPTIONS = {
  bokehjsPath: {
    flag: "--bokehjs-path",
    kind: "text",
    value: "PATH",
    help:
      "Folder of the BokehJS to serve, as bokeh/server/static in Python's package (default: the one that this server brings)",
  },
} as const satisfies OptionTable;

/** What `bokeh serve` does not have. */
export const OWN_OPTIONS = {
  ...BOKEHJS_OPTIONS,
  ...LIMIT_OPTIONS,
  sessionCreation: {
    flag: "--session-creation",
    kind: "choice",
    choices: ["page", "connect"],
    value: "WHEN",
    help:
      "When a session begins: with its page, or with the page's websocket (default: page; connect with several processes)",
  },
  contentSecurityPolicy: {
    flag: "--content-security-policy",
    kind: "text",
    value: "POLICY",
    help:
      "Content-Security-Policy of pages: strict, or one in which {nonce} stands for the page's (default: only frame-ancestors, with the allowed hosts)",
  },
  metrics: { flag: "--metrics", kind: "flag", help: "Tell numbers at /metrics in the form of OpenMetrics" },
  readinessProbe: {
    flag: "--readiness-probe",
    kind: "flag",
    help:
      "Open a session of each application when /readyz is requested, at most every 5 s, and answer 503 if one fails",
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
    help: "How long sessions and hooks may take to end after a signal (default: 10000)",
  },
} as const satisfies OptionTable;

/** The options of `serve`. */
export const SERVE_OPTIONS = {
  ...LISTEN_OPTIONS,
  ...APPLICATION_OPTIONS,
  ...PAGE_OPTIONS,
  ...SESSION_OPTIONS,
  ...TRUST_OPTIONS,
  ...WEBSOCKET_OPTIONS,
  ...OWN_OPTIONS,
} as const satisfies OptionTable;
