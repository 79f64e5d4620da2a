/**
 * Writes the figures of README.md from `docs/performance.md`, which the benchmarks write. Every figure of README.md comes from
 * there.
 *
 * @module
 */

const ROOT = new URL("../../", import.meta.url);

/** The lines around the figures in README.md. */
const START = "<!-- Figures from docs/performance.md, written by tools/docs/readme_figures.ts -->\n\n";
const END = "\n\n<!-- End of the figures -->";

/** Width of the text, as `deno fmt` writes it. */
const WIDTH = 120;

/**
 * Returns README.md with the figures of a page of measurements.
 *
 * @param readme Text of README.md.
 * @param performance Text of `docs/performance.md`.
 * @throws {TypeError} If README.md has no place for the figures, or the page lacks one of them.
 */
export function withFigures(readme: string, performance: string): string {
  const [before, rest] = splitAt(readme, START);
  const [, after] = splitAt(rest, END);
  return before + START + wrapped(figuresText(performance)) + END + after;
}

function figuresText(performance: string): string {
  const pages = ratioOf(performance, "page GET (a session each), 16 connections");
  const patches = [1, 16, 64].map((clients) =>
    ratioOf(performance, `patch, callback of 200 sines, answer; ${clients} client${clients > 1 ? "s" : ""}`)
  );
  const memory = ratioOf(performance, "memory per idle session of sliders with its websocket, 1000 sessions");
  const start = millisecondsOf(performance, "cold start to the first page, from the checkout");
  return `Compared with \`bokeh serve\` on the same machine, the server answers ${
    Math.floor(pages)
  } times as many page ` +
    `requests per second, handles ${Math.floor(Math.min(...patches))} to ${
      Math.floor(Math.max(...patches))
    } times as many ` +
    `patches, uses a ${
      FRACTIONS[Math.floor(memory)] ?? `${Math.floor(memory)}th`
    } of the memory for each of 1000 sessions, ` +
    `and sends its first page ${(start / 1000).toFixed(1)} seconds after the start: ` +
    "[all measurements](docs/performance.md). `deno task bench` repeats them.";
}

const FRACTIONS: Readonly<Record<number, string>> = { 2: "half", 3: "third", 4: "quarter", 5: "fifth", 6: "sixth" };

/** Returns how many times better this server is than Python's with TCP_NODELAY. */
function ratioOf(performance: string, title: string): number {
  return numberIn(performance, title, /([\d.,]+)×/);
}

/** Returns the time of this server, which is the second one of a line. */
function millisecondsOf(performance: string, title: string): number {
  return numberIn(performance, title, / ms \|\s*([\d.,]+) ms/);
}

function numberIn(performance: string, title: string, pattern: RegExp): number {
  const line = performance.split("\n").find((line) => line.startsWith(`| ${title} `));
  const found = line === undefined ? null : pattern.exec(line.slice(title.length));
  if (found === null) throw new TypeError(`Cannot find the figure of "${title}" in docs/performance.md`);
  return Number(found[1]!.replaceAll(",", ""));
}

function splitAt(text: string, mark: string): [before: string, after: string] {
  const at = text.indexOf(mark);
  if (at < 0) throw new TypeError(`Cannot write the figures of README.md: it lacks ${mark.trim()}`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}

function wrapped(text: string): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1)!;
    if (line === "") lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= WIDTH) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.join("\n");
}

if (import.meta.main) {
  const [readme, performance] = await Promise.all(
    ["README.md", "docs/performance.md"].map((path) => Deno.readTextFile(new URL(path, ROOT))),
  );
  await Deno.writeTextFile(new URL("README.md", ROOT), withFigures(readme!, performance!));
}
