/**
 * The scripts of custom models, which pages load after those of BokehJS.
 *
 * @module
 */

import { posix } from "node:path";
import { nodeBuiltin } from "../../common/node_builtin.ts";
import { definedExtensions, type Extension, type ScriptSource } from "../../models/extensions/extension.ts";
import type { ModelLike } from "../../models/base/model_like.ts";
import extensionSource from "../browser/extension.js" with { type: "text" };
import { scriptJson } from "../escape.ts";
import type { ScriptLink } from "../resources/resources.ts";
import { scriptTemplate } from "../scripts/script_template.ts";
import type { PageExtensions } from "./page_extensions.ts";
import { bundleView, bundleViewSync, nameOf, type SourceMap, type ViewBundle } from "./bundle_view.ts";

/** A script of a custom model. */
export interface ExtensionScript {
  /** Name of the class and of the file, separated by a slash: `Surface3d/Surface3d.js`. */
  readonly path: string;
  /** The source text. */
  readonly text: string;
  /** Comment with the source map, which follows the text in development. */
  readonly sourceMap: string;
}

/** The scripts of a custom model. */
export interface ExtensionScripts {
  /** The scripts in the order in which they must run. */
  readonly scripts: readonly (ExtensionScript | ScriptSource)[];
  /** The files that the scripts were made from. */
  readonly files: readonly URL[];
}

const TEMPLATE = scriptTemplate(extensionSource, ["EXTENSION", "BUNDLE"]);

/** The scripts by definition. A definition is replaced when its module is loaded again. */
const made = new WeakMap<Extension, ExtensionScripts>();
const pending = new WeakMap<Extension, Promise<ExtensionScripts>>();
/** Time for which the error of the bundler is kept, in milliseconds: bundling takes much longer than a page. */
const RETRY_MILLISECONDS = 10_000;

/**
 * Returns the scripts of a custom model. Bundles its view at the first call.
 *
 * @throws {SyntaxError} If the view cannot be bundled. The message has the file and the line.
 */
export function scriptsOf(extension: Extension): Promise<ExtensionScripts> {
  let scripts = pending.get(extension);
  if (scripts === undefined) {
    const { view } = extension;
    scripts = (async () => makeScripts(extension, view instanceof URL ? await bundleView(view) : given(view)))();
    pending.set(extension, scripts);
    // Tried again later: not only errors in the view make the bundler fail, but also a lack of memory or of a network.
    scripts.catch(() => Deno.unrefTimer(setTimeout(() => pending.delete(extension), RETRY_MILLISECONDS)));
  }
  return scripts;
}

/**
 * Returns the scripts of a custom model. Blocks the program while its view is bundled, unless that
 * was done before.
 *
 * @throws {SyntaxError} If the view cannot be bundled.
 */
export function scriptsOfSync(extension: Extension): ExtensionScripts {
  const { view } = extension;
  return made.get(extension) ?? makeScripts(extension, view instanceof URL ? bundleViewSync(view) : given(view));
}

/** Returns the custom models that some models are, with their bases. */
export function extensionsOf(models: Iterable<ModelLike>): Extension[] {
  const defined = [...definedExtensions()];
  if (defined.length === 0) return [];
  const used = new Set<string>();
  for (const { spec } of models) for (const name of spec.ancestors) used.add(name);
  return defined.filter(({ name }) => used.has(name));
}

/** Returns whether a script is one of this server. */
export function isOwnScript(script: ExtensionScript | ScriptSource): script is ExtensionScript {
  return "path" in script;
}

/** Returns the bundle that a definition contains. */
function given(text: string | undefined): ViewBundle | undefined {
  return text === undefined ? undefined : { text, files: [] };
}

