import { assertEquals, assertRejects } from "@std/assert";
import { basename } from "node:path";
import { CommandError } from "../exit.ts";
import { expandPatterns, loadApplications, routeOf, routesOf } from "./application_paths.ts";

const APPS = decodeURIComponent(new URL("../../tests/apps/", import.meta.url).pathname);

Deno.test("routeOf() returns a file's name without extension, and a folder's name", () => {
  assertEquals(routeOf(`${APPS}sliders.ts`), "/sliders");
  assertEquals(routeOf(`${APPS}lifecycle_ts/`), "/lifecycle_ts");
  assertEquals(routeOf("no/such/app.ts"), "/app");
});

Deno.test("routesOf() takes the route before an equals sign, unless a file has that name", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/a=b.ts`, "");
  assertEquals([...routesOf(["/user/:id=apps/profile.ts", "/=sliders.ts", `${folder}/a=b.ts`, "x=y.ts"])], [
    ["/user/:id", "apps/profile.ts"],
    ["/", "sliders.ts"],
    ["/a=b", `${folder}/a=b.ts`],
    ["/x=y", "x=y.ts"],
  ]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("expandPatterns() sorts the matches of a pattern", async () => {
  assertEquals(
    await expandPatterns([`${APPS}s*.ts`]),
    ["scatter.ts", "sliders.ts", "stream.ts"].map((name) => APPS + name),
  );
});

Deno.test("loadApplications() reports in one line why it cannot load an application", async () => {
  const folder = await Deno.makeTempDir();
  const { message } = await assertRejects(() => loadApplications([folder]), CommandError, "main.ts");
  assertEquals(message, `Cannot serve ${basename(folder)}: it contains neither main.ts nor main.js`);
  await Deno.writeTextFile(`${folder}/main.ts`, 'export const answer = 42;\nthrow new Error("not today");\n');
  await assertRejects(() => loadApplications([folder]), CommandError, `${folder}/main.ts:2:`);
  await Deno.mkdir(`${folder}/templates`);
  await Deno.writeTextFile(`${folder}/templates/index.html`, "<b>\n{% if %}");
  await Deno.writeTextFile(`${folder}/main.js`, "export default () => {};");
  await Deno.remove(`${folder}/main.ts`);
  await assertRejects(() => loadApplications([folder]), CommandError, "the template at line 2, column 7");
  await Deno.writeTextFile(`${folder}/templates/index.html`, "");
  for (const theme of ["attrs: [", "attrs: 5"]) {
    await Deno.writeTextFile(`${folder}/theme.yaml`, theme);
    await assertRejects(() => loadApplications([folder]), CommandError, "/theme.yaml: Cannot");
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("loadApplications() reports a path that does not exist", async () => {
  await assertRejects(() => loadApplications(["no/such/app.ts"]), CommandError, "no/such/app.ts: it does not exist");
});
