/**
 * Template engine: Jinja's language with Python's semantics of values, compared with Python's Jinja
 * 3.1 by `testdata/cases.json`.
 *
 * @module
 */

import { GLOBALS } from "./globals.ts";
import { TemplateSyntaxError } from "./lexer.ts";
import type { ParsedTemplate } from "./nodes.ts";
import { parseTemplate } from "./parser.ts";
import { renderTemplate, TemplateRuntimeError } from "./render.ts";
import { Scope } from "./scope.ts";

/** Options of {@linkcode render}. */
export interface RenderOptions {
  /** Variables by name. */
  readonly variables: Readonly<Record<string, unknown>>;
  /**
   * Functions by name. Imported templates can call them too, whereas they cannot read the
   * variables.
   */
  readonly functions?: Readonly<Record<string, unknown>>;
  /**
   * Returns the text of a template that this one includes, imports or extends; undefined if it does
   * not exist.
   */
  readonly load?: (name: string) => string | undefined;
}

/**
 * Cache of parsed templates by their text: an application renders the same few templates for every
 * page.
 */
const parsed = new Map<string, ParsedTemplate>();
const MAX_PARSED = 200;

/**
 * Parses a template, or returns it from the cache.
 *
 * @param name Name of the template in error texts; undefined for the template that is rendered.
 * @throws {SyntaxError} If the template cannot be parsed. The message has line and column.
 */
export function parse(source: string, name?: string): ParsedTemplate {
  const known = parsed.get(source);
  if (known !== undefined) return known;
  const template = withPosition(source, name, () => parseTemplate(source));
  if (parsed.size >= MAX_PARSED) parsed.delete(parsed.keys().next().value!);
  parsed.set(source, template);
  return template;
}

/**
 * Renders a template. Escapes values for HTML unless they are markup.
 *
 * @throws {SyntaxError} If the template cannot be parsed, or cannot be rendered with these
 * variables. The message has the line.
 */
export function render(source: string, { variables, functions = {}, load }: RenderOptions): string {
  const globals = new Scope(undefined);
  for (const [name, value] of GLOBALS) globals.set(name, value);
  for (const [name, value] of Object.entries(functions)) globals.set(name, value);
  const context = new Scope(globals);
  for (const [name, value] of Object.entries(variables)) context.set(name, value);
  const loader = (name: string) => {
    const text = load?.(name);
    return text === undefined ? undefined : parse(text, name);
  };
  const template = parse(source);
  return withPosition(source, undefined, () => renderTemplate(template, { globals, context, load: loader }));
}

/**
 * Runs work on a template. Converts its errors to SyntaxErrors with the position in the template.
 */
function withPosition<T>(source: string, name: string | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TemplateSyntaxError) throw syntaxError(source, name, error);
    if (!(error instanceof TemplateRuntimeError)) throw error;
    // the error of an included, imported or extended template has its own position
    if (error.cause instanceof SyntaxError) throw error.cause;
    throw new SyntaxError(`Cannot render the template at line ${error.line}: ${error.message}`, { cause: error.cause });
  }
}

function syntaxError(source: string, name: string | undefined, { message, at }: TemplateSyntaxError): SyntaxError {
  const before = source.slice(0, at).split("\n");
  const which = name === undefined ? "" : ` ${name}`;
  const where = `line ${before.length}, column ${before.at(-1)!.length + 1}`;
  return new SyntaxError(`Cannot render the template${which} at ${where}: ${message}`);
}
