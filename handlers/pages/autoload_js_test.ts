import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { Div } from "../../models/mod.ts";
import { pageRequest, renderItemsOf, testContext } from "../handler_test_support.ts";
import { Refusal } from "../http/refusal.ts";
import { handleAutoload } from "./autoload_js.ts";

const ELEMENT = "?bokeh-autoload-element=el-1";

async function script(query: string): Promise<string> {
  const response = await handleAutoload(...pageRequest(testContext(), query));
  assertEquals(response.status, 200);
  const text = await response.text();
  new Function(text);
  return text;
}

function urlsIn(text: string): string[] {
  return JSON.parse(/const js_urls = (\[.*?\]);/.exec(text)![1]!);
}

Deno.test("handleAutoload returns a script for the element", async () => {
  const text = await script(`${ELEMENT}&bokeh-app-path=/app&bokeh-absolute-url=http://apps.example:9/app`);
  const [item] = renderItemsOf(text);
  assertEquals([item!["elementid"], item!["use_for_title"]], ["el-1", false]);
  assertStringIncludes(text, 'document.getElementById("el-1")');
  assertStringIncludes(text, 'embed_items(docs_json, render_items, "/app", "http://apps.example:9/app")');
  assert(urlsIn(text).every((url) => url.startsWith("http://apps.example:9/static/js/")));
});

Deno.test("handleAutoload loads scripts by relative URLs if it gets no absolute URL, and none for resources=none", async () => {
  assert(urlsIn(await script(ELEMENT)).every((url) => url.startsWith("/static/js/")));
  assertEquals(urlsIn(await script(`${ELEMENT}&resources=none`)), []);
});

Deno.test("handleAutoload uses the last of several values of an argument, and no path for an empty one", async () => {
  const text = await script("?bokeh-autoload-element=first&bokeh-autoload-element=%20last%20&bokeh-app-path=");
  assertEquals(renderItemsOf(text)[0]!["elementid"], "last");
  assertStringIncludes(text, "embed_items(docs_json, render_items)");
});

Deno.test("handleAutoload loads MathJax first only for documents with formulas", async () => {
  const text = (fill: string) => testContext({ fill: (doc) => void doc.add_root(new Div({ text: fill })) });
  const urls = async (fill: string) =>
    urlsIn(await (await handleAutoload(...pageRequest(text(fill), ELEMENT))).text()).join();
  assertStringIncludes(await urls("$$x^2$$"), "mathjax");
  assert(!(await urls("no formula: 2 $")).includes("mathjax"));
});

Deno.test("handleAutoload escapes arguments in its script", async () => {
  const evil = encodeURIComponent(`"'\\\n</script><script>\u2028alert(1)//`);
  const text = await script(`?bokeh-autoload-element=${evil}&bokeh-app-path=${evil}`);
  assert(!text.includes("</script>") && !text.includes("\u2028"));
});

Deno.test("handleAutoload refuses URLs from which scripts cannot be loaded", async () => {
  for (const url of ["javascript:alert(1)", "//evil.example", "http://[bad", "data:x", "ftp://h/", "http:"]) {
    const query = `${ELEMENT}&bokeh-absolute-url=${encodeURIComponent(url)}`;
    const refusal = await assertRejects(() => handleAutoload(...pageRequest(testContext(), query)), Refusal);
    assertEquals(refusal.status, 400, url);
  }
});

Deno.test("handleAutoload refuses requests without an element", async () => {
  const refusal = await assertRejects(() => handleAutoload(...pageRequest(testContext())), Refusal);
  assertEquals([refusal.status, refusal.message], [400, "No bokeh-autoload-element query parameter"]);
});

Deno.test("handleAutoload lets every origin read, and allowed ones send credentials", async () => {
  const cors = async (origin: string | undefined) => {
    const headers = origin === undefined ? {} : { origin };
    const response = await handleAutoload(...pageRequest(testContext(), ELEMENT, { headers }));
    await response.body?.cancel();
    return [response.headers.get("access-control-allow-origin"), response.headers.get("vary")];
  };
  assertEquals(await cors(undefined), ["*", null]);
  assertEquals(await cors("http://evil.example"), ["*", null]);
  assertEquals(await cors("http://listed.example"), ["http://listed.example", "Origin"]);
});
