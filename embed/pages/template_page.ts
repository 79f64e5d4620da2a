/**
 * Pages of an application that brings a template.
 *
 * @module
 */

import { suggest } from "../../models/diagnostics/suggest.ts";
import { html } from "../escape.ts";
import { parse, render, type RenderOptions } from "../jinja/engine.ts";
import { Markup, Undefined } from "../jinja/types.ts";
import { type PageOptions, type PageParts, pageParts } from "./page.ts";
import { embedElement, type RootElement } from "../render_item.ts";

/** The page that `{% extends base %}` builds on. Its blocks are Bokeh's. */
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

/** Bokeh's own templates, by names that files of an author do not take from them. */
const TEMPLATES: Templates = { "bokeh:base": BASE, "bokeh:macros": MACROS };

/** Texts of templates by the names that other templates call them by: paths in the folder of templates. */
export type Templates = Readonly<Record<string, string>>;

/** A template and what it is filled in with. */
export interface PageTemplate {
  /** Its text, in the language of Jinja. */
  readonly template: string;
  /** The application's own variables. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Other templates, which it may include, import or extend. */
  readonly others?: Templates | undefined;
}

/**
 * Renders a page by a template, with the variables that Bokeh's templates know and the application's own.
 *
 * @throws {SyntaxError} If the template is wrong.
 */
export function renderTemplatePage({ template, variables, others = {} }: PageTemplate, options: PageOptions): string {
  const parts = pageParts(options);
  return render(template, {
    variables: { ...templateVariables(parts), nonce: options.nonce, ...variables },
    functions: functionsFor(parts.roots),
    load: loader(others),
  });
}

/** Renders a page, as the index, by a template that knows nothing but the variables given. */
export function renderTemplate(template: string, variables: Readonly<Record<string, unknown>>): string {
  return render(template, { variables, functions: functionsFor([]), load: loader({}) });
}

/** Throws a SyntaxError for a template that cannot be parsed, before a page of it is requested. */
export function checkTemplate(template: string): void {
  parse(template);
}

function loader(others: Templates): NonNullable<RenderOptions["load"]> {
  return (name) => [others, TEMPLATES].find((templates) => Object.hasOwn(templates, name))?.[name];
}

/** Returns the function of templates that embeds a root, for a page with these roots. */
function elementOf(roots: readonly RootElement[]): (root: unknown) => Markup {
  return (root) => {
    if (isRoot(root)) return new Markup(embedElement(root));
    if (!(root instanceof Undefined)) {
      throw new TypeError(`Cannot embed a ${typeof root}: it is no root of the document`);
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

/** Roots in their order, and by name where they have one. */
function namedRoots(roots: readonly RootElement[]): RootElement[] {
  const named = roots.filter((root) => root.name !== null && !/^\d+$|^length$/.test(root.name));
  return Object.assign([...roots], Object.fromEntries(named.map((root) => [root.name, root])));
}
