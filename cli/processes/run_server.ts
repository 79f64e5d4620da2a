/**
 * From options to a server that listens until a signal ends it.
 *
 * @module
 */

import { errorMessage } from "../../common/error_message.ts";
import { getLogger } from "@logtape/logtape";
import type { ServeBokehOptions } from "../../server/options/options.ts";
import type { Certificate } from "../../server/listener.ts";
import { type BokehHttpServer, serveBokeh } from "../../server/serve.ts";
import { isChildProgram, parentEnded, RUNNING_AT } from "./child_program.ts";
import type { ApplicationRoutes } from "../applications/application_paths.ts";
import { CommandError } from "../exit.ts";
import { programLine } from "../logging/log_format.ts";
import type { Log } from "../logging/logging.ts";
import { firstSignal, whyItEnds } from "./signals.ts";

const logger = getLogger(["bokeh", "cli"]);

/** What is told of the server, and who makes it. */
export interface RunServerHooks {
  /** Makes another server than the usual. */
  readonly serve?: (routes: ApplicationRoutes, options: ServeBokehOptions) => Promise<BokehHttpServer>;
  /** Reads the certificate anew: at each SIGHUP, where the server has one. */
  readonly certificate?: () => Promise<Certificate | undefined>;
  /** Called once it listens, with each application's address. */
  onListen?(urls: string[]): void;
}

/** Serves until SIGINT or SIGTERM, then drains. */
export async function runServer(
  routes: ApplicationRoutes,
  options: ServeBokehOptions,
  log: Log,
  hooks: RunServerHooks = {},
): Promise<void> {
  const signal = isChildProgram()
    ? Promise.race([firstSignal({ ignoreInterrupts: true }), parentEnded().then(() => "end of parent" as const)])
    : firstSignal();
  const server = await listen(hooks.serve ?? serveBokeh, routes, options);
  const urls = addresses(server);
  const text = `${RUNNING_AT} ${urls.join(" ")}`;
  log.announce(programLine(log.format, { level: "info", text, fields: { urls } }));
  if (options.path === undefined && options.hostname === undefined) {
    logger.info("Listening on all interfaces: --address 127.0.0.1 keeps others out");
  }
  hooks.onListen?.(urls);
  if (options.cert !== undefined && hooks.certificate !== undefined && Deno.build.os !== "windows") {
    const { certificate } = hooks;
    Deno.addSignalListener("SIGHUP", () => void renewCertificate(server, certificate));
  }
  logger.info("{why}, shutting down", { why: whyItEnds(await signal) });
  await server.stop();
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
    logger.error("Cannot use the new certificate, the old one stays: {reason}", {
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
    // the program has no code but that of applications and the server
    return await serve(routes, { ...options, uncaughtErrors: "all" });
  } catch (error) {
    throw startError(error, options) ?? error;
  }
}

/** What keeps a server from starting, in one line; undefined where it is the program's own fault. */
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

/** The address of each application, in the order of their routes. */
function addresses(server: BokehHttpServer): string[] {
  return server.appPaths.toSorted().map((path) => server.url.replace(/\/$/, "") + path);
}
