import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { Document } from "../../document/document.ts";
import { ReloadableApplication } from "./reloadable_application.ts";
import { ModuleGraph } from "./module_graph.ts";

const MAIN = `import data from "./data.json" with { type: "json" };
export default (doc) => doc.title = data.title;
`;

Deno.test("ReloadableApplication.load() names a JSON module that cannot be parsed, and reads it again", async () => {
  const folder = await Deno.makeTempDir();
  const data = join(folder, "data.json");
  await Deno.writeTextFile(join(folder, "main.js"), MAIN);
  await Deno.writeTextFile(data, '{"title":');
  using graph = new ModuleGraph();
  const reloadable = new ReloadableApplication(folder, graph);
  await assertRejects(() => reloadable.load(), SyntaxError, `Cannot read ${await Deno.realPath(data)}`);
  await Deno.writeTextFile(data, '{"title": "repaired"}');
  const doc = new Document();
  await (await reloadable.load()).fill(doc);
  assertEquals(doc.title, "repaired");
  await Deno.remove(folder, { recursive: true });
});
