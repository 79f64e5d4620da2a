/**
 * Warnings about the command line, logged when the server starts.
 *
 * @module
 */

import { basename, dirname } from "node:path";
import type { ServeBokehOptions } from "../../server/options/options.ts";
import type { ServeValues } from "./server_options.ts";

/** Recommended minimum length of the secret key, in bytes. */
const KEY_BYTES = 32;

/**
 * Returns warnings about options without effect, and about options that give more access than
 * probably intended.
 */
export function warningsOf(
  values: ServeValues,
  options: ServeBokehOptions,
  paths: readonly string[],
): string[] {
  const warnings: string[] = [];
  if (values.websocketCompressionLevel !== undefined || values.websocketCompressionMemLevel !== undefined) {
    warnings.push(
      "--websocket-compression-level and --websocket-compression-mem-level have no effect: Deno does not compress websockets",
    );
  }
  if (options.extraWebsocketOrigins?.some((origin) => /^\*(?::|$)/.test(origin))) {
    warnings.push(
      "Pages of any site can open websockets with the cookies of their users: replace * by the names of hosts",
    );
  }
  if (options.secretKey !== undefined && new TextEncoder().encode(String(options.secretKey)).length < KEY_BYTES) {
    warnings.push(
      `The secret key is shorter than ${KEY_BYTES} bytes and can be guessed: generate one with the command secret`,
    );
  }
  if (options.sessionStore?.isRemote && options.peerAddress === undefined) {
    warnings.push(
      "Servers on other machines cannot relay the second page of a session to this one: set --peer-address HOST:PORT",
    );
  }
  for (const path of paths.filter((path) => /^main\.[jt]s$/.test(basename(path)))) {
    warnings.push(`${path} is served without the other files of its folder: serve the folder ${dirname(path)} instead`);
  }
  return warnings;
}
