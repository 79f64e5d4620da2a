import { assert, assertEquals } from "@std/assert";
import { Resources } from "../../embed/resources/resources.ts";
import { connectionScriptUrl, handleConnectionScript } from "./connection_script.ts";

async function get(url: string): Promise<Response> {
  return await handleConnectionScript(new Request(url), new URL(url));
}

Deno.test("handleConnectionScript returns a script that caches keep under the URL of pages", async () => {
  const url = await connectionScriptUrl(new Resources({ rootUrl: "http://host/prefix" }));
  assert(url!.startsWith("http://host/prefix/static/js/bokeh-connection.min.js?v="));
  const response = await get(url!);
  assertEquals(response.headers.get("cache-control"), "public, max-age=315360000, immutable");
  assert((await response.text()).includes("refreshDocument"));
});

Deno.test("handleConnectionScript returns a script that caches revalidate under the URL of another version", async () => {
  const response = await get("http://host/static/js/bokeh-connection.min.js?v=0");
  assertEquals(response.headers.get("cache-control"), "no-cache");
  assert((await response.text()).includes("refreshDocument"));
});

Deno.test("connectionScriptUrl is undefined for pages that contain BokehJS", async () => {
  assertEquals(await connectionScriptUrl(new Resources({ mode: "inline" })), undefined);
});
