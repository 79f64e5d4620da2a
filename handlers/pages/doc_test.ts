import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";
import { Div, Slider } from "../../models/mod.ts";
import { renderItemsOf, testContext, tokenOf, visiting } from "../../server/server_test_support.ts";
import { checkToken, generateToken } from "../../session/token.ts";
import { handleDoc } from "./doc.ts";

const SIGNING = { secretKey: "a key for tests", signed: true };

function sliders() {
  return testContext({
    fill: (doc) => {
      doc.add_root(new Slider({ start: 0, end: 1, value: 0 }));
      doc.add_root(new Div({ text: "second" }));
      doc.title = "Two <roots> & more";
    },
  });
}

Deno.test("handleDoc answers with a page that nobody keeps", async () => {
  const response = await handleDoc(...visiting(sliders()));
  const html = await response.text();
  assertEquals(response.status, 200);
  assertEquals(response.headers.get("cache-control"), "no-store");
  assertEquals(response.headers.get("x-content-type-options"), "nosniff");
  assert(response.headers.has("referrer-policy"));
  assertEquals(response.headers.get("content-length"), `${new TextEncoder().encode(html).length}`);
  assertStringIncludes(html, "<title>Two &lt;roots&gt; &amp; more</title>");
});

Deno.test("handleDoc calls a page of a document without a title as Bokeh does", async () => {
  const html = await (await handleDoc(...visiting(testContext({ fill: (doc) => void (doc.title = "") })))).text();
  assertStringIncludes(html, "<title>Bokeh Plot</title>");
});

