/**
 * Pages whose application runs in the browser.
 *
 * @module
 */

import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { packageModule } from "../common/package_module.ts";
import liveSource from "../embed/browser/live.js" with { type: "text" };
import { html, scriptJson } from "../embed/escape.ts";
import { bundlerCommand, bundlerError } from "../embed/extensions/bundler.ts";
import { extensionTexts } from "../embed/extensions/extension_files.ts";
import { PAGE_STYLE } from "../embed/pages/page.ts";
import { COMMON_COMPONENTS, COMPONENTS } from "../embed/resources/bokehjs_components.ts";
import { Resources, type ScriptLink } from "../embed/resources/resources.ts";
import { linkTag, textTag } from "../embed/scripts/page_scripts.ts";
import { scriptTemplate } from "../embed/scripts/script_template.ts";
import { definedExtensions } from "../models/extensions/extension.ts";
import { ownModules } from "./own_modules.ts";
import { unavailableIn } from "./unavailable.ts";

/** Options of {@linkcode buildLive}. */
export interface LiveOptions {
  /** Title of the page until the application sets one. */
  readonly title: string;
  /** The source of BokehJS; `"files"`: files beside the page. */
  readonly resources: "cdn" | "inline" | "files";
  /**
   * URL of the folder with the bundles of BokehJS, if `resources` is `"files"`.
   * @default {undefined} the page's own folder, for which the bundles are among the files
   */
  readonly bokehjs?: string;
}

/** A page whose application runs in the browser. */
export interface LivePage {
  /** The page. */
  readonly html: string;
  /** Further files by name, if `resources` is `"files"`. */
  readonly files: ReadonlyMap<string, string>;
  /** What the application uses that browsers do not have, each with its file and line. */
  readonly unavailable: readonly string[];
}

const ELEMENT = "bokeh-live";
const LIVE = scriptTemplate(liveSource, ["ELEMENT_ID"]);
/** Delimiters and models of formulas, which need MathJax. */
const MATH = /\$\$|\\\\[[(]|\b(?:MathML|TeX|Ascii)\(/;
/** An import of a module of Node in a bundle. */
const NODE_IMPORT = /\bimport\s*(?:(\*\s*as\s+[\w$]+|[\w$]+|\{[^}]*\})\s*from\s*)?["'](node:[\w/]+)["'];?/g;

/**
 * Builds a page in which an application runs without a server.
 *
 * @param main Path of the application's module.
 * @throws {SyntaxError} If the application cannot be bundled.
 */
export async function buildLive(main: string, { title, resources: source, bokehjs }: LiveOptions): Promise<LivePage> {
  const { code, unavailable, hasMath } = await bundleApplication(resolve(main));
  const components = hasMath ? COMPONENTS : COMMON_COMPONENTS;
  const resources = new Resources({ mode: source === "cdn" ? "cdn" : "inline" });
  const texts = await resources.texts(components);
  const extensions = await extensionTexts(definedExtensions());
  const files = new Map<string, string>();
  const links: ScriptLink[] = [...resources.scripts(components)];
  if (source === "files") {
    if (bokehjs === undefined) components.forEach((name, index) => files.set(`${name}.min.js`, texts[index]!));
    files.set("app.js", code);
    links.push(...components.map((name) => ({ src: `${bokehjs ?? ""}${name}.min.js` })));
  }
  const scripts = [
    ...[...links, ...extensions.scripts].map((link) => linkTag(link)),
    ...[...source === "inline" ? texts : [], ...extensions.inlineScripts].map((text) => textTag(text)),
    textTag(LIVE.fill({ ELEMENT_ID: scriptJson(ELEMENT) })),
    source === "files"
      ? `<script type="module" src="app.js"></script>`
      : textTag(code).replace("<script>", `<script type="module">`),
  ];
  return { html: page(title, scripts), files, unavailable };
}

function page(title: string, scripts: readonly string[]): string {
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>${html(title)}</title>
    <style>${PAGE_STYLE}</style>
  </head>
  <body>
    <div id="${ELEMENT}" style="display: contents;"></div>
${scripts.join("\n")}
  </body>
</html>
`;
}

/** A bundled application. */
interface ApplicationBundle {
  /** The script, an ES module. */
  readonly code: string;
  /** What the application uses that browsers do not have. */
  readonly unavailable: readonly string[];
  /** Whether the application contains formulas. */
  readonly hasMath: boolean;
}

async function bundleApplication(main: string): Promise<ApplicationBundle> {
  const folder = await Deno.makeTempDir();
  try {
    const entry = join(folder, "entry.ts");
    const start = packageModule("live/start");
    await Deno.writeTextFile(
      entry,
      `import app from ${JSON.stringify(pathToFileURL(main).href)};\n` +
        `import { start } from ${JSON.stringify(start)};\nglobalThis.bokehLive(() => start(app));\n`,
    );
    const output = join(folder, "app.js");
    const options = ["--format", "esm", "--minify", ...await configOf(main)];
    const { success, stderr } = await bundlerCommand(pathToFileURL(entry), output, options, dirname(main)).output();
    if (!success) throw new SyntaxError(`Cannot bundle ${basename(main)}: ${bundlerError(stderr)}`);
    const code = (await Deno.readTextFile(output)).replaceAll(NODE_IMPORT, withoutImport);
    const modules = await ownModules(main);
    const hasMath = modules.some(({ text }) => MATH.test(text));
    return { code, unavailable: unavailableIn(modules), hasMath };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Returns the statement that replaces an import of a module of Node. */
function withoutImport(_statement: string, names: string | undefined, module: string): string {
  const value = `globalThis.bokehNodeModule(${JSON.stringify(module)})`;
  if (names === undefined) return "";
  if (names.startsWith("*")) return `const ${names.replace(/^\*\s*as\s+/, "")}=${value};`;
  return `const ${names.startsWith("{") ? names.replaceAll(/\s+as\s+/g, ":") : names}=${value};`;
}

/** Returns the option for the configuration of this package, if the application has none. */
async function configOf(main: string): Promise<string[]> {
  for (let folder = dirname(main);; folder = dirname(folder)) {
    for (const name of ["deno.json", "deno.jsonc"]) {
      if (await exists(join(folder, name))) return ["--config", join(folder, name)];
    }
    if (folder === dirname(folder)) break;
  }
  const own = new URL("../deno.json", import.meta.url);
  return own.protocol === "file:" && await exists(own) ? ["--config", fileURLToPath(own)] : [];
}

async function exists(path: string | URL): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
