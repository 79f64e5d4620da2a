/**
 * The version of this package.
 *
 * @module
 */

import config from "../deno.json" with { type: "json" };

/** The version of this package, as `deno.json` says. */
export const SERVER_VERSION: string = config.version;
