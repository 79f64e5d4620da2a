import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Div } from "../../models/mod.ts";
import { renderItemsOf, testContext, visiting } from "../../server/server_test_support.ts";
import { handleAutoload } from "./autoload_js.ts";

const ELEMENT = "?bokeh-autoload-element=el-1";

async function script(query: string): Promise<string> {
  const response = await handleAutoload(...visiting(testContext(), query));
  assertEquals(response.status, 200);
  const text = await response.text();
  new Function(text);
  return text;
}

function urlsIn(text: string): string[] {
  return JSON.parse(/const js_urls = (\[.*?\]);/.exec(text)![1]!);
}

Deno.test("handleAutoload answers with a script for the element", async () => {
  const text = await script(`${ELEMENT}&bokeh-app-path=/app&bokeh-absolute-url=http://apps.example:9/app`);
  const [item] = renderItemsOf(text);
  assertEquals([item!["elementid"], item!["use_for_title"]], ["el-1", false]);
  assertStringIncludes(text, 'document.getElementById("el-1")');
  assertStringIncludes(text, 'embed_items(docs_json, render_items, "/app", "http://apps.example:9/app")');
  assert(urlsIn(text).every((url) => url.startsWith("http://apps.example:9/static/js/")));
});

Deno.test("handleAutoload loads scripts by relative URLs without an absolute one, and none where none are wanted", async () => {
  assert(urlsIn(await script(ELEMENT)).every((url) => url.startsWith("/static/js/")));
  assertEquals(urlsIn(await script(`${ELEMENT}&resources=none`)), []);
});

Deno.test("handleAutoload takes the last of several arguments, and none for an empty path", async () => {
  const text = await script("?bokeh-autoload-element=first&bokeh-autoload-element=%20last%20&bokeh-app-path=");
  assertEquals(renderItemsOf(text)[0]!["elementid"], "last");
  assertStringIncludes(text, "embed_items(docs_json, render_items)");
});

Deno.test("handleAutoload loads MathJax first for documents with formulas only", async () => {
  const text = (fill: string) => testContext({ fill: (doc) => void doc.add_root(new Div({ text: fill })) });
  const urls = async (fill: string) =>
    urlsIn(await (await handleAutoload(...visiting(text(fill), ELEMENT))).text()).join();
  assertStringIncludes(await urls("$$x^2$$"), "mathjax");
  assert(!(await urls("no formula: 2 $")).includes("mathjax"));
});

Deno.test("handleAutoload lets no argument write into its script", async () => {
  const evil = encodeURIComponent(`"'\\\n</script><script>\u2028alert(1)//`);
  const text = await script(`?bokeh-autoload-element=${evil}&bokeh-app-path=${evil}`);
  assert(!text.includes("</script>") && !text.includes("\u2028"));
});

Deno.test("handleAutoload refuses by a script that says why, for it is run all the same", async () => {
  const response = await handleAutoload(...visiting(testContext(), ""));
  assertEquals(response.headers.get("content-type"), "application/javascript; charset=utf-8");
  const said: string[] = [];
  new Function("console", await response.text())({ error: (text: string) => said.push(text) });
  assertEquals(said, ["Cannot show a Bokeh application: 400 No bokeh-autoload-element query parameter"]);
});

Deno.test("handleAutoload refuses what scripts cannot be loaded from", async () => {
  for (const url of ["javascript:alert(1)", "//evil.example", "http://[bad", "data:x", "ftp://h/", "http:"]) {
    const query = `${ELEMENT}&bokeh-absolute-url=${encodeURIComponent(url)}`;
    assertEquals((await handleAutoload(...visiting(testContext(), query))).status, 400, url);
  }
});

Deno.test("handleAutoload needs an element", async () => {
  const response = await handleAutoload(...visiting(testContext()));
  assertEquals([response.status, response.statusText], [400, "No bokeh-autoload-element query parameter"]);
});

Deno.test("handleAutoload may be read by everybody, with credentials by whom it trusts", async () => {
  const cors = async (origin: string | undefined, method = "GET") => {
    const headers = origin === undefined ? {} : { origin };
    const response = await handleAutoload(...visiting(testContext(), ELEMENT, { method, headers }));
    await response.body?.cancel();
    return [response.status, response.headers.get("access-control-allow-origin"), response.headers.get("vary")];
  };
  assertEquals(await cors(undefined), [200, "*", null]);
  assertEquals(await cors("http://evil.example"), [200, "*", null]);
  assertEquals(await cors("http://listed.example"), [200, "http://listed.example", "Origin"]);
  assertEquals(await cors("http://listed.example", "OPTIONS"), [200, "http://listed.example", "Origin"]);
  assertEquals(await cors(undefined, "OPTIONS"), [200, "*", null]);
});

Deno.test("handleAutoload tells of refusals across origins", async () => {
  const init = { headers: { "bokeh-session-id": "b" } };
  const response = await handleAutoload(...visiting(testContext(), `${ELEMENT}&bokeh-session-id=a`, init));
  assertEquals([response.status, response.headers.get("access-control-allow-origin")], [403, "*"]);
});
