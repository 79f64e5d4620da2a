/**
 * The settings that Bokeh reads from its environment, by their names in Bokeh's configuration
 * files.
 *
 * @module
 */

/** One setting. */
export interface Setting {
  /** Environment variable. */
  readonly variable: `BOKEH_${string}`;
  /** Name in configuration files, if it is another one. */
  readonly fileName?: string;
  /** Type of the value. A `list` is written with commas in the environment. */
  readonly kind: "text" | "flag" | "integer" | "list";
  /** Value if the setting is set nowhere. */
  readonly default: string | boolean | number | readonly string[] | null;
  /** Default if `BOKEH_DEV` is set. @default {the value of `default`} */
  readonly developmentDefault?: string | boolean;
  /** The accepted values of a `text`, in lower case. */
  readonly choices?: readonly string[];
  /** Whether the commands `settings` and `info` hide the value. @default {false} */
  readonly secret?: true;
  /** Description for `settings` and `docs/options.md`. */
  readonly help: string;
}

const SERVER_SETTINGS = {
  admin_token: {
    variable: "BOKEH_ADMIN_TOKEN",
    kind: "text",
    default: null,
    secret: true,
    help: "Password of the admin page on a server without a login; at least 16 characters",
  },
  allowed_ws_origin: {
    variable: "BOKEH_ALLOW_WS_ORIGIN",
    kind: "list",
    default: [],
    help: "Hosts whose pages can open websockets, separated by commas; overrides --allow-websocket-origin",
  },
  auth_module: {
    variable: "BOKEH_AUTH_MODULE",
    kind: "text",
    default: null,
    help: "Module that authenticates users",
  },
  basic_auth: {
    variable: "BOKEH_BASIC_AUTH",
    kind: "text",
    default: null,
    help: "JSON file with the users who can log in, and the hashes of their passwords",
  },
  oidc_issuer: {
    variable: "BOKEH_OIDC_ISSUER",
    kind: "text",
    default: null,
    help: "Provider of OpenID Connect at which users log in",
  },
  oidc_client_id: {
    variable: "BOKEH_OIDC_CLIENT_ID",
    kind: "text",
    default: null,
    help: "Id of this server at the provider of OpenID Connect",
  },
  oidc_client_secret: {
    variable: "BOKEH_OIDC_CLIENT_SECRET",
    kind: "text",
    default: null,
    secret: true,
    help: "Secret of this server at the provider of OpenID Connect",
  },
  forwarded_user: {
    variable: "BOKEH_FORWARDED_USER",
    kind: "text",
    default: null,
    help: "Header in which a trusted proxy states the user",
  },
  trusted_proxies: {
    variable: "BOKEH_TRUSTED_PROXIES",
    kind: "list",
    default: [],
    help: "Proxies whose header BOKEH_FORWARDED_USER is trusted, separated by commas",
  },
  cookie_secret: {
    variable: "BOKEH_COOKIE_SECRET",
    kind: "text",
    default: null,
    secret: true,
    help: "Key that signs cookies",
  },
  default_server_host: {
    variable: "BOKEH_DEFAULT_SERVER_HOST",
    kind: "text",
    default: "localhost",
    help: "Host of the server's URLs if none is given; has no effect on serve, whose URLs name localhost",
  },
  default_server_port: {
    variable: "BOKEH_DEFAULT_SERVER_PORT",
    kind: "integer",
    default: 5006,
    help: "Port to listen on if --port is not given",
  },
  ico_path: {
    variable: "BOKEH_ICO_PATH",
    kind: "text",
    default: null,
    help: "File to serve as favicon.ico, or none; by default Bokeh's icon",
  },
  secret_key: {
    variable: "BOKEH_SECRET_KEY",
    kind: "text",
    default: null,
    secret: true,
    help: "Key that signs session ids and tokens, of at least 32 bytes; the command secret generates one",
  },
  sign_sessions: {
    variable: "BOKEH_SIGN_SESSIONS",
    kind: "flag",
    default: false,
    help: "Whether to sign session ids and tokens",
  },
  ssl_certfile: { variable: "BOKEH_SSL_CERTFILE", kind: "text", default: null, help: "Certificate for TLS" },
  ssl_keyfile: { variable: "BOKEH_SSL_KEYFILE", kind: "text", default: null, help: "Private key for TLS" },
  ssl_password: {
    variable: "BOKEH_SSL_PASSWORD",
    kind: "text",
    default: null,
    secret: true,
    help: "Password of the private key for TLS",
  },
  session_store: {
    variable: "BOKEH_SESSION_STORE",
    kind: "text",
    default: null,
    secret: true,
    help: "Store that keeps sessions beyond their process: see --session-store",
  },
  xsrf_cookies: {
    variable: "BOKEH_XSRF_COOKIES",
    kind: "flag",
    default: false,
    help: "Whether to reject PUT, POST and DELETE requests without the token of an XSRF cookie",
  },
  py_log_level: {
    variable: "BOKEH_PY_LOG_LEVEL",
    kind: "text",
    default: null,
    developmentDefault: "debug",
    choices: ["trace", "debug", "info", "warning", "error", "critical", "none"],
    help: "Lowest level that the server logs; --log-level overrides it",
  },
} as const satisfies Record<string, Setting>;

