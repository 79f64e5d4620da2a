import { ensureVirtualEnvironment } from "../../tools/setup/python.ts";
import type { TwinApplication } from "./commands.ts";
import type { CommandOf } from "./server.ts";

/** Requirements of the applications that draw with Datashader. Its Bokeh can be older than that of the tests. */
const REQUIREMENTS = new URL("datashader_requirements.txt", import.meta.url);

/** Returns the command that serves an application of hvplot with Panel, without which its plots do not follow ranges. */
export async function datashaderCommand({ file }: TwinApplication): Promise<CommandOf> {
  const python = await ensureVirtualEnvironment("datashader", [REQUIREMENTS]);
  return (port) => [python, "-m", "panel", "serve", `${file}.py`, "--port", String(port), "--log-level", "error"];
}
