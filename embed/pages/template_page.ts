/**
 * Pages that an application's template defines.
 *
 * @module
 */

import { suggest } from "../../models/diagnostics/suggest.ts";
import { html } from "../escape.ts";
import { parse, render, type RenderOptions } from "../jinja/engine.ts";
import { Markup, Undefined } from "../jinja/types.ts";
import { type PageOptions, type PageParts, pageParts } from "./page.ts";
import { embedElement, type RootElement } from "../render_item.ts";

/**
 * The template `base`, which templates can extend. Its blocks are those of Bokeh's template
 * `file.html`.
 */
const BASE = `<!DOCTYPE html>
<html lang="en">
{% block head %}<head>
{% block inner_head %}<meta charset="utf-8">
<title>{% block title %}{{ title }}{% endblock %}</title>
{{ bokeh_icon }}{% block preamble %}{% endblock %}
{% block resources %}{% block css_resources %}{{ bokeh_css }}{% endblock %}
{% block js_resources %}{{ bokeh_js }}{% endblock %}{% endblock %}
{% block postamble %}{% endblock %}{% endblock %}
</head>{% endblock %}
{% block body %}<body>
{% block inner_body %}{% block contents %}{% for doc in docs %}{% for root in doc.roots %}
{% block root scoped %}{{ embed(root) }}{% endblock %}{% endfor %}{% endfor %}{% endblock %}
{{ plot_script }}{% endblock %}
</body>{% endblock %}
</html>
`;

const MACROS = "{% macro embed(root) %}{{ element(root) }}{% endmacro %}";

/**
 * Templates that every template can use. The prefix distinguishes them from files of the
 * application.
 */
const TEMPLATES: Templates = { "bokeh:base": BASE, "bokeh:macros": MACROS };

/** Texts of templates by name: their paths below the application's folder of templates. */
type Templates = Readonly<Record<string, string>>;

/** An application's template with its variables. */
interface PageTemplate {
  /** Text of the Jinja template. */
  readonly template: string;
  /** Variables of the application. They take precedence over Bokeh's. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Templates that this one may include, import or extend. */
  readonly others?: Templates | undefined;
}

/**
 * Renders the page of an application's template, with the variables of Bokeh's templates and those
 * of the application.
 *
 * @throws {SyntaxError} If the template cannot be parsed or rendered. The message has the line.
 */
export function renderTemplatePage({ template, variables, others = {} }: PageTemplate, options: PageOptions): string {
  const parts = pageParts(options);
  return render(template, {
    variables: { ...templateVariables(parts), nonce: options.nonce, ...variables },
    functions: functionsFor(parts.roots),
    load: loader(others),
  });
}

/**
 * Renders a template with no other variables than these, for pages without a document such as the
 * index.
 *
 * @throws {SyntaxError} If the template cannot be parsed or rendered. The message has the line.
 */
export function renderTemplate(template: string, variables: Readonly<Record<string, unknown>>): string {
  return render(template, { variables, functions: functionsFor([]), load: loader({}) });
}

/**
 * Checks a template before the first page is requested.
 *
 * @throws {SyntaxError} If the template cannot be parsed. The message has line and column.
 */
export function checkTemplate(template: string): void {
  parse(template);
}

function loader(others: Templates): NonNullable<RenderOptions["load"]> {
  return (name) => [others, TEMPLATES].find((templates) => Object.hasOwn(templates, name))?.[name];
}

/** Returns the template function `embed` for a page with these roots. */
function elementOf(roots: readonly RootElement[]): (root: unknown) => Markup {
  return (root) => {
    if (isRoot(root)) return new Markup(embedElement(root));
    if (!(root instanceof Undefined)) {
      throw new TypeError(`Cannot embed a ${typeof root}: it is not a root of the document`);
    }
    const known = roots.map(({ name }) => name).filter((name) => name !== null);
    throw new TypeError(
      `Cannot embed the root ${root.what}: the document has no such root${suggest(root.what, known)}`,
    );
  };
}

function isRoot(value: unknown): value is RootElement {
  return typeof value === "object" && value !== null && "elementid" in value;
}

function functionsFor(roots: readonly RootElement[]): Record<string, unknown> {
  const element = elementOf(roots);
  return { embed: element, element, e: html };
}

function templateVariables(parts: PageParts): Record<string, unknown> {
  const safe = (text: string) => new Markup(text);
  const roots = namedRoots(parts.roots);
  const doc = { roots };
  return {
    base: "bokeh:base",
    macros: "bokeh:macros",
    title: parts.title,
    bokeh_icon: safe(parts.icon),
    bokeh_css: safe(parts.css),
    bokeh_js: safe(parts.js),
    plot_div: safe(parts.roots.map(embedElement).join("\n")),
    plot_script: safe(parts.plotScript),
    docs: [doc],
    doc,
    roots,
  };
}

/** Returns an array of the roots that also has each named root as a property of its name. */
function namedRoots(roots: readonly RootElement[]): RootElement[] {
  const named = roots.filter((root) => root.name !== null && !/^\d+$|^length$/.test(root.name));
  return Object.assign([...roots], Object.fromEntries(named.map((root) => [root.name, root])));
}
