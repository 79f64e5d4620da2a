/**
 * Templates in the language of Tornado, which those who ran `bokeh serve --index` have.
 *
 * @module
 */

import { str } from "../jinja/text.ts";
import { Tuple } from "../jinja/types.ts";
import { compare, iterate, lengthOf } from "../jinja/values.ts";

/** Tags that last until an `end`, which in Jinja says what of. */
const LASTING = ["for", "if", "block", "while", "try", "apply"];

/** Returns a template of Tornado's in the words of Jinja. One of Jinja's stays as it is. */
export function fromTornado(template: string): string {
  const open: string[] = [];
  return template.replace(/\{%-?\s*(\w+)\s*(.*?)\s*-?%\}/gs, (tag: string, word: string, rest: string) => {
    if (word === "comment") return "";
    if (word === "raw" && rest !== "") return `{{ (${rest}) | safe }}`;
    if (word.startsWith("end")) {
      const ended = open.pop();
      return word === "end" && ended !== undefined ? `{% end${ended} %}` : tag;
    }
    if (LASTING.includes(word)) open.push(word);
    return tag;
  });
}

/** Functions of Python's that templates of Tornado call. */
export const PYTHON_FUNCTIONS: Readonly<Record<string, unknown>> = {
  enumerate: (list: unknown, start = 0) => iterate(list).map((item, index) => Tuple.of(index + start, item)),
  len: lengthOf,
  reversed: (list: unknown) => iterate(list).reverse(),
  sorted: (list: unknown) => iterate(list).sort(compare),
  str,
};
