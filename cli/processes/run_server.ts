/**
 * Runs a server until a signal stops it.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { errorMessage } from "../../common/error_message.ts";
import type { Certificate } from "../../server/listener.ts";
import type { ServeBokehOptions } from "../../server/options/options.ts";
import { type BokehHttpServer, serveBokeh } from "../../server/serve.ts";
import type { ApplicationRoutes } from "../applications/application_paths.ts";
import { CommandError } from "../exit.ts";
import { programLine } from "../logging/log_format.ts";
import type { Log } from "../logging/logging.ts";
import { isChildProgram, parentEnded, RUNNING_AT } from "./child_program.ts";
import { firstSignal, shutdownReason } from "./signals.ts";

const logger = getLogger(["bokeh", "cli"]);

/** Functions that customize {@linkcode runServer}. */
export interface RunServerHooks {
  /** Creates the server. @default {serveBokeh} */
  readonly serve?: (routes: ApplicationRoutes, options: ServeBokehOptions) => Promise<BokehHttpServer>;
  /** Reads the certificate again. Called at each SIGHUP if the server uses TLS. */
  readonly certificate?: () => Promise<Certificate | undefined>;
  /** Called when the server listens, with the URL of each application. */
  onListen?(urls: string[]): void;
}

/**
 * Starts a server, prints its URLs, waits for SIGINT or SIGTERM, and then stops the server.
 *
 * @throws {CommandError} If the server cannot start, for example because its port is in use.
 */
export async function runServer(
  routes: ApplicationRoutes,
  options: ServeBokehOptions,
  log: Log,
  hooks: RunServerHooks = {},
): Promise<void> {
  const signal = isChildProgram()
    ? Promise.race([firstSignal({ ignoreInterrupts: true }), parentEnded().then(() => "parent ended" as const)])
    : firstSignal();
  const server = await listen(hooks.serve ?? serveBokeh, routes, options);
  const urls = applicationUrls(server);
  const text = `${RUNNING_AT} ${urls.join(" ")}`;
  log.announce(programLine(log.format, { level: "info", text, fields: { urls } }));
  if (options.path === undefined && options.hostname === undefined) {
    logger.info("Listening on all interfaces: use --address 127.0.0.1 to accept local connections only");
  }
  hooks.onListen?.(urls);
  if (options.cert !== undefined && hooks.certificate !== undefined && Deno.build.os !== "windows") {
    const { certificate } = hooks;
    Deno.addSignalListener("SIGHUP", () => void renewCertificate(server, certificate));
  }
  logger.info("{why}, shutting down", { why: shutdownReason(await signal) });
  await server.stop();
  await options.sessionStore?.[Symbol.asyncDispose]();
}

async function renewCertificate(
  server: BokehHttpServer,
  read: () => Promise<Certificate | undefined>,
): Promise<void> {
  try {
    const certificate = await read();
    if (certificate === undefined) return;
    await server.renewCertificate(certificate);
    logger.info("Listening with a new certificate");
  } catch (error) {
    logger.error("Cannot use the new certificate, keeping the old one: {reason}", {
      reason: errorMessage(error),
    });
  }
}

async function listen(
  serve: NonNullable<RunServerHooks["serve"]>,
  routes: ApplicationRoutes,
  options: ServeBokehOptions,
): Promise<BokehHttpServer> {
  try {
    // Only applications and the server run in this process, so uncaught errors need not end it.
    return await serve(routes, { ...options, uncaughtErrors: "all" });
  } catch (error) {
    throw startError(error, options) ?? error;
  }
}

/**
 * Returns a one-line error for a failed start; undefined for an error that is a fault of the
 * program.
 */
function startError(error: unknown, options: ServeBokehOptions): CommandError | undefined {
  if (error instanceof Deno.errors.AddrInUse) {
    const where = options.path ?? `port ${options.port}`;
    return new CommandError(`Cannot start Bokeh server: ${where} is already in use`);
  }
  if (error instanceof Deno.errors.AddrNotAvailable) {
    return new CommandError(`Cannot start Bokeh server: address ${options.hostname} is not available`);
  }
  if (error instanceof RangeError || error instanceof TypeError || error instanceof SyntaxError) {
    return new CommandError(error.message);
  }
  return undefined;
}

/** Returns the URL of each application, sorted by route. */
function applicationUrls(server: BokehHttpServer): string[] {
  return server.appPaths.toSorted().map((path) => server.url.replace(/\/$/, "") + path);
}
