/**
 * Every setting that Bokeh reads from its environment, by the names of Bokeh's own configuration files.
 *
 * @module
 */

/** One setting. */
export interface Setting {
  /** The variable of the environment. */
  readonly variable: `BOKEH_${string}`;
  /** What Bokeh calls it in files, where that is another name. */
  readonly fileName?: string;
  readonly kind: "text" | "flag" | "integer" | "list";
  readonly default: string | boolean | number | readonly string[] | null;
  /** The default where `BOKEH_DEV` is set, if it is another then. */
  readonly developmentDefault?: string | boolean;
  readonly choices?: readonly string[];
  /** Whether its value is not to be shown. */
  readonly secret?: true;
  readonly help: string;
}

const SERVER_SETTINGS = {
  allowed_ws_origin: {
    variable: "BOKEH_ALLOW_WS_ORIGIN",
    kind: "list",
    default: [],
    help: "Hosts of pages that may open a websocket, with commas between; takes the place of --allow-websocket-origin",
  },
  auth_module: {
    variable: "BOKEH_AUTH_MODULE",
    kind: "text",
    default: null,
    help: "Module that tells who a user is and where to log in",
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
    help: "Host of the server's addresses where none is given; without effect on serve, whose addresses name localhost",
  },
  default_server_port: {
    variable: "BOKEH_DEFAULT_SERVER_PORT",
    kind: "integer",
    default: 5006,
    help: "Port to listen on where none is given",
  },
  ico_path: {
    variable: "BOKEH_ICO_PATH",
    kind: "text",
    default: null,
    help: "File to serve as favicon.ico, or none; without it Bokeh's",
  },
  secret_key: {
    variable: "BOKEH_SECRET_KEY",
    kind: "text",
    default: null,
    secret: true,
    help: "Key that signs session ids and tokens, of at least 32 bytes; the command secret makes one",
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
    help: "Password of that private key",
  },
  xsrf_cookies: {
    variable: "BOKEH_XSRF_COOKIES",
    kind: "flag",
    default: false,
    help: "Whether to refuse PUT, POST and DELETE without the token of an XSRF cookie",
  },
  py_log_level: {
    variable: "BOKEH_PY_LOG_LEVEL",
    kind: "text",
    default: null,
    developmentDefault: "debug",
    choices: ["trace", "debug", "info", "warning", "error", "critical", "none"],
    help: "What this program logs; takes second place to --log-level",
  },
} as const satisfies Record<string, Setting>;

const PAGE_SETTINGS = {
  log_level: {
    variable: "BOKEH_LOG_LEVEL",
    kind: "text",
    default: "info",
    developmentDefault: "debug",
    choices: ["trace", "debug", "info", "warn", "error", "fatal"],
    help: "What BokehJS logs in the browser: trace, debug, info, warn, error or fatal",
  },
  resources: {
    variable: "BOKEH_RESOURCES",
    kind: "text",
    default: "server",
    choices: ["server", "server-dev", "cdn", "inline", "relative", "relative-dev", "absolute", "absolute-dev"],
    help: "Where pages take BokehJS from: server, cdn, inline, relative or absolute",
  },
  minified: {
    variable: "BOKEH_MINIFIED",
    kind: "flag",
    default: true,
    developmentDefault: false,
    help: "Whether pages take the minified BokehJS",
  },
  bokehjs_path: {
    variable: "BOKEH_BOKEHJS_PATH",
    kind: "text",
    default: null,
    help:
      "Folder of the BokehJS to serve, as bokeh/server/static in Python's package; without it the one that this server brings",
  },
  cdn_version: {
    variable: "BOKEH_CDN_VERSION",
    fileName: "version",
    kind: "text",
    default: null,
    help:
      "Version of BokehJS to take from the web; without effect here: pages take the version of the BokehJS that the server serves",
  },
  rootdir: {
    variable: "BOKEH_ROOTDIR",
    kind: "text",
    default: null,
    help:
      "Folder that the paths of relative resources start from; without effect here: resources are the server's, the web's, or within the page",
  },
  browser: {
    variable: "BOKEH_BROWSER",
    kind: "text",
    default: null,
    help: "Program that --show opens; %s in it is the address",
  },
} as const satisfies Record<string, Setting>;

const DOCUMENT_SETTINGS = {
  perform_document_validation: {
    variable: "BOKEH_VALIDATE_DOC",
    fileName: "validate_doc",
    kind: "flag",
    default: true,
    help:
      "Whether documents are checked for likely mistakes when an application has filled them; the log tells of them",
  },
  validation_level: {
    variable: "BOKEH_VALIDATION_LEVEL",
    kind: "text",
    default: "none",
    choices: ["none", "errors", "all"],
    help: "What of the mistakes that are found makes an application fail",
  },
  pretty: {
    variable: "BOKEH_PRETTY",
    kind: "flag",
    default: false,
    developmentDefault: true,
    help: "Whether JSON is written with indents",
  },
  simple_ids: {
    variable: "BOKEH_SIMPLE_IDS",
    kind: "flag",
    default: true,
    help: "Whether ids of models count up; here they do",
  },
  serialize_include_defaults: {
    variable: "BOKEH_SERIALIZE_INCLUDE_DEFAULTS",
    kind: "flag",
    default: false,
    help: "Whether JSON holds values that are defaults; without effect here: it never does",
  },
  compression_level: {
    variable: "BOKEH_COMPRESSION_LEVEL",
    kind: "integer",
    default: 2,
    help: "Compression of binary data in JSON files, 0 to 9; without effect here: the level is always 2",
  },
} as const satisfies Record<string, Setting>;

/** Settings by name. */
export const SETTINGS = { ...SERVER_SETTINGS, ...PAGE_SETTINGS, ...DOCUMENT_SETTINGS } as const satisfies Record<
  string,
  Setting
>;

/** The name of a setting. */
export type SettingName = keyof typeof SETTINGS;

/** All names, sorted. A table's keys are its names: the language widens them to string. */
export const SETTING_NAMES: readonly SettingName[] = (Object.keys(SETTINGS) as SettingName[]).sort();

/** The type of a setting's value: one of its choices where it has any, null where its default is null. */
export type SettingValue<N extends SettingName> =
  | ((typeof SETTINGS)[N] extends { choices: readonly (infer C)[] } ? C : KindValue<(typeof SETTINGS)[N]["kind"]>)
  | Extract<(typeof SETTINGS)[N]["default"], null>;

type KindValue<K extends Setting["kind"]> = K extends "flag" ? boolean
  : K extends "integer" ? number
  : K extends "list" ? string[]
  : string;
