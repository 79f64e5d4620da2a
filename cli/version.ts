/**
 * The version of this package.
 *
 * @module
 */

import config from "../deno.json" with { type: "json" };

/** The version in `deno.json`. */
export const SERVER_VERSION: string = config.version;
