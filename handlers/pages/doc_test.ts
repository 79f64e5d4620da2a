import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Div, Slider } from "../../models/mod.ts";
import type { AppContext } from "../context.ts";
import { pageRequest, renderItemsOf, testContext, tokenOf } from "../handler_test_support.ts";
import { handleDoc } from "./doc.ts";

function sliders(): AppContext {
  return testContext({
    fill: (doc) => {
      doc.add_root(new Slider({ start: 0, end: 1, value: 0 }));
      doc.add_root(new Div({ text: "second" }));
      doc.title = "Two <roots> & more";
    },
  });
}

async function page(context: AppContext): Promise<string> {
  return await (await handleDoc(...pageRequest(context))).text();
}

Deno.test("handleDoc returns a page that caches do not keep", async () => {
  const response = await handleDoc(...pageRequest(sliders()));
  const html = await response.text();
  assertEquals(response.status, 200);
  assertEquals(response.headers.get("cache-control"), "no-store");
  assertEquals(response.headers.get("x-content-type-options"), "nosniff");
  assert(response.headers.has("referrer-policy"));
  assertEquals(response.headers.get("content-length"), `${new TextEncoder().encode(html).length}`);
  assertStringIncludes(html, "<title>Two &lt;roots&gt; &amp; more</title>");
});

Deno.test("handleDoc uses Bokeh's title for a document without one", async () => {
  const html = await page(testContext({ fill: (doc) => void (doc.title = "") }));
  assertStringIncludes(html, "<title>Bokeh Plot</title>");
});

Deno.test("handleDoc gives each root an element, in order", async () => {
  const html = await page(sliders());
  const [item] = renderItemsOf(html);
  const roots = item!["roots"] as Record<string, string>;
  assertEquals(item!["root_ids"], Object.keys(roots));
  assertEquals(item!["use_for_title"], true);
  const places = Object.entries(roots).map(([id, element]) =>
    html.indexOf(`<div id="${element}" data-root-id="${id}"`)
  );
  assert(places.every((place) => place > 0));
  assertEquals(places, places.toSorted((a, b) => a - b));
});

Deno.test("handleDoc creates the session of the credentials and puts their token into the page", async () => {
  const context = sliders();
  const [request, page] = pageRequest(context, "", { credentials: { sessionId: "mine", token: "of-mine" } });
  const html = await (await handleDoc(request, page)).text();
  assertEquals(tokenOf(html), "of-mine");
  assert(context.app.registry.get("mine") !== undefined);
});

Deno.test("handleDoc creates no session that starts with its websocket", async () => {
  const context = sliders();
  const html = await (await handleDoc(...pageRequest(context, "", { startsWithPage: false }))).text();
  assertEquals(context.app.registry.size, 0);
  assertEquals(renderItemsOf(html)[0]!["root_ids"], []);
  assertEquals(tokenOf(html), "a-token");
});

Deno.test("handleDoc answers HEAD without a body", async () => {
  const head = await handleDoc(...pageRequest(sliders(), "", { method: "HEAD" }));
  assertEquals([head.status, await head.text()], [200, ""]);
});

Deno.test("handleDoc escapes what a document writes into its page", async () => {
  const context = testContext({
    fill: (doc) => {
      doc.title = '</title><script>alert(1)</script>"';
      doc.add_root(new Div({ text: "</script><script>alert(2)</script>" }));
    },
  });
  assert(!(await page(context)).includes("<script>alert"));
});

Deno.test("handleDoc uses the application's template", async () => {
  const context = testContext({
    template: "{% extends base %}{% block contents %}<h1>{{ word }}</h1>{{ embed(roots.out) }}{% endblock %}",
    fill: (doc) => {
      doc.template_variables["word"] = "<hello>";
      doc.add_root(new Div({ name: "out", text: "" }));
    },
  });
  const html = await page(context);
  assertStringIncludes(html, "<h1>&lt;hello&gt;</h1>\n<div id=".replace("\n", ""));
  assertEquals(renderItemsOf(html).length, 1);
});
