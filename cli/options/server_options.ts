/**
 * Derives the options of the server from the options of `serve` and the settings.
 *
 * @module
 */

import { join, parse } from "node:path";
import { errorMessage } from "../../common/error_message.ts";
import { openRecordingFile } from "../../session/recording/recording_file.ts";
import type { RecordOption } from "../../session/recording/recording.ts";
import { adminOption } from "./admin_option.ts";
import { loginOptions } from "./login_options.ts";
import { openSessionStore } from "./session_store.ts";
import type { AdminLogControl } from "../../server/admin/admin_options.ts";
import type { Certificate } from "../../server/listener.ts";
import type { ServeBokehOptions } from "../../server/options/options.ts";
import { CommandError } from "../exit.ts";
import { isFile } from "../files.ts";
import { isTelemetryOn } from "../logging/telemetry.ts";
import { processGroup } from "../processes/child_program.ts";
import { documentValidation } from "../settings/document_validation.ts";
import type { Settings } from "../settings/settings.ts";
import type { OptionValues } from "./option.ts";
import type { SERVE_OPTIONS } from "./serve_options.ts";

/** The values of the options of `serve` that are present on the command line. */
export type ServeValues = OptionValues<typeof SERVE_OPTIONS>;

/**
 * Returns the options of the server. Options that are set nowhere are left out, so that the
 * server's defaults apply.
 *
 * @param log Level of the program's log, which the admin page can change.
 * @throws {CommandError} If options contradict each other, or a file that they name cannot be read.
 */
export async function serverOptions(
  values: ServeValues,
  settings: Settings,
  log?: AdminLogControl,
): Promise<ServeBokehOptions> {
  const trust = await trustOptions(values, settings);
  return withoutUndefined({
    ...await listenOptions(values, settings),
    ...await pageOptions(values, settings),
    ...await sessionOptions(values, settings),
    ...trust,
    admin: adminOption(values, settings, { provider: trust.authProvider, log }),
    ...limitOptions(values),
    prefix: values.prefix,
    argv: values.args ?? [],
    development: values.dev !== undefined,
    documentValidation: documentValidation(settings),
  });
}

/** Returns the address to listen at, and the certificate. */
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
    // With --dev, pages show stacks and source lines, which other machines must not see.
    hostname: values.address || (values.dev === undefined ? undefined : "127.0.0.1"),
    ...(group === undefined ? {} : { reusePort: true, processGroup: group }),
    ...await readCertificate(values, settings),
  };
}

/**
 * Reads the certificate and its private key. Without a key file, the certificate file contains
 * both.
 *
 * @returns Undefined if no certificate is configured.
 * @throws {CommandError} If a file cannot be read, or a key is configured without a certificate.
 */
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

/** Returns the options that affect pages. */
async function pageOptions(values: ServeValues, settings: Settings) {
  return {
    icoPath: await iconPath(settings.value("ico_path", values.icoPath)),
    index: values.index,
    contentSecurityPolicy: values.contentSecurityPolicy === "strict" ? true : values.contentSecurityPolicy,
    metrics: values.metrics,
    readinessProbe: values.readinessProbe,
    telemetry: isTelemetryOn(),
    releaseMemory: !values.keepMemory,
    busyIndicator: values.busyIndicator,
    record: recordOption(values),
    schedules: !values.noSchedules,
    useIndex: !values.disableIndex,
    redirectRoot: !values.disableIndexRedirect,
    resources: settings.value("resources"),
    bokehjsPath: settings.value("bokehjs_path", values.bokehjsPath) ?? undefined,
    minified: settings.value("minified"),
    logLevel: settings.value("log_level"),
  };
}

/**
 * Returns the file for the recording of messages.
 *
 * @throws {CommandError} If the file cannot be written, or if another server records to it.
 */
