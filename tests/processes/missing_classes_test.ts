/** A client of a session with custom models whose classes its program does not have. */

import { assertRejects, assertStringIncludes } from "@std/assert";
import { ClientError, pullSession } from "../../client/mod.ts";
import { createProject } from "../kit/project_folder.ts";
import { ServerProcess } from "../kit/server_process.ts";

const APPS = {
  "dropper.ts": `import type { Document } from "@bokeh/server";
import { FileDropper } from "@bokeh/server/files";
export default (doc: Document): void => void doc.add_root(new FileDropper());
`,
  "gauge.ts": `import type { Document } from "@bokeh/server";
import { defineModel, LayoutDOM } from "@bokeh/server/models";
const Gauge = defineModel({ name: "Gauge", base: LayoutDOM, view: new URL("./no_view.ts", import.meta.url) });
export default (doc: Document): void => void doc.add_root(new Gauge());
`,
};

Deno.test("pullSession() names the module to import for a class that is missing", async () => {
  const folder = await createProject(APPS);
  const paths = Object.keys(APPS).map((name) => `${folder}/${name}`);
  await using program = await ServerProcess.serve(...paths, "--port", "0", "--log-level", "error");
  const errorOf = async (path: string) =>
    (await assertRejects(() => pullSession({ url: new URL(path, program.urls[0]).href }), ClientError)).message;
  assertStringIncludes(
    await errorOf("/dropper"),
    'unknown model type "bokeh_server.FileDropper": import @bokeh/server/files',
  );
  assertStringIncludes(await errorOf("/gauge"), 'unknown model type "Gauge": import the module that defines it');
  await Deno.remove(folder, { recursive: true });
});
