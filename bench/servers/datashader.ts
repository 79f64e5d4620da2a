import { ensureVirtualEnvironment } from "../../tools/setup/python.ts";

/** Requirements of the applications that draw with Datashader. Its Bokeh can be older than that of the tests. */
const REQUIREMENTS = new URL("datashader_requirements.txt", import.meta.url);

/** Returns the Python of a virtual environment with hvplot and Datashader. */
export function ensureDatashader(): Promise<string> {
  return ensureVirtualEnvironment("datashader", [REQUIREMENTS]);
}