function recordOption({ record, recordArgument }: ServeValues): RecordOption | undefined {
  if (record === undefined) {
    if (recordArgument === undefined) return undefined;
    throw new CommandError("Cannot use --record-argument without --record");
  }
  const group = processGroup();
  const { dir, name, ext } = parse(record);
  const file = group === undefined ? record : join(dir, `${name}.${group.index}${ext}`);
  try {
    openRecordingFile(file)[Symbol.dispose](); // fails now instead of when the server starts
  } catch (error) {
    throw new CommandError(`Cannot record to ${file}: ${errorMessage(error)}`);
  }
  return { file, arguments: recordArgument };
}

/** Returns the path of the icon, `none` for no icon, or undefined for Bokeh's icon. */
async function iconPath(path: string | null): Promise<string | undefined> {
  const word = path?.toLowerCase() ?? "default";
  if (path === null || word === "default") return undefined;
  if (word === "none") return word;
  if (!path.endsWith(".ico")) throw new CommandError(`Cannot use the icon ${path}: the file name must end with .ico`);
  if (!await isFile(path)) throw new CommandError(`Cannot use the icon ${path}: there is no such file`);
  return path;
}

/**
 * Returns the options of sessions: ids, signatures, lifetimes, their store, and what they
 * receive of requests.
 */
async function sessionOptions(values: ServeValues, settings: Settings) {
  for (const [what, include, exclude] of filters(values)) {
    if (include && exclude) throw new CommandError(`Cannot use --include-${what} together with --exclude-${what}`);
  }
  const mode = values.sessionIds;
  const signSessions = mode === undefined ? settings.value("sign_sessions") : mode !== "unsigned";
  const secretKey = settings.value("secret_key") ?? undefined;
  if (signSessions && secretKey === undefined) {
    throw new CommandError("Cannot sign sessions: set BOKEH_SECRET_KEY to a key, which the command secret generates");
  }
  const storeName = settings.value("session_store", values.sessionStore);
  const store = storeName === null ? undefined : await openSessionStore(storeName, secretKey);
  return {
    ...store,
    peerAddress: values.peerAddress,
    sessionRetentionMilliseconds: values.sessionRetention,
    gateServerChanges: values.gateServerChanges,
    appVersion: values.appVersion,
    secretKey,
    signSessions,
    generateSessionIds: mode !== "external-signed",
    // With several processes, the page and its websocket can reach different ones. The session
    // starts when the websocket opens.
    sessionCreation: values.sessionCreation ??
      ((values.numProcs ?? 1) === 1 && store === undefined ? "page" as const : "connect" as const),
    drainMilliseconds: values.drain,
    drainDelayMilliseconds: values.drainDelay,
    drainSpreadMilliseconds: values.drainSpread,
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

/** Returns the options of access: origins, proxies, authentication and XSRF cookies. */
async function trustOptions(values: ServeValues, settings: Settings) {
  const origins = settings.value("allowed_ws_origin");
  return {
    extraWebsocketOrigins: origins.length > 0 ? origins : values.allowWebsocketOrigin,
    useXheaders: values.useXheaders,
    authProvider: await loginOptions(values, settings),
    xsrfCookies: settings.value("xsrf_cookies", values.enableXsrfCookies),
    cookieSecret: settings.value("cookie_secret", values.cookieSecret) ?? undefined,
  };
}

/** Returns the limits for clients and tasks, and the allowed hosts. */
function limitOptions(values: ServeValues) {
  return {
    allowedHosts: values.allowedHost,
    tasks: withoutUndefined({
      workers: values.taskWorkers,
      memoryMegabytes: values.taskMemory,
      timeoutMilliseconds: values.taskTimeout,
    }),
    limits: withoutUndefined({
      sessions: values.maxSessions,
      sessionsPerAddress: values.maxSessionsPerAddress,
      sessionsPerSecond: values.maxSessionsPerSecond,
      socketsPerSession: values.maxSocketsPerSession,
      inlineArrayBytes: values.inlineArraySize,
    }),
  };
}

async function readFile(path: string, what: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    throw new CommandError(`Cannot read the ${what} ${path}: ${errorMessage(error)}`);
  }
}

/** Removes undefined fields, so that the server's defaults apply. */
function withoutUndefined<T extends object>(options: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // Only undefined fields were removed, which the mapped type states.
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
