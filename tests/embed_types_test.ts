/** The types of `embed.js` for modules that import it from a server. */

import { assertEquals } from "@std/assert";
import { serveBokeh } from "@bokeh/server";

/** Returns a module of a page that uses all exports, and two mistakes that must be reported. */
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
// @ts-expect-error a selector is not an element
await embed("#plot");
`;
}

Deno.test("embed.js: Deno finds its types", async () => {
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
