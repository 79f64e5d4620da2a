/**
 * Pages of an application that brings a template.
 *
 * @module
 */

import { html } from "./escape.ts";
import { type PageOptions, type PageParts, pageParts } from "./page.ts";
import { embedElement, type RootElement } from "./render_item.ts";
import { jinjaFilters, type TemplateFilter } from "./template_filters.ts";

/** The part of nunjucks that is used here. */
interface Nunjucks {
  Environment: new (loader: TemplateLoader, options: { autoescape: boolean }) => NunjucksEnvironment;
  Template: new (source: string, env: NunjucksEnvironment, path: undefined, eager: true) => object;
  runtime: { SafeString: new (text: string) => object };
}

interface NunjucksEnvironment {
  addFilter(name: string, filter: TemplateFilter): void;
  addGlobal(name: string, value: unknown): void;
  renderString(source: string, variables: Record<string, unknown>): string;
}

interface TemplateLoader {
  getSource(name: string): { src: string; path: string; noCache: boolean } | null;
}

/** The page that `{% extends base %}` builds on. Its blocks are Bokeh's. */
const BASE = `<!DOCTYPE html>
<html lang="en">
{% block head %}<head>
{% block inner_head %}<meta charset="utf-8">
<title>{% block title %}{{ title }}{% endblock %}</title>
{% block preamble %}{% endblock %}
{% block resources %}{% block css_resources %}{{ bokeh_css }}{% endblock %}
{% block js_resources %}{{ bokeh_js }}{% endblock %}{% endblock %}
{% block postamble %}{% endblock %}{% endblock %}
</head>{% endblock %}
{% block body %}<body>
{% block inner_body %}{% block contents %}{% for doc in docs %}{% for root in doc.roots %}
{% block root %}{{ embed(root) }}{% endblock %}{% endfor %}{% endfor %}{% endblock %}
{{ plot_script }}{% endblock %}
</body>{% endblock %}
</html>
`;

const MACROS = "{% macro embed(root) %}{{ element(root) }}{% endmacro %}";

/** Bokeh's own templates, by names that files of an author do not take from them. */
const TEMPLATES: Templates = { "bokeh:base": BASE, "bokeh:macros": MACROS };

/** Texts of templates by the names that other templates call them by: paths in the folder of templates. */
export type Templates = Readonly<Record<string, string>>;

let engine: Promise<Nunjucks> | undefined;

/** nunjucks costs more time to load than a page to make: it is loaded for the first template. */
function nunjucks(): Promise<Nunjucks> {
  engine ??= import("nunjucks").then((module) => module.default as Nunjucks);
  return engine;
}

/** A template and what it is filled in with. */
export interface PageTemplate {
  /** Its text, in the language of Jinja. */
  readonly template: string;
  /** The application's own variables. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Other templates, which it may include, import or extend. */
  readonly others?: Templates | undefined;
}

/** Makes a page by a template, with the variables that Bokeh's templates know and the application's own. */
export async function renderTemplatePage(
  { template, variables, others }: PageTemplate,
  options: PageOptions,
): Promise<string> {
  const parts = pageParts(options);
  const { env, safe } = await environment(others);
  return render(env, template, { ...templateVariables(parts, safe), nonce: options.nonce, ...variables });
}

/** Makes a page, as the index, by a template that knows nothing but the variables given. */
export async function renderTemplate(template: string, variables: Readonly<Record<string, unknown>>): Promise<string> {
  const { env } = await environment();
  return render(env, template, variables);
}

/** Throws a SyntaxError for a template that cannot be read, before anybody asks for a page of it. */
export async function checkTemplate(template: string): Promise<void> {
  const { Template } = await nunjucks();
  const { env } = await environment();
  explained(() => new Template(template, env, undefined, true));
}

function render(env: NunjucksEnvironment, template: string, variables: Readonly<Record<string, unknown>>): string {
  return explained(() => env.renderString(template, { ...variables }));
}

/** Says of a template that is wrong where it is, which the engine says in words of its own. */
function explained<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, line, column, what] =
      /^\(unknown path\)(?: \[Line (\d+), Column (\d+)\])?\s+(?:\w*Error: )?(.*)/s.exec(message) ?? [];
    const where = line === undefined ? "" : ` at line ${line}, column ${column}`;
    throw new SyntaxError(`Cannot render the template${where}: ${what ?? message}`);
  }
}

async function environment(
  others: Templates = {},
): Promise<{ env: NunjucksEnvironment; safe: (text: string) => object }> {
  const { Environment, runtime } = await nunjucks();
  const safe = (text: string) => new runtime.SafeString(text);
  const loader: TemplateLoader = {
    getSource(name) {
      const all = [others, TEMPLATES].find((templates) => Object.hasOwn(templates, name));
      const src = all?.[name];
      return src === undefined ? null : { src, path: name, noCache: true };
    },
  };
  const env = new Environment(loader, { autoescape: true });
  const element = (root: RootElement | undefined) => {
    if (root === undefined) throw new TypeError("Cannot embed a root: the document has none of this name or index");
    return safe(embedElement(root));
  };
  for (const [name, filter] of Object.entries(jinjaFilters(safe))) env.addFilter(name, filter);
  env.addGlobal("embed", element);
  env.addGlobal("element", element);
  env.addGlobal("e", html);
  return { env, safe };
}

function templateVariables(parts: PageParts, safe: (text: string) => object): Record<string, unknown> {
  const roots = namedRoots(parts.roots);
  const doc = { roots };
  return {
    base: "bokeh:base",
    macros: "bokeh:macros",
    title: parts.title,
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
