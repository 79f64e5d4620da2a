/** Who imports `embed.js` from a server is told the types of what it exports. */

import { assertEquals } from "@std/assert";
import { serveBokeh } from "@bokeh/server";

/** A page's module that uses all there is, and two slips that are to be refused. */
function pageOf(url: string): string {
  return `/// <reference lib="dom" />
import { embed, type EmbeddedApplication } from "${url}embed.js";

const element: HTMLElement = document.querySelector("#plot")!;
const view: EmbeddedApplication = await embed(element, "/sliders", {
  arguments: { user: "ada" },
  headers: { authorization: "Bearer token" },
  withCredentials: true,
  signal: AbortSignal.timeout(1000),
});
view.document.get_model_by_name("power")!.value = view.document.roots().length;
view.dispose();
{ using _other = await embed(element.attachShadow({ mode: "open" })); }
// @ts-expect-error there is no such option
await embed(element, "/sliders", { argument: {} });
// @ts-expect-error a selector is no element
await embed("#plot");
`;
}

Deno.test("embed.js has types, which Deno finds", async () => {
  await using server = await serveBokeh({ "/sliders": () => {} }, { port: 0, prefix: "/apps" });
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/page.ts`, pageOf(server.url));
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "check",
      "--quiet",
      "--no-config",
      "--no-lock",
      `--allow-import=localhost:${server.port}`,
      `${folder}/page.ts`,
    ],
    stdin: "null",
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  await Deno.remove(folder, { recursive: true });
});
