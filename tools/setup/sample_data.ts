/**
 * Finds the data sets of Bokeh's examples, which are a Python package, for tests without a network.
 *
 * @module
 */

import { ensurePython } from "./python.ts";

/**
 * Returns the environment variable that lets `@bokeh/server/sampledata` read the data sets of the tests' Python.
 *
 * @throws {Error} if that Python does not have the data sets
 */
export async function sampleDataEnvironment(): Promise<{ BOKEH_SAMPLEDATA_DIR: string }> {
  const { code, stdout, stderr } = await new Deno.Command(await ensurePython(), {
    args: ["-c", "import bokeh_sampledata; print(bokeh_sampledata.__path__[0], end='/_data')"],
    stdin: "null",
  }).output();
  if (code !== 0) throw new Error(`Cannot find the data sets of the examples: ${new TextDecoder().decode(stderr)}`);
  return { BOKEH_SAMPLEDATA_DIR: new TextDecoder().decode(stdout) };
}
