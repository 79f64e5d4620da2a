/**
 * Resolves the options of a server: checks them and fills in the defaults.
 *
 * @module
 */

import { openRecording } from "../../session/recording/open_recording.ts";
import type { Recording } from "../../session/recording/recording.ts";
import { LONGEST_TIMER_MILLISECONDS } from "../../common/long_timer.ts";
import { DEFAULT_SESSION_TIMES } from "../../common/limits.ts";
import { fileURLToPath } from "node:url";
import { hostPatterns } from "../../handlers/http/origins.ts";
import { trimSlashes } from "../../common/trim_slashes.ts";
import { resolveAdmin } from "../admin/admin_options.ts";
import { checkAuthProvider } from "../auth.ts";
import { type ResolvedLimits, resolveLimits } from "./limits.ts";
import { type BokehServerOptions, UNCAUGHT_ERROR_POLICIES, type UncaughtErrorPolicy } from "./options.ts";
import { printError } from "../print_error.ts";

/** Options without a default: their absence has a meaning. */
type Optional =
  | "absoluteUrl"
  | "admin"
  | "secretKey"
  | "sessionStore"
  | "sessionStoreSecret"
  | "index"
  | "record"
  | "websocketCompressionLevel"
  | "websocketCompressionMemLevel"
  | "icoPath"
  | "authProvider"
  | "cookieSecret"
  | "includeHeaders"
  | "excludeHeaders"
  | "includeCookies"
  | "excludeCookies"
  | "acceptPatch"
  | "bokehjsPath"
  | "contentSecurityPolicy"
  | "onEvent";

/** The options of a server with all defaults. */
export type ResolvedOptions =
  & Required<Omit<BokehServerOptions, Optional | "limits" | "websocketMaxMessageSizeBytes">>
  & { readonly limits: ResolvedLimits }
  & { readonly recording: Promise<Recording | undefined> | undefined }
  & { readonly [K in Exclude<Optional, "bokehjsPath" | "contentSecurityPolicy">]: BokehServerOptions[K] | undefined }
  & { readonly bokehjsPath: string | undefined; readonly contentSecurityPolicy: string | undefined };

/**
 * The strictest policy with which BokehJS works: it creates style elements, style attributes and
 * images from data. It does not allow `CustomJS`, whose code BokehJS compiles.
 */
const STRICT_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'nonce-{nonce}'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
].join("; ");

function pathOf(folder: string | URL | undefined): string | undefined {
  return folder instanceof URL ? fileURLToPath(folder) : folder;
}

function policyOf(option: boolean | string | undefined): string | undefined {
  return option === true ? STRICT_POLICY : option || undefined;
}

/**
 * Returns options with all defaults.
 *
 * @throws {RangeError} If a number is out of its range, or a host or limit is not valid.
 * @throws {TypeError} If options exclude each other, or a required one is missing.
 */
export function resolveOptions(options: BokehServerOptions): ResolvedOptions {
  checkNumbers(options);
  checkPairs(options);
  if (options.authProvider !== undefined) checkAuthProvider(options.authProvider);
  const prefix = trimSlashes(options.prefix ?? "");
  return {
    absoluteUrl: options.absoluteUrl,
    prefix: prefix === "" ? "" : `/${prefix}`,
    extraWebsocketOrigins: hostPatterns(options.extraWebsocketOrigins ?? []),
    extraPatterns: options.extraPatterns ?? [],
    secretKey: options.secretKey,
    signSessions: options.signSessions ?? false,
    generateSessionIds: options.generateSessionIds ?? true,
    sessionCreation: options.sessionCreation ?? (options.sessionStore === undefined ? "page" : "connect"),
    sessionStore: options.sessionStore,
    sessionStoreSecret: options.sessionStoreSecret ?? options.secretKey,
    gateServerChanges: options.gateServerChanges ?? false,
    sessionRetentionMilliseconds: options.sessionRetentionMilliseconds ?? 3_600_000,
    appVersion: options.appVersion ?? "",
    keepAliveMilliseconds: options.keepAliveMilliseconds ?? 37_000,
    checkUnusedSessionsMilliseconds: options.checkUnusedSessionsMilliseconds ?? 17_000,
    unusedSessionLifetimeMilliseconds: options.unusedSessionLifetimeMilliseconds ??
      DEFAULT_SESSION_TIMES.unusedSessionLifetimeMilliseconds,
    statsLogFrequencyMilliseconds: options.statsLogFrequencyMilliseconds ?? 15_000,
    memLogFrequencyMilliseconds: options.memLogFrequencyMilliseconds ?? 0,
    admin: options.admin && resolveAdmin(options.admin, options.authProvider),
    useIndex: options.useIndex ?? true,
    redirectRoot: options.redirectRoot ?? true,
    index: options.index,
    websocketCompressionLevel: options.websocketCompressionLevel,
    websocketCompressionMemLevel: options.websocketCompressionMemLevel,
    icoPath: options.icoPath,
    authProvider: options.authProvider,
    xsrfCookies: options.xsrfCookies ?? false,
    cookieSecret: options.cookieSecret,
    includeHeaders: options.includeHeaders,
    excludeHeaders: options.excludeHeaders,
    includeCookies: options.includeCookies,
    excludeCookies: options.excludeCookies,
    sessionTokenExpiration: options.sessionTokenExpiration ?? 300,
    useXheaders: options.useXheaders ?? false,
    resources: options.resources ?? "server",
    minified: options.minified ?? true,
    bokehjsPath: pathOf(options.bokehjsPath),
    logLevel: options.logLevel ?? "info",
    development: options.development ?? false,
    argv: options.argv ?? [],
    allowedHosts: options.allowedHosts ?? [],
    limits: resolveLimits(options.limits, options.websocketMaxMessageSizeBytes),
    acceptPatch: options.acceptPatch,
    shareSessions: options.shareSessions ?? false,
    busyIndicator: options.busyIndicator ?? false,
    record: options.record,
    recording: options.record === undefined ? undefined : openRecording(options.record),
    schedules: options.schedules ?? true,
    documentValidation: options.documentValidation ?? "log",
    tasks: options.tasks ?? {},
    onEvent: options.onEvent,
    contentSecurityPolicy: policyOf(options.contentSecurityPolicy),
    telemetry: options.telemetry ?? false,
    releaseMemory: options.releaseMemory ?? false,
    metrics: options.metrics ?? false,
    readinessProbe: options.readinessProbe ?? false,
    onError: options.onError ?? printError,
    uncaughtErrors: checkedPolicy(options.uncaughtErrors ?? "applications"),
    drainMilliseconds: options.drainMilliseconds ?? DEFAULT_SESSION_TIMES.drainMilliseconds,
    drainDelayMilliseconds: options.drainDelayMilliseconds ?? 0,
    drainSpreadMilliseconds: options.drainSpreadMilliseconds ?? 0,
  };
}

