/**
 * Runs the tests in `tests/parity`, which hold for Python's server too. Arguments are passed to pytest:
 *
 * ```sh
 * deno task parity -k cookies
 * BOKEH_IMPL=python deno task parity   # against Python's server
 * ```
 *
 * @module
 */

import { runSuite } from "./conformance.ts";

if (import.meta.main) Deno.exit(await runSuite(new URL("../../tests/parity/", import.meta.url), Deno.args));
