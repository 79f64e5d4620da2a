/**
 * Writes `docs/gallery.md` and `docs/apps.md`, lists of the examples in `examples/gallery/` and `examples/apps/`, and takes
 * a picture of each with Chromium. With names of examples as arguments, only their pictures are taken.
 *
 * ```sh
 * deno run -A tools/docs/gallery.ts
 * ```
 *
 * @module
 */

import { openBrowser } from "../../tests/browser/browser.ts";
import { shrinkPicture, takePicture, VIEWPORT, type Viewport } from "../../tests/gallery/pictures.ts";
import { appNames, appPath, exampleNames, examplePath, serveApps, serveExamples } from "../../tests/gallery/twins.ts";
import { ServerProcess } from "../../tests/kit/server_process.ts";

const ROOT = new URL("../../", import.meta.url);
const DOCS = new URL("docs/", ROOT);

/** The size in bytes that a picture should not exceed. */
const MAX_BYTES = 40 * 1024;
/** The numbers of colors to try, until a picture is small enough. */
const COLORS = [64, 32, 16, 8];

/** Time until a picture of an application is taken, in milliseconds. Some add data with a timer. */
const APP_DELAY = 3000;
/** The size of pictures of applications, which are wider than single plots. */
const APP_VIEWPORT: Viewport = { width: 1180, height: 860 };

/** The example application whose model is a package of its own, and which is therefore not in `examples/apps/`. */
const SURFACE = { name: "surface3d", source: "examples/extensions/surface3d/app.ts", path: "app" };

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
  return `<!-- Written by tools/docs/gallery.ts: do not edit. -->

# Gallery

Examples of plots, widgets and callbacks, each with its source. To run one:
\`deno run -A mod.ts examples/gallery/NAME.ts\`. Tests compare each example with the same application in Python: the
documents must be equal, and so must the pictures in a browser.

${entriesOf(headings, "gallery", (name) => `examples/gallery/${name}.ts`)}`;
}

/** Returns the text of `docs/apps.md`. */
export function appsPage(headings: ReadonlyMap<string, Heading>): string {
  return `<!-- Written by tools/docs/gallery.ts: do not edit. -->

# Applications of Bokeh's documentation

Examples of server applications, adapted from Bokeh's own. To run one: \`deno run -A mod.ts examples/apps/NAME.ts\`, or
\`examples/apps/NAME\` for a folder. Surface is \`${SURFACE.source}\`, with its model. Tests compare the
document of each with that of the same application in Python, which is adapted in the same way, also after changes by a
user and by timers; of Surface, they compare the picture. Some have invented data, others
[data sets](data_sources.md#sample-data) that are downloaded when they first run.

${entriesOf(headings, "apps", (name) => sourceOf(name).slice(decodeURIComponent(ROOT.pathname).length))}
## Not included

Bokeh's example [faces](https://github.com/bokeh/bokeh/tree/branch-3.10/examples/server/app/faces) finds faces in the
pictures of a camera at the server, with a Haar cascade of OpenCV. Deno cannot read cameras: run \`ffmpeg\` with
\`Deno.Command\`, and read the frames from its standard output. OpenCV for WebAssembly (\`npm:@techstark/opencv-js\`) has the
same \`CascadeClassifier\`, but no types for it. Use it in a [task](long_work.md), so that the server stays responsive, and
assign each frame to the column of an \`image_rgba\`.
`;
}

function entriesOf(headings: ReadonlyMap<string, Heading>, folder: string, source: (name: string) => string): string {
  return Array.from(headings, ([name, { title, text }]) => {
    const sentence = text[0]!.toUpperCase() + text.slice(1);
    return `## ${title}\n\n${sentence}\n[Source](../${source(name)})\n\n![${title}](${folder}/${name}.png)\n`;
  }).join("\n");
}

/** Returns the path of the module of an example application. */
function sourceOf(name: string): string {
  if (name === SURFACE.name) return decodeURIComponent(new URL(SURFACE.source, ROOT).pathname);
  const path = appPath(name);
  return path.endsWith(".ts") ? path : `${path}/main.ts`;
}

/** Reads the headings of the examples in `examples/gallery/`. */
export function galleryHeadings(): Map<string, Heading> {
  return new Map(exampleNames().map((name) => [name, headingOf(Deno.readTextFileSync(examplePath(name)))]));
}

/** Reads the headings of the applications in `examples/apps/`, and of surface3d. */
export function appHeadings(): Map<string, Heading> {
  const names = [...appNames(), SURFACE.name].sort();
  return new Map(names.map((name) => [name, headingOf(Deno.readTextFileSync(sourceOf(name)))]));
}

/** Takes pictures of the pages of a server, and writes them to a folder of `docs/`. */
async function takePictures(
  folder: string,
  program: ServerProcess,
  { names, pathOf = (name) => name, delay = 0, viewport = VIEWPORT }: {
    names: readonly string[];
    pathOf?: (name: string) => string;
    delay?: number;
    viewport?: Viewport;
  },
): Promise<void> {
  await Deno.mkdir(new URL(folder, DOCS), { recursive: true });
  await using browser = await openBrowser();
  for (const name of names) {
    const page = await browser.newPage({ viewport });
    await page.goto(new URL(`/${pathOf(name)}`, program.url).href);
    await page.waitForFunction("globalThis.Bokeh?.documents?.[0]?.is_idle === true");
    await page.waitForLoadState("networkidle");
    await page.waitForTimeout(delay);
    const picture = await takePicture(page, viewport);
    const tries = COLORS.map((colors) => shrinkPicture(picture, colors));
    const small = tries.find((bytes) => bytes.length <= MAX_BYTES) ?? tries.at(-1)!;
    await Deno.writeFile(new URL(`${folder}/${name}.png`, DOCS), small);
    await page.close();
  }
}

if (import.meta.main) {
  await Deno.writeTextFile(new URL("gallery.md", DOCS), galleryPage(galleryHeadings()));
  await Deno.writeTextFile(new URL("apps.md", DOCS), appsPage(appHeadings()));
  const isWanted = (name: string) => Deno.args.length === 0 || Deno.args.includes(name);
  const [examples, apps] = [exampleNames().filter(isWanted), appNames().filter(isWanted)];
  if (examples.length > 0) {
    await using program = await serveExamples(examples);
    await takePictures("gallery", program, { names: examples });
  }
  const options = { delay: APP_DELAY, viewport: APP_VIEWPORT };
  if (apps.length > 0) {
    await using program = await serveApps(apps);
    await takePictures("apps", program, { names: apps, ...options });
  }
  if (isWanted(SURFACE.name)) {
    await using program = await ServerProcess.serve(sourceOf(SURFACE.name), "--port", "0");
    await takePictures("apps", program, { names: [SURFACE.name], pathOf: () => SURFACE.path, ...options });
  }
}
