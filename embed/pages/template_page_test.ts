import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { renderTemplate, renderTemplatePage } from "./template_page.ts";

Deno.test("renderTemplate fills variables in", () => {
  assertEquals(
    renderTemplate("{{ title }}: {{ items | length }}", { title: "<Index>", items: [1, 2] }),
    "&lt;Index&gt;: 2",
  );
});

Deno.test("renderTemplate reports the position of an error", () => {
  assertThrows(
    () => renderTemplate("<h1>\n{{ title( }}", {}),
    SyntaxError,
    'Cannot render the template at line 2, column 11: unexpected "}}"',
  );
  assertThrows(
    () => renderTemplate("{{ embed(roots.sales) }}", { roots: [] }),
    SyntaxError,
    "Cannot embed the root sales: the document has no such root",
  );
  assertThrows(() => renderTemplate("{{ embed(7) }}", {}), SyntaxError, "it is not a root of the document");
});

Deno.test("renderTemplatePage reports a root that the document does not have", () => {
  const root = { id: "p1", elementid: "e1", name: "sales", tags: [] };
  const options = { title: "", logLevel: "info", scripts: [], docs: {}, renderItems: [], roots: [root] };
  const cases = {
    "{{ embed(roots.sale) }}":
      "line 1: Cannot embed the root sale: the document has no such root, similar ones are sales",
    "{% from macros import embed %}\n{{ embed(roots.costs) }}":
      "Cannot embed the root costs: the document has no such root",
    "{{ embed(roots[3]) }}": "Cannot embed the root item 3: the document has no such root",
    "{{ embed(doc.roots['sale']) }}":
      "Cannot embed the root sale: the document has no such root, similar ones are sales",
  };
  for (const [template, message] of Object.entries(cases)) {
    assertThrows(() => renderTemplatePage({ template, variables: {} }, options), SyntaxError, message);
  }
});

Deno.test("renderTemplatePage loads templates that are included, imported and extended", () => {
  const others = {
    "base.html": "<{% block main %}{% endblock %}>",
    "parts/card.html": "{% macro card(text) %}[{{ text }}]{% endmacro %}",
    "part.html": "{{ who }}",
  };
  const template = '{% extends "base.html" %}{% from "parts/card.html" import card %}' +
    '{% block main %}{{ card("one") }} {% include "part.html" %}{% endblock %}';
  const page = { title: "", logLevel: "info", scripts: [], docs: {}, renderItems: [], roots: [] };
  assertEquals(renderTemplatePage({ template, variables: { who: "Ada" }, others }, page), "<[one] Ada>");
  assertThrows(() => renderTemplatePage({ template, variables: {} }, page), SyntaxError, "base.html");
});

Deno.test("renderTemplatePage embeds the roots in a template that extends base", () => {
  const root = { id: "p1", elementid: "e1", name: null, tags: [] };
  const options = { title: "", logLevel: "info", scripts: [], docs: {}, renderItems: [], roots: [root] };
  const template = "{% extends base %}{% block inner_body %}<h1>Sales</h1>{{ super() }}{% endblock %}";
  assertStringIncludes(renderTemplatePage({ template, variables: {} }, options), 'data-root-id="p1"');
});

Deno.test("renderTemplatePage provides the parts of a page to a template that extends nothing", () => {
  const root = { id: "p1", elementid: "e1", name: "x", tags: [] };
  const options = {
    title: "T",
    logLevel: "info",
    scripts: [{ src: "/x.js" }],
    docs: {},
    renderItems: [],
    roots: [root],
  };
  const page = (template: string) => renderTemplatePage({ template, variables: {} }, options);
  assertEquals(page("{{ plot_div }}"), '<div id="e1" data-root-id="p1" style="display: contents;"></div>');
  assertStringIncludes(page("{{ bokeh_css }}"), "<style>");
  assertStringIncludes(page("{{ bokeh_js }}"), '<script src="/x.js">');
  assertStringIncludes(page("{{ plot_script }}"), "embed_items");
});

Deno.test("renderTemplate formats numbers and JSON as Jinja does", () => {
  const variables = { price: -3.14159, n: 7, data: { a: "</script>" }, list: [3, 1, 3] };
  const filled = (template: string) => renderTemplate(template, variables);
  assertEquals(filled('{{ "%.2f|%05d|%-3s|%+d|100%%" | format(price, n, "a", n) }}'), "-3.14|00007|a  |+7|100%");
  assertEquals(filled("{{ data | tojson }}"), '{"a": "\\u003c/script\\u003e"}');
  assertEquals(filled("{{ list | min }} {{ list | max }} {{ list | unique | join }}"), "1 3 31");
});
