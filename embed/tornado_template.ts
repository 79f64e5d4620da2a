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

/** Python's slices and lengths in words that nunjucks knows. */
function inJinja(expression: string): string {
  return expression
    .replace(/(?<=[\w\])])\[(-?\d*):(-?\d*)\]/g, (_slice, start: string, stop: string) => {
      return `.slice(${start || 0}${stop === "" ? "" : `, ${stop}`})`;
    })
    .replace(/\blen\(([\w.]+)\)/g, "($1 | length)");
}
