/**
 * Conversion of Tornado templates, which `bokeh serve --index` accepts, to Jinja.
 *
 * @module
 */

import { str } from "../jinja/text.ts";
import { Tuple } from "../jinja/types.ts";
import { compare, iterate, lengthOf } from "../jinja/values.ts";

/**
 * Tags whose block ends with `{% end %}` in Tornado, and with `{% endfor %}`, `{% endif %}` and so
 * on in Jinja.
 */
const BLOCK_TAGS = ["for", "if", "block", "while", "try", "apply"];

/** Converts a Tornado template to Jinja. Returns a Jinja template unchanged. */
export function fromTornado(template: string): string {
  const open: string[] = [];
  return template.replace(/\{%-?\s*(\w+)\s*(.*?)\s*-?%\}/gs, (tag: string, word: string, rest: string) => {
    if (word === "comment") return "";
    if (word === "raw" && rest !== "") return `{{ (${rest}) | safe }}`;
    if (word.startsWith("end")) {
      const ended = open.pop();
      return word === "end" && ended !== undefined ? `{% end${ended} %}` : tag;
    }
    if (BLOCK_TAGS.includes(word)) open.push(word);
    return tag;
  });
}

/** Built-in functions of Python for Tornado templates, which may call any of them. */
export const PYTHON_FUNCTIONS: Readonly<Record<string, unknown>> = {
  enumerate: (list: unknown, start = 0) => iterate(list).map((item, index) => Tuple.of(index + start, item)),
  len: lengthOf,
  reversed: (list: unknown) => iterate(list).reverse(),
  sorted: (list: unknown) => iterate(list).sort(compare),
  str,
};
