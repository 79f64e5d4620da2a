import { assert, assertEquals } from "@std/assert";
import { Resources } from "../../embed/resources/resources.ts";
import { connectionScriptLink, handleConnectionScript } from "./connection_script.ts";

async function get(url: string): Promise<Response> {
  return await handleConnectionScript(new Request(url), new URL(url));
}

Deno.test("handleConnectionScript returns a script that caches keep under the URL of pages", async () => {
  const link = await connectionScriptLink(new Resources({ rootUrl: "http://host/prefix" }));
  assert(link!.src.startsWith("http://host/prefix/static/js/bokeh-connection.min.js?v="));
  const response = await get(link!.src);
  assertEquals(response.headers.get("cache-control"), "public, max-age=315360000, immutable");
  const text = await response.text();
  assert(text.includes("refreshDocument"));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-384", new TextEncoder().encode(text)));
  assertEquals(link!.integrity, `sha384-${digest.toBase64()}`);
});

Deno.test("handleConnectionScript returns a script that caches revalidate under the URL of another version", async () => {
  const response = await get("http://host/static/js/bokeh-connection.min.js?v=0");
  assertEquals(response.headers.get("cache-control"), "no-cache");
  assert((await response.text()).includes("refreshDocument"));
});

Deno.test("connectionScriptLink is undefined for pages that contain BokehJS", async () => {
  assertEquals(await connectionScriptLink(new Resources({ mode: "inline" })), undefined);
});
