import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { pageRequest, testContext } from "../handler_test_support.ts";
import { handleEmbedJson, handleEmbedModule } from "./embed.ts";

Deno.test("handleEmbedModule returns a module that pages of every origin can import", async () => {
  const response = await handleEmbedModule(new Request("http://host/embed.js"));
  assertEquals(response.headers.get("access-control-allow-origin"), "*");
  assertStringIncludes(response.headers.get("content-type")!, "text/javascript");
  const text = await response.text();
  const module = await import(
    `data:text/javascript,${encodeURIComponent(text.replace("import.meta.url", '"http://h/"'))}`
  );
  assertEquals(Object.keys(module), ["embed"]);
});

Deno.test("handleEmbedJson returns a token and scripts that caches do not keep", async () => {
  const response = await handleEmbedJson(...pageRequest(testContext()));
  const { token, scripts, logLevel } = await response.json();
  assertEquals(token, "a-token");
  assert(scripts[0].src.startsWith("/static/js/bokeh.min.js"));
  assert(scripts[0].integrity.startsWith("sha384-"));
  assertEquals(logLevel, "info");
  assertEquals(response.headers.get("cache-control"), "no-store");
});

Deno.test("handleEmbedJson lets every origin read, and allowed ones send credentials", async () => {
  const allowed = async (origin: string) => {
    const response = await handleEmbedJson(...pageRequest(testContext(), "", { headers: { origin } }));
    await response.body?.cancel();
    return response.headers.get("access-control-allow-origin");
  };
  assertEquals(await allowed("http://strange.example"), "*");
  assertEquals(await allowed("http://listed.example"), "http://listed.example");
});
