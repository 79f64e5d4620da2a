/**
 * From the options of `serve` and the settings to the options of the server.
 *
 * @module
 */

import { errorMessage } from "../../common/error_message.ts";
import { pathToFileURL } from "node:url";
import { asksForUser, type AuthProvider } from "../../server/auth.ts";
import type { Certificate } from "../../server/listener.ts";
import type { ServeBokehOptions } from "../../server/options/options.ts";
import { processGroup } from "../processes/child_program.ts";
import { CommandError } from "../exit.ts";
import type { OptionValues } from "./option.ts";
import type { SERVE_OPTIONS } from "./serve_options.ts";
import { documentValidation } from "../settings/document_validation.ts";
import type { Settings } from "../settings/settings.ts";
import { isTelemetryOn } from "../logging/telemetry.ts";

/** The options of `serve` that were given. */
export type ServeValues = OptionValues<typeof SERVE_OPTIONS>;

/**
 * Resolves what is served and how.
 *
 * @throws {CommandError} options contradict each other, or a file that they name cannot be read
 */
export async function serverOptions(values: ServeValues, settings: Settings): Promise<ServeBokehOptions> {
  return given({
    ...await listenOptions(values, settings),
    ...await pageOptions(values, settings),
    ...sessionOptions(values, settings),
    ...await trustOptions(values, settings),
    ...limitOptions(values),
    prefix: values.prefix,
    argv: values.args ?? [],
    development: values.dev !== undefined,
    documentValidation: documentValidation(settings),
  });
}

/** Where to listen. */
async function listenOptions(values: ServeValues, settings: Settings) {
  const certfile = settings.value("ssl_certfile", values.sslCertfile);
  if (values.unixSocket !== undefined) {
    const wrong = Object.entries({ "--port": values.port, "--address": values.address, "--ssl-certfile": certfile })
      .find(([, value]) => value !== undefined && value !== null);
    if (wrong !== undefined) throw new CommandError(`Cannot use ${wrong[0]} with a unix socket`);
    return { path: values.unixSocket };
  }
  const group = processGroup();
  return {
    port: settings.value("default_server_port", values.port),
    // pages under development show stacks and source lines of errors
    hostname: values.address || (values.dev === undefined ? undefined : "127.0.0.1"),
    ...(group === undefined ? {} : { reusePort: true, processGroup: group }),
    ...await readCertificate(values, settings),
  };
}

/** Certificate and key; a certificate's file without another for the key holds both. Undefined where there is to be no TLS. */
export async function readCertificate(values: ServeValues, settings: Settings): Promise<Certificate | undefined> {
  const certfile = settings.value("ssl_certfile", values.sslCertfile);
  const keyfile = settings.value("ssl_keyfile", values.sslKeyfile);
  const password = settings.value("ssl_password");
  if (certfile === null) {
    if (keyfile !== null) throw new CommandError("Cannot use TLS: --ssl-certfile is missing");
    return undefined;
  }
  const key = await readFile(keyfile ?? certfile, "private key");
  const cert = await readFile(certfile, "certificate");
  if (password === null) return { cert, key };
  const { decryptPrivateKey } = await import("./private_key.ts");
  return { cert, key: decryptPrivateKey(key, password) };
}

/** What pages hold. */
async function pageOptions(values: ServeValues, settings: Settings) {
  return {
    icoPath: await iconPath(settings.value("ico_path", values.icoPath)),
    index: values.index,
    contentSecurityPolicy: values.contentSecurityPolicy === "strict" ? true : values.contentSecurityPolicy,
    metrics: values.metrics,
    readinessProbe: values.readinessProbe,
    telemetry: isTelemetryOn(),
    releaseMemory: !values.keepMemory,
    useIndex: !values.disableIndex,
    redirectRoot: !values.disableIndexRedirect,
    resources: settings.value("resources"),
    bokehjsPath: settings.value("bokehjs_path", values.bokehjsPath) ?? undefined,
    minified: settings.value("minified"),
    logLevel: settings.value("log_level"),
  };
}

