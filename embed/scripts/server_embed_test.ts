import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { serverDocument, serverSession } from "./server_embed.ts";

/** What the script of a tag asks for, with the id of the element left out. */
function requestOf(tag: string): { url: string; headers: string[][]; credentials: boolean } {
  const [, id] = /^<script id="([^"]+)">/.exec(tag)!;
  const url: string = JSON.parse(/open\(.GET., (".*?"), true\)/.exec(tag)![1]!);
  const headers = [...tag.matchAll(/setRequestHeader\((".*?"), (".*?")\)/g)]
    .map(([, name, value]) => [JSON.parse(name!), JSON.parse(value!)]);
  return { url: url.replace(id!, "ID"), headers, credentials: tag.includes("xhr.withCredentials = true") };
}

/** As {@linkcode requestOf}, of a tag that Bokeh made. */
async function fixture(name: string): Promise<ReturnType<typeof requestOf>> {
  return requestOf(await Deno.readTextFile(new URL(`../../tests/fixtures/embed/${name}.html`, import.meta.url)));
}

Deno.test("serverDocument asks for what Bokeh's asks for", async () => {
  const url = "http://localhost:5006/sliders";
  assertEquals(requestOf(serverDocument({ url, arguments: { a: "1 2" } })), await fixture("server_document"));
});

Deno.test("serverDocument asks with credentials, and with headers, as Bokeh's does", async () => {
  assertEquals(
    requestOf(serverDocument({ url: "https://h.example/pre/sliders/", withCredentials: true })),
    await fixture("server_document_credentials"),
  );
  const options = { url: "http://localhost:5006/sliders", relativeUrls: true, resources: null, headers: { X: "y" } };
  assertEquals(requestOf(serverDocument(options)), await fixture("server_document_headers"));
});

Deno.test("serverSession asks for the session, as Bokeh's does", async () => {
  const options = { sessionId: "the-session-id", url: "http://localhost:5006/sliders" };
  assertEquals(requestOf(serverSession(options)), await fixture("server_session"));
});

Deno.test("serverDocument takes a mere URL, and none for the usual one", () => {
  assertStringIncludes(serverDocument("http://h/a"), "http://h/a/autoload.js?");
  const { url } = requestOf(serverDocument());
  assertStringIncludes(url, "http://localhost:5006/autoload.js?");
  assert(!url.includes("bokeh-app-path"));
});

Deno.test("serverDocument takes the path of an application of the page's own host", () => {
  assertEquals(
    requestOf(serverDocument("/apps/a")).url,
    "/apps/a/autoload.js?bokeh-autoload-element=ID&bokeh-app-path=/apps/a",
  );
});

Deno.test("serverDocument leaves out arguments that are Bokeh's own", () => {
  const { url } = requestOf(serverDocument({ arguments: { "bokeh-session-id": "x", n: "1" } }));
  assert(!url.includes("session-id") && url.endsWith("&n=1"));
});

Deno.test("serverDocument refuses websockets' URLs, and headers with credentials", () => {
  assertThrows(() => serverDocument("ws://h/app"), TypeError, "websocket");
  assertThrows(() => serverDocument({ headers: { a: "b" }, withCredentials: true }), TypeError, "withCredentials");
  assertThrows(() => serverSession({ sessionId: "" }), TypeError, "sessionId");
});

Deno.test("serverDocument lets no option end its script", () => {
  const evil = "</script><script>alert(1)</script>";
  const tag = serverDocument({ url: `http://h/${evil}`, headers: { [`x${evil}`]: evil }, arguments: { [evil]: evil } });
  assertEquals(tag.split("</script>").length, 2);
});
