/**
 * Writes `docs/gallery.md`, a list of the examples in `examples/gallery/`, and takes a picture of each with Chromium.
 *
 * ```sh
 * deno run -A tools/docs/gallery.ts
 * ```
 *
 * @module
 */

import { openBrowser } from "../../tests/browser/browser.ts";
import { shrinkPicture, takePicture, VIEWPORT } from "../../tests/gallery/pictures.ts";
import { exampleNames, examplePath, serveExamples } from "../../tests/gallery/twins.ts";

const DOCS = new URL("../../docs/", import.meta.url);

/** The size in bytes that a picture should not exceed. */
const MAX_BYTES = 40 * 1024;
/** The numbers of colors to try, until a picture is small enough. */
const COLORS = [64, 32, 16, 8];

/** Title and description of an example, from the first line of its source. */
export interface Heading {
  readonly title: string;
  readonly text: string;
}

/**
 * Reads the heading of an example: a first line of the form `// Title: what it shows.`
 *
 * @throws {SyntaxError} if the first line has another form
 */
export function headingOf(source: string): Heading {
  const match = /^\/\/ ([^:]+): (.+)$/m.exec(source.split("\n", 1)[0]!);
  if (match === null) {
    throw new SyntaxError("Cannot list an example: its first line does not have the form // Title: text");
  }
  return { title: match[1]!, text: match[2]! };
}

/** Returns the text of `docs/gallery.md`. */
export function galleryPage(headings: ReadonlyMap<string, Heading>): string {
  const entries = Array.from(headings, ([name, { title, text }]) => {
    const sentence = text[0]!.toUpperCase() + text.slice(1);
    return `## ${title}\n\n${sentence}\n[Source](../examples/gallery/${name}.ts)\n\n![${title}](gallery/${name}.png)\n`;
  });
  return `<!-- Written by tools/docs/gallery.ts: do not edit. -->

# Gallery

Examples of plots, widgets and callbacks, each with its source. To run one:
\`deno run -A mod.ts examples/gallery/NAME.ts\`. Tests compare each example with the same application in Python: the
documents must be equal, and so must the pictures in a browser.

${entries.join("\n")}`;
}

/** Takes the pictures of examples and writes them to `docs/gallery/`. */
async function takePictures(names: readonly string[]): Promise<void> {
  await using program = await serveExamples(names);
  await using browser = await openBrowser();
  for (const name of names) {
    const page = await browser.newPage({ viewport: VIEWPORT });
    await page.goto(new URL(`/${name}`, program.url).href);
    await page.waitForFunction("globalThis.Bokeh?.documents?.[0]?.is_idle === true");
    await page.waitForLoadState("networkidle");
    const picture = await takePicture(page);
    const tries = COLORS.map((colors) => shrinkPicture(picture, colors));
    const small = tries.find((bytes) => bytes.length <= MAX_BYTES) ?? tries.at(-1)!;
    await Deno.writeFile(new URL(`gallery/${name}.png`, DOCS), small);
    await page.close();
  }
}

if (import.meta.main) {
  const names = exampleNames();
  await Deno.mkdir(new URL("gallery/", DOCS), { recursive: true });
  const sources = names.map((name): [string, Heading] => [name, headingOf(Deno.readTextFileSync(examplePath(name)))]);
  await Deno.writeTextFile(new URL("gallery.md", DOCS), galleryPage(new Map(sources)));
  await takePictures(names);
}
