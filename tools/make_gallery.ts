/**
 * Draws the gallery of the documentation: takes a picture of each example in a Chromium, and lists them all.
 *
 * ```sh
 * deno run -A tools/make_gallery.ts
 * ```
 *
 * @module
 */

import { openBrowser } from "../tests/browser/browser.ts";
import { shrinkPicture, takePicture, VIEWPORT } from "../tests/gallery/pictures.ts";
import { exampleNames, examplePath, serveExamples } from "../tests/gallery/twins.ts";

const DOCS = new URL("../docs/", import.meta.url);

/** Most bytes of a picture, and in how many colors to try. */
const MAX_BYTES = 40 * 1024;
const COLORS = [64, 32, 16, 8];

/** What the first line of an example says of it. */
export interface Heading {
  readonly title: string;
  readonly text: string;
}

/** Reads the heading of an example's source: `// Title: what it shows.` */
export function headingOf(source: string): Heading {
  const match = /^\/\/ ([^:]+): (.+)$/m.exec(source.split("\n", 1)[0]!);
  if (match === null) throw new SyntaxError("Cannot list an example: its first line is not of the form // Title: text");
  return { title: match[1]!, text: match[2]! };
}

/** The page of the gallery. */
export function galleryPage(headings: ReadonlyMap<string, Heading>): string {
  const entries = Array.from(headings, ([name, { title, text }]) => {
    const sentence = text[0]!.toUpperCase() + text.slice(1);
    return `## ${title}\n\n${sentence}\n[Source](../examples/gallery/${name}.ts)\n\n![${title}](gallery/${name}.png)\n`;
  });
  return `<!-- Written by tools/make_gallery.ts: do not edit. -->

# Gallery

Serve any of these examples with \`deno run -A mod.ts examples/gallery/NAME.ts\`. Tests compare the document and the picture
of each with an equivalent application in Python.

${entries.join("\n")}`;
}

async function draw(names: readonly string[]): Promise<void> {
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
  await draw(names);
}
