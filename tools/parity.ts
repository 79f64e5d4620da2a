/**
 * Runs our own tests of what Python's server does too; arguments go to pytest: `deno task parity -k cookies`. With
 * `BOKEH_IMPL=python` they run against Python's.
 *
 * @module
 */

import { runSuite } from "./conformance.ts";

if (import.meta.main) Deno.exit(await runSuite(new URL("../tests/parity/", import.meta.url), Deno.args));
