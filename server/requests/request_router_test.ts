import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { ApplicationFunction } from "../../application/application_options.ts";
import { BokehServer } from "../bokeh_server.ts";
import type { BokehServerOptions } from "../options/options.ts";

/** Requests a path of a server with an application at `/app`, and reads the response. */
async function answer(
  path: string,
  init: RequestInit = {},
  fill: ApplicationFunction = () => {},
  options: BokehServerOptions = {},
): Promise<{ response: Response; text: string }> {
  const server = new BokehServer({ "/app": fill }, { onError: () => {}, ...options });
  const response = await server.fetch(new Request(`http://localhost${path}`, init));
  const text = await response.text();
  await server.stop();
  return { response, text };
}

Deno.test("RequestRouter refuses methods that a route does not have", async () => {
  const allowed = async (path: string) => {
    const { response } = await answer(path, { method: "PUT" });
    return [response.status, response.headers.get("allow")];
  };
  assertEquals(await allowed("/app"), [405, "GET, HEAD"]);
  assertEquals(await allowed("/app/autoload.js"), [405, "GET, HEAD, OPTIONS"]);
  assertEquals(await allowed("/app/ws"), [405, "GET"]);
  assertEquals(await allowed("/static/js/bokeh.min.js"), [405, "GET, HEAD"]);
  assertEquals(await allowed("/embed.js"), [405, "GET, HEAD"]);
});

Deno.test("RequestRouter answers preflight requests for routes that pages of other origins may read", async () => {
  const options = { extraWebsocketOrigins: ["listed.example"] };
  for (const path of ["/app/autoload.js", "/app/embed.json", `/app/files/${"k".repeat(22)}.0.${"S".repeat(22)}`]) {
    const init = { method: "OPTIONS", headers: { origin: "http://listed.example" } };
    const { response } = await answer(path, init, undefined, options);
    assertEquals(
      [response.status, response.headers.get("access-control-allow-origin")],
      [200, "http://listed.example"],
      path,
    );
  }
});

Deno.test("RequestRouter answers with the status and the reason of a refusal", async () => {
  const { response, text } = await answer("/app?bokeh-token=garbage");
  assertEquals([response.status, response.statusText], [403, "Invalid token or session ID"]);
  assertStringIncludes(text, "Invalid token or session ID");
});

Deno.test("RequestRouter lets pages of other origins read a refusal, for autoload.js as a script that logs it", async () => {
  const json = await answer("/app/embed.json?bokeh-token=garbage");
  assertEquals([json.response.status, json.response.headers.get("access-control-allow-origin")], [403, "*"]);
  const script = await answer("/app/autoload.js");
  assertEquals(script.response.headers.get("content-type"), "application/javascript; charset=utf-8");
  assertEquals([script.response.status, script.response.headers.get("access-control-allow-origin")], [400, "*"]);
  const logged: string[] = [];
  new Function("console", script.text)({ error: (text: string) => logged.push(text) });
  assertEquals(logged, ["Cannot show a Bokeh application: 400 No bokeh-autoload-element query parameter"]);
});

Deno.test("RequestRouter shows why an application failed only in development", async () => {
  const fail = () => Promise.reject(new Error("a <secret>"));
  for (const path of ["/app", "/app/embed.json"]) {
    const { response, text } = await answer(path, {}, fail);
    assertEquals(response.status, 500);
    assert(!text.includes("secret"));
  }
  const { response, text } = await answer("/app", {}, fail, { development: true });
  assertEquals(response.status, 500);
  assertStringIncludes(text, "a &lt;secret&gt;");
});
