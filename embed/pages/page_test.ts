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

Deno.test("renderPage gives each page its own title, documents, roots and items", () => {
  const pages = ["a", "b"].map((id) =>
    page({
      title: `<${id}>`,
      docs: { [id]: `doc ${id}` },
      renderItems: [{ docid: id }],
      roots: [{ id: `root-${id}`, elementid: `element-${id}`, name: null, tags: [] }],
    })
  );
  const own = (id: string) => [`<title>&lt;${id}&gt;</title>`, `"doc ${id}"`, `"docid":"${id}"`, `id="element-${id}"`];
  for (const text of own("a")) assertStringIncludes(pages[0]!, text);
  for (const text of own("b")) assertStringIncludes(pages[1]!, text);
});

Deno.test("renderPage has a nonce on every script and style, or none on any", () => {
  for (const nonce of ["first", "second"]) {
    const tags = page({ nonce, lateScripts: [{ src: "/late.js" }] }).match(/<(?:script|style)[^>]*>/g)!;
    const bare = tags.filter((tag) => !tag.includes(` nonce="${nonce}"`));
    assertEquals(bare.map((tag) => tag.replace(/id=".*"/, "")), ['<script type="application/json" >']);
  }
  assertEquals(page({}).includes("nonce"), false);
});

Deno.test("renderPage watches for the end of a session only where there is one", () => {
  const watches = (options: Partial<PageOptions>) => page(options).includes("bokeh-session-gone");
  assertEquals([watches({ renderItems: [{ token: "t" }] }), watches({}), watches({ renderItems: [{ token: "t" }] })], [
    true,
    false,
    true,
  ]);
});

Deno.test("renderPage states the hash of each script that it knows it of", () => {
  const scripts = [{ src: "/a.js", integrity: "sha384-abc+/=" }, { src: "/b.js" }];
  const text = page({ scripts });
  assertStringIncludes(text, '<script src="/a.js" integrity="sha384-abc+/=" crossorigin="anonymous"></script>');
  assertStringIncludes(text, '<script src="/b.js"></script>');
});
