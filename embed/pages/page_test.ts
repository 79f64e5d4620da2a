import { assertEquals, assertStringIncludes } from "@std/assert";
import { type PageOptions, renderPage } from "./page.ts";

const SCRIPTS = [{ src: "/static/js/bokeh.min.js" }];

function page(options: Partial<PageOptions>): string {
  return renderPage({
    title: "",
    scripts: SCRIPTS,
    logLevel: "info",
    docs: {},
    renderItems: [],
    roots: [],
    ...options,
  });
}

Deno.test("renderPage fills in the title, documents, roots and items of each page", () => {
  const pages = ["a", "b"].map((id) =>
    page({
      title: `<${id}>`,
      docs: { [id]: `doc ${id}` },
      renderItems: [{ docid: id }],
      roots: [{ id: `root-${id}`, elementid: `element-${id}`, name: null, tags: [] }],
    })
  );
  const expected = (
    id: string,
  ) => [`<title>&lt;${id}&gt;</title>`, `"doc ${id}"`, `"docid":"${id}"`, `id="element-${id}"`];
  for (const text of expected("a")) assertStringIncludes(pages[0]!, text);
  for (const text of expected("b")) assertStringIncludes(pages[1]!, text);
});

Deno.test("renderPage adds the nonce to every script and style, or to none", () => {
  for (const nonce of ["first", "second"]) {
    const tags = page({ nonce, lateScripts: [{ src: "/late.js" }] }).match(/<(?:script|style)[^>]*>/g)!;
    const bare = tags.filter((tag) => !tag.includes(` nonce="${nonce}"`));
    assertEquals(bare.map((tag) => tag.replace(/id=".*"/, "")), ['<script type="application/json" >']);
  }
  assertEquals(page({}).includes("nonce"), false);
});

Deno.test("renderPage includes the script of connections only for sessions", () => {
  const includes = (options: Partial<PageOptions>) => page(options).includes("bokeh-session-gone");
  assertEquals(
    [includes({ renderItems: [{ token: "t" }] }), includes({}), includes({ renderItems: [{ token: "t" }] })],
    [
      true,
      false,
      true,
    ],
  );
});

Deno.test("renderPage shows a session whose roots are not known in an element of its own", () => {
  const session = { token: "t", roots: {}, root_ids: [] };
  assertStringIncludes(page({ renderItems: [session] }), '"elementid":"bokeh-document"');
  const known = { token: "t", roots: { a: "b" }, root_ids: ["a"] };
  assertEquals(page({ renderItems: [known] }).includes('"elementid"'), false);
});

Deno.test("renderPage adds the hash of each script for which it is known", () => {
  const scripts = [{ src: "/a.js", integrity: "sha384-abc+/=" }, { src: "/b.js" }];
  const text = page({ scripts });
  assertStringIncludes(text, '<script src="/a.js" integrity="sha384-abc+/=" crossorigin="anonymous"></script>');
  assertStringIncludes(text, '<script src="/b.js"></script>');
});
