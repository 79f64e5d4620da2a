import { assertEquals } from "@std/assert";
import { renderTemplate } from "./template_page.ts";
import { fromTornado, PYTHON_FUNCTIONS } from "./tornado_template.ts";

const VARIABLES = { ...PYTHON_FUNCTIONS, items: ["/one", "/two_a"], prefix: "/p", html: "<i>" };

Deno.test("fromTornado converts a Tornado template to Jinja", () => {
  const cases = {
    "{% for item in items %}<a href={{ prefix }}{{ item }}>{{ item[1:] }}</a>{% end %}":
      "<a href=/p/one>one</a><a href=/p/two_a>two_a</a>",
    "{% for item in items %}{% if item == '/one' %}[{{ item[1:3] }}]{% else %}-{% end %}{% end %}": "[on]-",
    "{% if len(items) > 1 %}{{ len(items) }}{% end %}{{ items[:1] | join }}": "2/one",
    "{% for i, item in enumerate(sorted(items)) %}{{ i }}{{ item[1:].replace('_', ' ').title() }}{% end %}":
      "0One1Two A",
    "{% set x = items[0].strip('/') %}{{ x.upper() }}{{ items[1].rstrip('a_').lstrip('/') }}{{ items[0].endswith('e') }}":
      "ONEtwoTrue",
    "{% comment of mine %}{{ html }}{% raw html %}": "&lt;i&gt;<i>",
  };
  for (const [template, text] of Object.entries(cases)) {
    assertEquals(renderTemplate(fromTornado(template), VARIABLES), text);
  }
});

Deno.test("fromTornado returns a Jinja template unchanged", () => {
  const template =
    "{%- for item in items -%}{{ item | title }}{% if a[0] %}{% endif %}{%- endfor %}{% raw %}{{ x }}{% endraw %}";
  assertEquals(fromTornado(template), template);
});
