/**
 * An application that is reloaded when its files change (`--dev`).
 *
 * @module
 */

import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Application } from "../../application/application.ts";
import { authorTrace } from "../../application/error_trace.ts";
import type { Document } from "../../document/document.ts";
import { definedExtensions, extensionsVersion } from "../../models/extensions/extension.ts";
import { changedValues, setWidgetValues, type WidgetValues, widgetValues } from "./kept_values.ts";
import type { ModuleGraph } from "./module_graph.ts";

/** Folders of an application whose files are watched. */
const FOLDERS = ["templates", "static"];
/** Files of an application's folder that are watched, whether they exist or not. */
const FILES = ["theme.yaml", "theme.json", "main.ts", "main.js", "app_hooks.ts", "app_hooks.js"];

/**
 * Cookie that names the session whose widget values a reloaded page takes over. The page's script
 * sets it.
 */
const COOKIE = "bokeh-dev-session";

/** An application at a path of the file system, which can be loaded repeatedly. */
export class ReloadableApplication {
  readonly #path: string;
  readonly #graph: ModuleGraph;
  #modules = new Set<string>();
  #viewFiles = new Set<string>();
  readonly #initial = new WeakMap<Document, WidgetValues>();
  readonly #kept = new Map<string, WidgetValues>();

  /** Called when the running application imports a module that was not known when it was loaded. */
  onLateFile: () => void = () => {};

  /** Creates the object without loading the application. */
  constructor(path: string, graph: ModuleGraph) {
    this.#path = Deno.realPathSync(path);
    this.#graph = graph;
  }

  /**
   * Loads the application from its current files.
   *
   * @throws The error of the application's code, with a stack that contains only lines of the
   * application.
   */
  async load(): Promise<Application> {
    const modules = new Set<string>();
    let isLoaded = false;
    try {
      const { fill, options } = await this.#graph.load(this.#path, (url) => {
        if (modules.has(url)) return;
        modules.add(url);
        if (isLoaded) this.onLateFile();
      });
      isLoaded = true;
      this.#modules = modules;
      this.#viewFiles = await viewFiles(this.#viewFiles);
      return new Application(async (doc) => {
        await fill(doc);
        this.#initial.set(doc, widgetValues(doc));
        setWidgetValues(doc, this.#valuesFor(doc));
      }, options);
    } catch (error) {
      // The load stopped early, so modules of the previous load are watched too: a change may
      // repair them.
      this.#modules = modules.union(this.#modules);
      throw withApplicationStack(await jsonModuleError(modules, error) ?? error);
    }
  }

  /** Returns an application whose sessions fail with the error of a failed load. */
  failing(error: unknown): Application {
    return new Application(() => {
      throw error;
    });
  }

  /** Watches a module that the application has not imported: that of a task. */
  addModule(url: string): void {
    const file = url.split("?", 1)[0]!;
    if (!file.startsWith("file:") || this.#modules.has(file)) return;
    this.#modules.add(file);
    this.onLateFile();
  }

  /**
   * Keeps the widget values that users have changed, for the documents that replace these
   * documents.
   */
  keepValues(documents: Iterable<Document>): void {
    for (const doc of documents) {
      const id = doc.session_context?.id;
      const initial = this.#initial.get(doc);
      if (id !== undefined && initial !== undefined) this.#kept.set(id, changedValues(widgetValues(doc), initial));
    }
  }

  /**
   * The files to watch, whether they exist or not: modules, themes, hooks and the application
   * itself.
   */
  get files(): string[] {
    return [
      this.#path,
      ...FILES.map((name) => join(this.#path, name)),
      ...[...this.#modules].map((url) => fileURLToPath(url)),
      ...this.#viewFiles,
    ];
  }

  /** Returns whether a file is part of the view of a custom model, which pages load as a script. */
  isViewFile(file: string): boolean {
    return this.#viewFiles.has(file);
  }

  /** The folders to watch: templates and static files. */
  get folders(): string[] {
    return FOLDERS.map((name) => join(this.#path, name));
  }

  /** Returns whether a file belongs to the application. */
  has(file: string): boolean {
    return this.files.includes(file) || this.folders.some((folder) => file.startsWith(folder + sep));
  }

  #valuesFor(doc: Document): WidgetValues {
    const context = doc.session_context;
    const former = context?.request?.cookies[COOKIE];
    return this.#kept.get(context?.id ?? "") ?? this.#kept.get(decodedCookie(former ?? "")) ?? new Map();
  }
}

/**
 * Returns the files of the views of custom models.
 *
 * @param known The former files: they are kept if a view cannot be bundled, because a change of one
 * may repair it.
 */
async function viewFiles(known: ReadonlySet<string>): Promise<Set<string>> {
  if (extensionsVersion() === 0) return new Set();
  const { scriptsOf } = await import("../../embed/extensions/extension_scripts.ts");
  let isBroken = false;
  const found = await Promise.all(Array.from(definedExtensions(), async (extension) => {
    try {
      return (await scriptsOf(extension)).files;
    } catch {
      // The page shows the error.
      isBroken = true;
      return extension.view instanceof URL ? [extension.view] : [];
    }
  }));
  const paths = found.flat().filter(({ protocol }) => protocol === "file:").map((url) => fileURLToPath(url));
  return new Set([...isBroken ? known : [], ...paths]);
}

/**
 * Decodes a cookie. Returns the text itself if it has a malformed escape, because clients can send
 * any text.
 */
function decodedCookie(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Returns an error that names the JSON module that cannot be parsed. Deno's own error does not name
 * the file.
 */
async function jsonModuleError(modules: Iterable<string>, cause: unknown): Promise<SyntaxError | undefined> {
  if (!(cause instanceof SyntaxError)) return undefined;
  for (const url of modules) {
    if (!url.endsWith(".json")) continue;
    try {
      JSON.parse(await Deno.readTextFile(fileURLToPath(url)));
    } catch (error) {
      if (error instanceof SyntaxError) return new SyntaxError(`Cannot read ${fileURLToPath(url)}: ${error.message}`);
    }
  }
  return undefined;
}

/**
 * Reduces the stack of an error to lines of the application. Frames of the loader do not help to
 * find the mistake.
 */
function withApplicationStack(error: unknown): unknown {
  if (error instanceof Error) {
    error.stack = authorTrace(error, "none");
    delete error.cause; // authorTrace() has included it in the stack
  }
  return error;
}
