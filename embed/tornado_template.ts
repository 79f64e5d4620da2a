/**
 * Templates in the language of Tornado, which those who ran `bokeh serve --index` have.
 *
 * @module
 */

/** Tags that last until an `end`, which in Jinja says what of. */
const LASTING = ["for", "if", "block", "while", "try", "apply"];

/** A template of Tornado's in the words of Jinja; one of Jinja's stays as it is. */
export function fromTornado(template: string): string {
  const open: string[] = [];
  return template.replace(
    /\{%-?\s*(\w+)\s*(.*?)\s*-?%\}|\{\{.*?\}\}/gs,
    (tag: string, word: string | undefined, rest: string) => {
      if (word === "comment") return "";
      if (word === "raw" && rest !== "") return `{{ (${inJinja(rest)}) | safe }}`;
      if (word?.startsWith("end")) {
        const ended = open.pop();
        return word === "end" && ended !== undefined ? `{% end${ended} %}` : tag;
      }
      if (word !== undefined && LASTING.includes(word)) open.push(word);
      return inJinja(tag);
    },
  );
}

/** Functions of Python's that templates call. */
export const PYTHON_FUNCTIONS: Readonly<Record<string, unknown>> = {
  enumerate: (list: Iterable<unknown>, start = 0) => [...list].map((item, index) => [index + start, item]),
  len: (list: { length: number }) => list.length,
  reversed: (list: Iterable<unknown>) => [...list].reverse(),
  sorted: (list: Iterable<unknown>) => [...list].sort((a, b) => `${a}` < `${b}` ? -1 : 1),
  str: String,
};

/** A name with what is taken of it, to which a method belongs. */
const OF = String.raw`[\w.]+(?:\[[^\[\]]*\]|\.\w+\([^()]*\))*`;
const FILTERED = new RegExp(String.raw`(${OF})\.(upper|lower|title|capitalize)\(\)`, "g");
const STRIPPED = /\.([lr]?)strip\((?:(["'])(.*?)\2)?\)/g;
const NAMES: Readonly<Record<string, string>> = {
  replace: "replaceAll",
  startswith: "startsWith",
  endswith: "endsWith",
};

/** Python's slices and methods of texts in words that nunjucks knows. */
function inJinja(expression: string): string {
  return expression
    .replace(/(?<=[\w\])])\[(-?\d*):(-?\d*)\]/g, (_slice, start: string, stop: string) => {
      return `.slice(${start || 0}${stop === "" ? "" : `, ${stop}`})`;
    })
    .replace(/\.(replace|startswith|endswith)(?=\()/g, (_method, name: string) => `.${NAMES[name]}`)
    .replace(STRIPPED, (_method, side: string, _quote, characters = " \t\n") => {
      const set = `[${characters.replaceAll(/[\\\]^/-]/g, "\\$&")}]+`;
      const ends = [side === "r" ? "" : `^${set}`, side === "l" ? "" : `${set}$`].filter((end) => end !== "");
      return `.replace(r/${ends.join("|")}/g, "")`;
    })
    .replace(FILTERED, "($1 | $2)");
}