/** The file of the icon, `none` for none, undefined for Bokeh's. */
async function iconPath(path: string | null): Promise<string | undefined> {
  const word = path?.toLowerCase() ?? "default";
  if (path === null || word === "default") return undefined;
  if (word === "none") return word;
  if (!path.endsWith(".ico")) throw new CommandError(`Cannot use the icon ${path}: its name does not end with .ico`);
  if (!await isFile(path)) throw new CommandError(`Cannot use the icon ${path}: there is no such file`);
  return path;
}

/** How long sessions live, and how they are named. */
function sessionOptions(values: ServeValues, settings: Settings) {
  for (const [what, include, exclude] of filters(values)) {
    if (include && exclude) throw new CommandError(`Cannot use --include-${what} together with --exclude-${what}`);
  }
  const mode = values.sessionIds;
  const signSessions = mode === undefined ? settings.value("sign_sessions") : mode !== "unsigned";
  const secretKey = settings.value("secret_key") ?? undefined;
  if (signSessions && secretKey === undefined) {
    throw new CommandError("Cannot sign sessions: set BOKEH_SECRET_KEY to a key, which the command secret makes");
  }
  return {
    secretKey,
    signSessions,
    generateSessionIds: mode !== "external-signed",
    // With several processes the page and its websocket may reach two of them: no page runs the application.
    sessionCreation: values.sessionCreation ?? ((values.numProcs ?? 1) === 1 ? "page" as const : "connect" as const),
    drainMilliseconds: values.drain,
    keepAliveMilliseconds: values.keepAlive,
    checkUnusedSessionsMilliseconds: values.checkUnusedSessions,
    unusedSessionLifetimeMilliseconds: values.unusedSessionLifetime,
    statsLogFrequencyMilliseconds: values.statsLogFrequency,
    memLogFrequencyMilliseconds: values.memLogFrequency,
    sessionTokenExpiration: values.sessionTokenExpiration,
    websocketMaxMessageSizeBytes: values.websocketMaxMessageSize,
    includeHeaders: values.includeHeaders,
    excludeHeaders: values.excludeHeaders,
    includeCookies: values.includeCookies,
    excludeCookies: values.excludeCookies,
  };
}

function filters({ includeHeaders, excludeHeaders, includeCookies, excludeCookies }: ServeValues) {
  return [["headers", includeHeaders, excludeHeaders], ["cookies", includeCookies, excludeCookies]] as const;
}

/** Who is let in. */
async function trustOptions(values: ServeValues, settings: Settings) {
  const origins = settings.value("allowed_ws_origin");
  const authModule = settings.value("auth_module", values.authModule);
  return {
    extraWebsocketOrigins: origins.length > 0 ? origins : values.allowWebsocketOrigin,
    useXheaders: values.useXheaders,
    authProvider: authModule === null ? undefined : await loadAuthModule(authModule),
    xsrfCookies: settings.value("xsrf_cookies", values.enableXsrfCookies),
    cookieSecret: settings.value("cookie_secret", values.cookieSecret) ?? undefined,
  };
}

/** How much visitors may ask for. */
function limitOptions(values: ServeValues) {
  return {
    allowedHosts: values.allowedHost,
    limits: given({
      sessions: values.maxSessions,
      sessionsPerAddress: values.maxSessionsPerAddress,
      sessionsPerSecond: values.maxSessionsPerSecond,
      socketsPerSession: values.maxSocketsPerSession,
    }),
  };
}

async function loadAuthModule(path: string): Promise<AuthProvider> {
  if (!await isFile(path)) {
    throw new CommandError(`Cannot load the auth module ${path}: it does not exist`);
  }
  const module = await import(pathToFileURL(await Deno.realPath(path)).href);
  const provider: AuthProvider = module.default ?? module;
  // whoever asks for a login must not be left without one for a name that is written otherwise
  if (!asksForUser(provider)) {
    throw new CommandError(`Cannot use the auth module ${path}: it exports neither getUser nor getUserAsync`);
  }
  return provider;
}

async function isFile(path: string): Promise<boolean> {
  return await Deno.stat(path).then((info) => info.isFile, () => false);
}

async function readFile(path: string, what: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    throw new CommandError(`Cannot read the ${what} ${path}: ${errorMessage(error)}`);
  }
}

/** Leaves out what is not given, so that the server's defaults stand. */
function given<T extends object>(options: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // Only members without a value were taken out, which is what the mapped type says.
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
