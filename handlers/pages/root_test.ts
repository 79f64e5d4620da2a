import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Application } from "../../application/application.ts";
import type { Metadata } from "../../application/application_options.ts";
import { testApplication, testConfig } from "../handler_test_support.ts";
import { handleMetadata } from "./metadata.ts";
import { handleRoot, type RootContext } from "./root.ts";

type MetadataSource = Metadata | (() => Metadata | Promise<Metadata>) | undefined;

function rootContext(apps: Record<string, MetadataSource>, more: Partial<RootContext> = {}): RootContext {
  return {
    config: testConfig({ prefix: "/pre" }),
    url: new URL("http://host/pre/?a=1"),
    apps: Object.entries(apps).map(([path, metadata]) =>
      testApplication(path, new Application(() => {}, { metadata }))
    ),
    redirects: true,
    template: undefined,
    ...more,
  };
}

const REQUEST = new Request("http://host/pre/?a=1");

Deno.test("handleRoot lists the applications with their metadata, ordered by name", async () => {
  const context = rootContext({ "/b": { title: "<Bees>", description: "About bees" }, "/a": undefined });
  const html = await (await handleRoot(REQUEST, context)).text();
  const links = [...html.matchAll(/<a href="(\/pre\/\w+)">(\w+)<\/a>/g)].map(([, url, name]) => [url, name]);
  assertEquals(links, [["/pre/a", "a"], ["/pre/b", "b"]]);
  assertStringIncludes(html, "&lt;Bees&gt;");
  assertStringIncludes(html, "About bees");
  assert(!/https?:\/\//.test(html), "the page must work without a network");
});

Deno.test("handleRoot redirects to the only application, with the query", async () => {
  const response = await handleRoot(REQUEST, rootContext({ "/a": undefined }));
  assertEquals([response.status, response.headers.get("location")], [302, "/pre/a?a=1"]);
});

Deno.test("handleRoot neither links nor redirects to a path with variables", async () => {
  const response = await handleRoot(REQUEST, rootContext({ "/user/:id": { title: "Users" } }));
  assertEquals(response.status, 200);
  const html = await response.text();
  assertStringIncludes(html, "<b>Users</b><span>user/:id</span>");
  assert(!html.includes("<a "));
});

Deno.test("handleRoot lists a single application if it must not redirect", async () => {
  assertEquals((await handleRoot(REQUEST, rootContext({ "/a": undefined }, { redirects: false }))).status, 200);
});

Deno.test("handleRoot renders the template of an index", async () => {
  const template = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(template, "{% for item in items %}[{{ prefix }}{{ item }}]{% endfor %}");
    const response = await handleRoot(REQUEST, rootContext({ "/b": undefined, "/a": undefined }, { template }));
    assertEquals(await response.text(), "[/pre/a][/pre/b]");
  } finally {
    await Deno.remove(template);
  }
});

Deno.test("handleMetadata returns the path and the data, which can be the result of a function", async () => {
  const metadata = async (source: MetadataSource) => {
    const context = rootContext({ "/a": source });
    const response = await handleMetadata(REQUEST, { ...context, app: context.apps[0]! });
    assertEquals(response.headers.get("content-type"), "application/json");
    return await response.json();
  };
  assertEquals(await metadata(undefined), { url: "/a", data: {} });
  assertEquals(await metadata({ hi: "there" }), { url: "/a", data: { hi: "there" } });
  assertEquals(await metadata(() => Promise.resolve({ n: 1 })), { url: "/a", data: { n: 1 } });
});