function checkedPolicy(policy: UncaughtErrorPolicy): UncaughtErrorPolicy {
  if (UNCAUGHT_ERROR_POLICIES.includes(policy)) return policy;
  throw new TypeError(`Cannot use uncaughtErrors: ${policy} is none of ${UNCAUGHT_ERROR_POLICIES.join(", ")}`);
}

/** Minimum and maximum of each number. */
const RANGES: Readonly<Record<string, readonly [min: number, max: number]>> = {
  // Deno's timer for pings has this maximum
  keepAliveMilliseconds: [0, LONGEST_TIMER_MILLISECONDS],
  checkUnusedSessionsMilliseconds: [1, Infinity],
  unusedSessionLifetimeMilliseconds: [1, Infinity],
  statsLogFrequencyMilliseconds: [1, Infinity],
  memLogFrequencyMilliseconds: [0, Infinity],
  websocketMaxMessageSizeBytes: [1, Infinity],
  // in seconds; the expiry must be a valid date
  sessionTokenExpiration: [1, 100 * 365 * 86_400],
  drainMilliseconds: [0, Infinity],
  drainDelayMilliseconds: [0, LONGEST_TIMER_MILLISECONDS],
  drainSpreadMilliseconds: [0, LONGEST_TIMER_MILLISECONDS],
  sessionRetentionMilliseconds: [1, Infinity],
};

function checkNumbers(options: BokehServerOptions): void {
  for (const [name, [min, max]] of Object.entries(RANGES)) {
    const value: unknown = Reflect.get(options, name);
    if (value === undefined) continue;
    if (typeof value !== "number" || !(value >= min)) {
      throw new RangeError(`Cannot use ${name}: ${value} is not a number of at least ${min}`);
    }
    if (value > max) throw new RangeError(`Cannot use ${name}: ${value} is greater than ${max}`);
  }
}

function checkPairs(options: BokehServerOptions): void {
  const both = (a: readonly string[] | undefined, b: readonly string[] | undefined) => a?.length && b?.length;
  if (both(options.includeHeaders, options.excludeHeaders)) {
    throw new RangeError("Cannot use includeHeaders: excludeHeaders is given too");
  }
  if (both(options.includeCookies, options.excludeCookies)) {
    throw new RangeError("Cannot use includeCookies: excludeCookies is given too");
  }
  if (options.signSessions && (options.secretKey === undefined || options.secretKey.length === 0)) {
    throw new TypeError("Cannot sign sessions: no secretKey is given");
  }
  const { sessionStore, sessionStoreSecret = options.secretKey } = options;
  if (sessionStore === undefined) return;
  if (sessionStoreSecret === undefined || sessionStoreSecret.length === 0) {
    throw new TypeError(
      "Cannot use sessionStore: give secretKey or sessionStoreSecret, with which requests are encrypted",
    );
  }
  if (sessionStore.isRemote && !options.signSessions) {
    throw new TypeError(
      "Cannot use sessionStore: other machines can reach it, so that sessions must be signed: give secretKey and signSessions",
    );
  }
}
