/** The command `check`, and which of the repository's applications create the same document in two processes. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { basename, fromFileUrl } from "@std/path";
import { expandPatterns } from "../../cli/applications/application_paths.ts";
import { sampleDataEnvironment } from "../../tools/setup/sample_data.ts";
import { appNames, appPath } from "../gallery/twins.ts";
import { createProject } from "../kit/project_folder.ts";

const ROOT = fromFileUrl(new URL("../../", import.meta.url));

/** Applications whose document is another one each time, with what differs. */
const ADOPTED: Record<string, string> = {
  "/scatter": "random numbers",
  "/requestinfo": "the time at which the session's token expires",
};

/** Returns whether a file is an application: not a program that serves one itself, nor a module of a task. */
function isApplication(path: string): boolean {
  return basename(path) !== "standalone.ts" && !path.endsWith("_task.ts");
}

async function check(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--config", `${ROOT}deno.json`, `${ROOT}mod.ts`, "check", ...args],
    env: { NO_COLOR: "1", ...await sampleDataEnvironment() },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

Deno.test("check: all examples, gallery and test applications create the same document in two processes, or are listed", async () => {
  const folders = ["examples", "examples/gallery", "tests/apps", "tests/twins"];
  const filesOf = async (folder: string) => (await expandPatterns([`${ROOT}${folder}/*.ts`])).filter(isApplication);
  const unlisted: unknown[] = [];
  let count = 0;
  // One run for each folder, because applications of one run need different names.
  await Promise.all([...folders.map(filesOf), appNames().map(appPath)].map(async (found) => {
    const paths = await found;
    const { stdout, stderr } = await check("--json", ...paths);
    if (stdout === "") throw new Error(stderr);
    for (const { application, outcome, differences } of JSON.parse(stdout)) {
      count++;
      if (outcome === "adopted" && application in ADOPTED) continue;
      if (outcome !== "exact") unlisted.push({ application, outcome, differences });
    }
  }));
  assertEquals([count > 70, unlisted], [true, []]);
});

Deno.test("check: applications that set random values or create other models differ in text and exit code", async () => {
  const app = (body: string) => `import { Div } from "@bokeh/server/models";\nexport default (doc) => {\n${body}\n};\n`;
  const folder = await createProject({
    "values.js": app(`console.log("from the application"); doc.add_root(new Div({ text: String(Math.random()) }));`),
    "models.js": app(`doc.add_root(new Div({ name: crypto.randomUUID() }));`),
    "broken.js": app(`throw new RangeError("No data");`),
  });
  try {
    const values = await check(`${folder}/values.js`);
    assertEquals(values.code, 0);
    assertStringIncludes(values.stdout, "/values: adopted.");
    assertStringIncludes(values.stdout, ").text: ");
    assertStringIncludes(values.stderr, "from the application");
    const models = await check(`${folder}/models.js`);
    assertEquals(models.code, 1);
    assertStringIncludes(models.stdout, "/models: refused.");
    const broken = await check(`${folder}/broken.js`);
    assertEquals([broken.code, broken.stdout], [1, ""]);
    assertStringIncludes(broken.stderr, "No data");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
