/**
 * What an operator should know before the first visitor comes.
 *
 * @module
 */

import { basename, dirname } from "node:path";
import type { ServeBokehOptions } from "../../server/options/options.ts";
import type { ServeValues } from "./server_options.ts";

/** Shorter keys can be guessed. */
const KEY_BYTES = 32;

/** Lines for the log: on options that do nothing here, and on those that let in more than may be meant. */
export function warningsOf(
  values: ServeValues,
  options: ServeBokehOptions,
  paths: readonly string[],
): string[] {
  const warnings: string[] = [];
  if (values.websocketCompressionLevel !== undefined || values.websocketCompressionMemLevel !== undefined) {
    warnings.push(
      "Websockets are not compressed: Deno cannot. Leave --websocket-compression-level and -mem-level out, and let a proxy compress pages",
    );
  }
  if (options.extraWebsocketOrigins?.some((origin) => /^\*(?::|$)/.test(origin))) {
    warnings.push(
      "Pages of every site may open websockets here, with the cookies of whoever looks at them: name hosts in place of *",
    );
  }
  if (options.secretKey !== undefined && new TextEncoder().encode(String(options.secretKey)).length < KEY_BYTES) {
    warnings.push(
      `The secret key is shorter than ${KEY_BYTES} bytes: the command secret makes one that nobody can guess`,
    );
  }
  for (const path of paths.filter((path) => /^main\.[jt]s$/.test(basename(path)))) {
    warnings.push(`${path} is served alone, without what stands beside it: serve the folder ${dirname(path)} for that`);
  }
  return warnings;
}
