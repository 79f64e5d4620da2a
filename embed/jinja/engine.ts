/**
 * The engine of templates: Jinja's language, with Python's values, in TypeScript.
 *
 * @module
 */

import { GLOBALS } from "./globals.ts";
import { TemplateSyntaxError } from "./lexer.ts";
import type { ParsedTemplate } from "./nodes.ts";
import { parseTemplate } from "./parser.ts";
import { renderTemplate, TemplateRuntimeError } from "./render.ts";
import { Scope } from "./scope.ts";

/** What a template is rendered with. */
export interface RenderOptions {
  /** Variables by name. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** Functions that imported templates see too. */
  readonly functions?: Readonly<Record<string, unknown>>;
  /** Returns the text of another template; undefined if there is none. */
  readonly load?: (name: string) => string | undefined;
}

/** Templates that were parsed, by their text: an application renders the same few for every page. */
const parsed = new Map<string, ParsedTemplate>();
const MOST_PARSED = 200;

/**
 * Parses a template.
 *
 * @param name Name of the template in error texts. None for the one that is rendered.
 * @throws {SyntaxError} If it is wrong, with line and column.
 */
export function parse(source: string, name?: string): ParsedTemplate {
  const known = parsed.get(source);
  if (known !== undefined) return known;
  const template = explained(source, name, () => parseTemplate(source));
  if (parsed.size >= MOST_PARSED) parsed.delete(parsed.keys().next().value!);
  parsed.set(source, template);
  return template;
}

/**
 * Renders a template. Values are escaped unless they are markup.
 *
 * @throws {SyntaxError} If the template is wrong or cannot be rendered with these variables, with the line.
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
  return explained(source, undefined, () => renderTemplate(template, { globals, context, load: loader }));
}

/** Says where a template is wrong. */
function explained<T>(source: string, name: string | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof TemplateSyntaxError) throw syntaxError(source, name, error);
    if (!(error instanceof TemplateRuntimeError)) throw error;
    // a template that this one needs has said itself where it is wrong
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
