import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { checkToken } from "../../session/token.ts";
import { testContext, visiting } from "../../server/server_test_support.ts";
import { handleEmbedJson, handleEmbedModule } from "./embed.ts";

Deno.test("handleEmbedModule answers every origin with a module that says what it exports", async () => {
  const response = await handleEmbedModule(new Request("http://host/embed.js"));
  assertEquals(response.headers.get("access-control-allow-origin"), "*");
  assertStringIncludes(response.headers.get("content-type")!, "text/javascript");
  const text = await response.text();
  const module = await import(
    `data:text/javascript,${encodeURIComponent(text.replace("import.meta.url", '"http://h/"'))}`
  );
  assertEquals(Object.keys(module), ["embed"]);
  assertEquals((await handleEmbedModule(new Request("http://host/embed.js", { method: "POST" }))).status, 405);
});

Deno.test("handleEmbedJson answers with a token and scripts, and nobody keeps them", async () => {
  const response = await handleEmbedJson(...visiting(testContext(), "?user=ada"));
  const { token, scripts, logLevel } = await response.json();
  const check = await checkToken(token, {});
  assertEquals(check.ok && check.payload.arguments?.user, [new TextEncoder().encode("ada")]);
  assert(scripts[0].src.startsWith("/static/js/bokeh.min.js"));
  assert(scripts[0].integrity.startsWith("sha384-"));
  assertEquals(logLevel, "info");
  assertEquals(response.headers.get("cache-control"), "no-store");
});

Deno.test("handleEmbedJson lets everybody read, and whom it trusts send credentials", async () => {
  const origin = async (headers: HeadersInit, method = "GET") =>
    (await handleEmbedJson(...visiting(testContext(), "", { method, headers }))).headers.get(
      "access-control-allow-origin",
    );
  assertEquals(await origin({ origin: "http://strange.example" }), "*");
  assertEquals(await origin({ origin: "http://listed.example" }), "http://listed.example");
  assertEquals(await origin({ origin: "http://listed.example" }, "OPTIONS"), "http://listed.example");
});

Deno.test("handleEmbedJson answers 500 where the application fails, as it would for its page", async () => {
  const failing = testContext({
    fill: () => {
      throw new Error("Out of cheese");
    },
  });
  const response = await handleEmbedJson(...visiting(failing));
  assertEquals(response.status, 500);
  assertEquals(response.headers.get("access-control-allow-origin"), "*");
  await response.body?.cancel();
});