/** Returns scripts as parts of a page: texts, and links to scripts of other servers. */
export function partsOf(scripts: readonly (ExtensionScript | ScriptSource)[]): PageExtensions {
  const texts = new Map<string, string>();
  const links: ScriptLink[] = [];
  for (const script of scripts) {
    if (isOwnScript(script)) texts.set(script.path, script.text);
    else links.push({ src: String(script.src), integrity: script.integrity });
  }
  return { scripts: links, inlineScripts: [...texts.values()] };
}

function makeScripts(extension: Extension, view: ViewBundle | undefined): ExtensionScripts {
  const { bundle, javascript } = extension;
  const files = [
    ...view?.files ?? [],
    ...[...javascript.map(({ src }) => src), bundle, ...extension.css].filter(isFile),
  ];
  const scripts = {
    files,
    scripts: [
      ...javascript.map((script) => isFile(script.src) ? fileScript(script.src) : script),
      ...bundle === undefined ? [] : [bundle.protocol === "file:" ? fileScript(bundle) : { src: bundle }],
      ...view === undefined && extension.css.length === 0 ? [] : [viewScript(extension, view ?? NO_VIEW)],
    ],
  };
  made.set(extension, scripts);
  return scripts;
}

/** In place of the view of a class that a prebuilt bundle registers. */
const NO_VIEW: ViewBundle = { text: "", files: [] };

function isFile(source: string | URL | undefined): source is URL {
  return source instanceof URL && source.protocol === "file:";
}

/**
 * Returns a script of one or more custom models. Its path has the name of the first of them, so that pages load it
 * once.
 */
function fileScript(file: URL): ExtensionScript {
  const uses = ({ bundle, javascript }: Extension) =>
    bundle?.href === file.href || javascript.some(({ src }) => String(src) === file.href);
  const { name } = [...definedExtensions()].find(uses)!;
  return { path: `${name}/${nameOf(file)}`, text: Deno.readTextFileSync(file), sourceMap: "" };
}

function viewScript({ name, base, properties, overrides, css, view }: Extension, bundle: ViewBundle): ExtensionScript {
  const source = view instanceof URL ? nameOf(view) : "its bundle";
  const isRegistered = view === undefined;
  const parts = { name, base, properties, overrides, css: css.map(styleOf), source, isRegistered };
  const definition = { ...parts, digest: digestOf(JSON.stringify(parts) + bundle.text) };
  const marker = crypto.randomUUID();
  const [before] = fill(definition, marker).split(marker);
  return {
    path: `${name}/${name}.js`,
    text: fill(definition, bundle.text),
    sourceMap: view instanceof URL ? mapComment(view, bundle, before!.split("\n").length - 1) : "",
  };
}

/** Returns a text that differs if a definition or its bundle has changed. */
function digestOf(text: string): string {
  return nodeBuiltin("node:crypto").createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function fill(definition: object, bundle: string): string {
  // A comment at the end of the bundle must not hide the code after it.
  return TEMPLATE.fill({ EXTENSION: scriptJson(definition), BUNDLE: `\n${bundle}\n` });
}

/** Returns the text or URL of a style sheet. */
function styleOf(css: string | URL): { text: string } | { url: string } {
  if (isFile(css)) return { text: Deno.readTextFileSync(css) };
  const url = String(css);
  return /^https?:\/\/\S+$/.test(url) ? { url } : { text: url };
}

/** Returns a source map for a bundle that begins after some lines of a script. */
function mapComment(view: URL, { sourceMap, files }: ViewBundle, linesBefore: number): string {
  if (sourceMap === undefined) return "";
  const folder = new URL(".", view).pathname;
  const map: SourceMap = {
    ...sourceMap,
    sources: files.length === sourceMap.sources.length
      ? files.map((file) => file.protocol === view.protocol ? posix.relative(folder, file.pathname) : file.href)
      : sourceMap.sources,
    mappings: ";".repeat(linesBefore) + sourceMap.mappings,
  };
  const bytes = new TextEncoder().encode(JSON.stringify(map));
  return `\n//# sourceMappingURL=data:application/json;base64,${bytes.toBase64()}\n`;
}