Deno.test("handleDoc gives each root an element, in order", async () => {
  const html = await (await handleDoc(...visiting(sliders()))).text();
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

Deno.test("handleDoc opens a session that the page's token opens again", async () => {
  const context = sliders();
  const html = await (await handleDoc(...visiting(context))).text();
  const check = await checkToken(tokenOf(html));
  assert(check.ok && context.app.registry.get(check.sessionId) !== undefined);
});

Deno.test("handleDoc makes no session where the websocket does", async () => {
  const context = testContext({ config: { sessionCreation: "connect" } });
  const html = await (await handleDoc(...visiting(context))).text();
  assertEquals(context.app.registry.size, 0);
  assertEquals(renderItemsOf(html)[0]!["root_ids"], []);
  assert((await checkToken(tokenOf(html))).ok);
});

Deno.test("handleDoc puts the request into the token", async () => {
  const context = testContext({ hooks: { processRequest: () => ({ who: "ada" }) } });
  const init = { headers: { "x-mine": "yes", cookie: "c=d" } };
  const html = await (await handleDoc(...visiting(context, "?a=1&a=2", init))).text();
  const check = await checkToken(tokenOf(html));
  const payload = check.ok ? check.payload : {};
  assertEquals(payload.arguments?.["a"]?.map((value) => new TextDecoder().decode(value)), ["1", "2"]);
  assertEquals([payload.cookies?.["c"], payload.headers?.["x-mine"], payload["who"]], ["d", "yes", "ada"]);
});

Deno.test("handleDoc uses the session id that it is given, by argument or by header", async () => {
  for (
    const [query, init] of [["?bokeh-session-id=mine", {}], ["", { headers: { "bokeh-session-id": "mine" } }]] as const
  ) {
    const context = sliders();
    await handleDoc(...visiting(context, query, init));
    assert(context.app.registry.get("mine") !== undefined);
  }
});

Deno.test("handleDoc gives the page back the token that it is given", async () => {
  const context = sliders();
  const first = tokenOf(await (await handleDoc(...visiting(context))).text());
  const again = tokenOf(await (await handleDoc(...visiting(context, `?bokeh-token=${first}`))).text());
  assertEquals(again, first);
  assertEquals(context.app.registry.size, 1);
});

Deno.test("handleDoc takes an expired token back to a session that lives, and to no other", async () => {
  const context = sliders();
  const expired = (id: string) => generateToken(id, { expirationSeconds: -1 });
  await handleDoc(...visiting(context, "?bokeh-session-id=living"));
  const page = await handleDoc(...visiting(context, `?bokeh-token=${await expired("living")}`));
  assertEquals(tokenOf(await page.text()), await expired("living"));
  assertEquals((await handleDoc(...visiting(context, `?bokeh-token=${await expired("gone")}`))).status, 403);
  assertEquals(context.app.registry.size, 1);
});

Deno.test("handleDoc makes a session for each visitor", async () => {
  const context = sliders();
  const pages = await Promise.all([1, 2].map(async () => await (await handleDoc(...visiting(context))).text()));
  assertNotEquals(tokenOf(pages[0]!), tokenOf(pages[1]!));
  assertEquals(context.app.registry.size, 2);
});

Deno.test("handleDoc refuses sessions that are named wrongly, and says why", async () => {
  const header = { headers: { "bokeh-session-id": "b" } };
  const refusals: [query: string, init: RequestInit, config: object, reason: string][] = [
    ["?bokeh-session-id=a", header, {}, "session ID was provided as an argument and header"],
    ["?bokeh-token=t&bokeh-session-id=a", {}, {}, "Both token and session ID were provided"],
    ["?bokeh-token=t", header, {}, "Both token and session ID were provided"],
    ["", {}, { generateSessionIds: false }, "No bokeh-session-id provided"],
    ["?bokeh-token=garbage", {}, {}, "Invalid token or session ID"],
    ["?bokeh-session-id=", {}, {}, "Invalid token or session ID"],
    ["?bokeh-session-id=%ff", {}, {}, "Invalid token or session ID"],
    ["?bokeh-session-id=unsigned", {}, { signing: SIGNING }, "Invalid token or session ID"],
  ];
  for (const [query, init, config, reason] of refusals) {
    const context = testContext({ config });
    const response = await handleDoc(...visiting(context, query, init));
    assertEquals([response.status, response.statusText], [403, reason], query);
    assertStringIncludes(await response.text(), reason);
    assertEquals(context.app.registry.size, 0);
  }
});

Deno.test("handleDoc does not tell visitors why an application failed", async () => {
  const context = testContext({ fill: () => Promise.reject(new Error("a secret")) });
  const response = await handleDoc(...visiting(context));
  assertEquals(response.status, 500);
  assert(!(await response.text()).includes("secret"));
});

Deno.test("handleDoc tells developers why an application failed", async () => {
  const fill = () => Promise.reject(new Error("a <secret>"));
  const response = await handleDoc(...visiting(testContext({ fill, config: { development: true } })));
  assertEquals(response.status, 500);
  assertStringIncludes(await response.text(), "a &lt;secret&gt;");
});

Deno.test("handleDoc answers HEAD without a body and other methods with what it knows", async () => {
  const head = await handleDoc(...visiting(sliders(), "", { method: "HEAD" }));
  assertEquals([head.status, await head.text()], [200, ""]);
  const post = await handleDoc(...visiting(sliders(), "", { method: "POST" }));
  assertEquals([post.status, post.headers.get("allow")], [405, "GET, HEAD"]);
});

Deno.test("handleDoc lets no document write into its page", async () => {
  const context = testContext({
    fill: (doc) => {
      doc.title = '</title><script>alert(1)</script>"';
      doc.add_root(new Div({ text: "</script><script>alert(2)</script>" }));
    },
  });
  const html = await (await handleDoc(...visiting(context))).text();
  assert(!html.includes("<script>alert"));
});

Deno.test("handleDoc uses the application's template", async () => {
  const context = testContext({
    template: "{% extends base %}{% block contents %}<h1>{{ word }}</h1>{{ embed(roots.out) }}{% endblock %}",
    fill: (doc) => {
      doc.template_variables["word"] = "<hello>";
      doc.add_root(new Div({ name: "out", text: "" }));
    },
  });
  const html = await (await handleDoc(...visiting(context))).text();
  assertStringIncludes(html, "<h1>&lt;hello&gt;</h1>\n<div id=".replace("\n", ""));
  assertEquals(renderItemsOf(html).length, 1);
});
