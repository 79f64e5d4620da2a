import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { serverDocument, serverSession } from "./server_embed.ts";

/**
 * The request that the script of an element sends. The random id of the element is replaced by `ID`
 * in its URL.
 */
interface AutoloadRequest {
  url: string;
  headers: Record<string, string>;
  credentials: boolean;
}

/**
 * Runs the script of an element with a double of XMLHttpRequest, and returns the request that it
 * sends.
 */
function requestOf(tag: string): AutoloadRequest {
  const [, id, script] = /^<script id="([^"]+)">(.*)<\/script>\s*$/s.exec(tag)!;
  const requests: AutoloadRequest[] = [];
  class FakeRequest {
    withCredentials = false;
    #url = "";
    readonly #headers: Record<string, string> = {};

    open(_method: string, url: string): void {
      this.#url = url.replace(id!, "ID");
    }

    setRequestHeader(name: string, value: string): void {
      this.#headers[name] = value;
    }

    send(): void {
      requests.push({ url: this.#url, headers: this.#headers, credentials: this.withCredentials });
    }
  }
  new Function("XMLHttpRequest", script!)(FakeRequest);
  assertEquals(requests.length, 1);
  return requests[0]!;
}

/** Returns the request of an element that Python's Bokeh has made. */
async function requestOfBokeh(name: string): Promise<AutoloadRequest> {
  return requestOf(await Deno.readTextFile(new URL(`../../tests/fixtures/embed/${name}.html`, import.meta.url)));
}

Deno.test("serverDocument sends the same request as Bokeh's", async () => {
  const url = "http://localhost:5006/sliders";
  assertEquals(requestOf(serverDocument({ url, arguments: { a: "1 2" } })), await requestOfBokeh("server_document"));
});

Deno.test("serverDocument sends the same credentials and headers as Bokeh's", async () => {
  assertEquals(
    requestOf(serverDocument({ url: "https://h.example/pre/sliders/", withCredentials: true })),
    await requestOfBokeh("server_document_credentials"),
  );
  const options = { url: "http://localhost:5006/sliders", relativeUrls: true, resources: null, headers: { X: "y" } };
  assertEquals(requestOf(serverDocument(options)), await requestOfBokeh("server_document_headers"));
});

Deno.test("serverSession sends the same request as Bokeh's", async () => {
  const options = { sessionId: "the-session-id", url: "http://localhost:5006/sliders" };
  assertEquals(requestOf(serverSession(options)), await requestOfBokeh("server_session"));
});

Deno.test("serverDocument accepts a URL alone, and has a default URL", () => {
  assertStringIncludes(serverDocument("http://h/a"), "http://h/a/autoload.js?");
  const { url } = requestOf(serverDocument());
  assertStringIncludes(url, "http://localhost:5006/autoload.js?");
  assert(!url.includes("bokeh-app-path"));
});

Deno.test("serverDocument accepts the path of an application on the page's host", () => {
  assertEquals(
    requestOf(serverDocument("/apps/a")).url,
    "/apps/a/autoload.js?bokeh-autoload-element=ID&bokeh-app-path=/apps/a",
  );
});

Deno.test("serverDocument leaves out arguments with reserved names", () => {
  const { url } = requestOf(serverDocument({ arguments: { "bokeh-session-id": "x", n: "1" } }));
  assert(!url.includes("session-id") && url.endsWith("&n=1"));
});

Deno.test("serverDocument rejects URLs of websockets, and headers together with credentials", () => {
  assertThrows(() => serverDocument("ws://h/app"), TypeError, "websocket");
  assertThrows(() => serverDocument({ headers: { a: "b" }, withCredentials: true }), TypeError, "withCredentials");
  assertThrows(() => serverSession({ sessionId: "" }), TypeError, "sessionId");
});

Deno.test("serverDocument escapes options so that none of them ends the script", () => {
  const evil = "</script><script>alert(1)</script>";
  const tag = serverDocument({ url: `http://h/${evil}`, headers: { [`x${evil}`]: evil }, arguments: { [evil]: evil } });
  assertEquals(tag.split("</script>").length, 2);
});
