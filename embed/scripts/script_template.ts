/**
 * Scripts of pages, made of the files in `embed/browser/`.
 *
 * @module
 */

import { indent, scriptJson } from "../escape.ts";
import { PrecompiledTemplate } from "../precompiled_template.ts";

/** A line of a script in place of which the code of another file stands. */
const INCLUDE = /^( *)\/\/ include (\w+\.js)$/gm;

/**
 * A constant that the server fills in, or such a constant that is spread at the end of an argument
 * list.
 */
const CONSTANT = /(?:, \.\.\.)?\b__([A-Z_]+)__/g;

/**
 * Text that can look like the beginning of a comment or of a template: strings, template literals
 * and comments behind code. Or comments at the beginning of a line, with the indentation and, if no
 * code follows, the end of the line.
 */
const TEXT_OR_COMMENTS = new RegExp(
  [
    /"(?:\\.|[^"\\\n])*"/,
    /'(?:\\.|[^'\\\n])*'/,
    /`(?:\\[^]|[^`\\])*`/,
    /^([ \t]*)(?:\/\*(?:[^*]|\*(?!\/))*\*\/[ \t]*)*(?:(?:\/\/.*)?(\n|$)|(?<=\*\/[ \t]*))/,
    /\/\/.*/,
  ].map(({ source }) => source).join("|"),
  "gm",
);

/**
 * Returns the template of a script whose constants, written `__NAME__`, are the placeholders.
 *
 * Values must be JSON that {@linkcode scriptJson} has written. For a constant that is spread into
 * the arguments of a call (`call(a, ...__NAME__)`) the value is that of {@linkcode moreArguments}.
 *
 * @param source The script, or a function that returns it when the template is first filled.
 * @param names Names of the constants without their underscores.
 */
export function scriptTemplate<N extends string>(
  source: string | (() => string),
  names: readonly N[],
): PrecompiledTemplate<N> {
  return new PrecompiledTemplate(
    names,
    (markers) => {
      const text = typeof source === "string" ? source : source();
      return inFunction(text.replaceAll(CONSTANT, (_constant, name: N) => markers[name]));
    },
  );
}

/** Returns values as further arguments of a call, each behind a comma. */
export function moreArguments(values: readonly unknown[]): string {
  return values.map((value) => `, ${scriptJson(value)}`).join("");
}

/**
 * Returns a script with the code of other files in place of its lines `// include name.js`,
 * indented as these are.
 */
export function includeScripts(source: string, files: Readonly<Record<string, string>>): string {
  return source.replaceAll(INCLUDE, (_line, before: string, name: string) => indent(files[name]!, before.length));
}

/**
 * Returns a script without comments as the body of a function that is called, so that its names are
 * not global.
 */
export function inFunction(source: string): string {
  return `(() => {\n${indent(withoutComments(source), 2)}\n})();`;
}

/**
 * Returns a script without empty lines and without comments at the beginning of lines. Code behind
 * such a comment remains, as do comments behind code.
 */
export function withoutComments(source: string): string {
  return source.replaceAll(TEXT_OR_COMMENTS, (found: string, indentation?: string, end?: string) => {
    if (indentation === undefined) return found;
    return end === undefined ? indentation : "";
  }).trimEnd();
}

/**
 * Removes the imports and exports of a script that stands in one function with the scripts that it
 * imports.
 */
export function withoutModules(source: string): string {
  return source.replaceAll(/^import .*\n/gm, "").replaceAll(/^export /gm, "");
}