const PAGE_SETTINGS = {
  log_level: {
    variable: "BOKEH_LOG_LEVEL",
    kind: "text",
    default: "info",
    developmentDefault: "debug",
    choices: ["trace", "debug", "info", "warn", "error", "fatal"],
    help: "Lowest level that BokehJS logs in the browser: trace, debug, info, warn, error or fatal",
  },
  resources: {
    variable: "BOKEH_RESOURCES",
    kind: "text",
    default: "server",
    choices: ["server", "server-dev", "cdn", "inline", "relative", "relative-dev", "absolute", "absolute-dev"],
    help: "Where pages load BokehJS from: server, cdn, inline, relative or absolute",
  },
  minified: {
    variable: "BOKEH_MINIFIED",
    kind: "flag",
    default: true,
    developmentDefault: false,
    help: "Whether pages load the minified BokehJS",
  },
  bokehjs_path: {
    variable: "BOKEH_BOKEHJS_PATH",
    kind: "text",
    default: null,
    help:
      "Folder of the BokehJS build to serve, such as bokeh/server/static of Python's package; by default the build in this package",
  },
  cdn_version: {
    variable: "BOKEH_CDN_VERSION",
    fileName: "version",
    kind: "text",
    default: null,
    help: "Version of BokehJS to load from the CDN; has no effect: pages load the version that the server serves",
  },
  rootdir: {
    variable: "BOKEH_ROOTDIR",
    kind: "text",
    default: null,
    help:
      "Folder that the paths of relative resources start from; has no effect: resources are served, loaded from the CDN, or inline",
  },
  browser: {
    variable: "BOKEH_BROWSER",
    kind: "text",
    default: null,
    help: "Program that --show opens; %s stands for the URL",
  },
} as const satisfies Record<string, Setting>;

const DOCUMENT_SETTINGS = {
  perform_document_validation: {
    variable: "BOKEH_VALIDATE_DOC",
    fileName: "validate_doc",
    kind: "flag",
    default: true,
    help: "Whether documents are checked for likely mistakes after an application has filled them; mistakes are logged",
  },
  validation_level: {
    variable: "BOKEH_VALIDATION_LEVEL",
    kind: "text",
    default: "none",
    choices: ["none", "errors", "all"],
    help: "Which likely mistakes make an application fail",
  },
  pretty: {
    variable: "BOKEH_PRETTY",
    kind: "flag",
    default: false,
    developmentDefault: true,
    help: "Whether JSON is indented",
  },
  simple_ids: {
    variable: "BOKEH_SIMPLE_IDS",
    kind: "flag",
    default: true,
    help: "Whether ids of models count up; has no effect: they always do",
  },
  serialize_include_defaults: {
    variable: "BOKEH_SERIALIZE_INCLUDE_DEFAULTS",
    kind: "flag",
    default: false,
    help: "Whether JSON contains default values; has no effect: it never does",
  },
  compression_level: {
    variable: "BOKEH_COMPRESSION_LEVEL",
    kind: "integer",
    default: 2,
    help: "Compression level of binary data in JSON files, 0 to 9; has no effect: the level is always 2",
  },
} as const satisfies Record<string, Setting>;

/** Settings by name. */
export const SETTINGS = { ...SERVER_SETTINGS, ...PAGE_SETTINGS, ...DOCUMENT_SETTINGS } as const satisfies Record<
  string,
  Setting
>;

/** The name of a setting. */
export type SettingName = keyof typeof SETTINGS;

/** All names, sorted. `Object.keys` returns the keys of the table as `string`. */
export const SETTING_NAMES: readonly SettingName[] = (Object.keys(SETTINGS) as SettingName[]).sort();

/** The type of a setting's value. It includes null if the default is null. */
export type SettingValue<N extends SettingName> =
  | ((typeof SETTINGS)[N] extends { choices: readonly (infer C)[] } ? C : KindValue<(typeof SETTINGS)[N]["kind"]>)
  | Extract<(typeof SETTINGS)[N]["default"], null>;

type KindValue<K extends Setting["kind"]> = K extends "flag" ? boolean
  : K extends "integer" ? number
  : K extends "list" ? string[]
  : string;
