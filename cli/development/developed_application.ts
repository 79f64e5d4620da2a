/**
 * An application that is being written.
 *
 * @module
 */

import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Application } from "../../application/application.ts";
import { authorTrace } from "../../application/error_trace.ts";
import type { Document } from "../../document/document.ts";
import type { ModuleGraph } from "./module_graph.ts";
import { changedValues, setWidgetValues, type WidgetValues, widgetValues } from "./kept_values.ts";

/** What a folder's application is made of beside modules. */
const FOLDERS = ["templates", "static"];
const FILES = ["theme.yaml", "theme.json", "main.ts", "main.js", "app_hooks.ts", "app_hooks.js"];

/** The cookie by which a page says whose values it wants. */
const COOKIE = "bokeh-dev-session";

/** An application at a path of the file system, which can be loaded again and again. */
export class DevelopedApplication {
  readonly #path: string;
  readonly #graph: ModuleGraph;
  #modules = new Set<string>();
  readonly #initial = new WeakMap<Document, WidgetValues>();
  readonly #kept = new Map<string, WidgetValues>();

  /** Hears of files that are imported only when the application runs. */
  onLateFile: () => void = () => {};

  /** Loads nothing yet. */
  constructor(path: string, graph: ModuleGraph) {
    this.#path = Deno.realPathSync(path);
    this.#graph = graph;
  }

  /** The application as its files are now. */
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
      return new Application(async (doc) => {
        await fill(doc);
        this.#initial.set(doc, widgetValues(doc));
        setWidgetValues(doc, this.#valuesFor(doc));
      }, options);
    } catch (error) {
      // not all modules are known: those that were there before may be mended
      this.#modules = modules.union(this.#modules);
      throw forAuthors(await unreadableJson(modules, error) ?? error);
    }
  }

  /** An application that fails as the load did. */
  failing(error: unknown): Application {
    return new Application(() => {
      throw error;
    });
  }

  /** Keeps what people have set the widgets of sessions to, for the documents that come in the place of theirs. */
  keepValues(documents: Iterable<Document>): void {
    for (const doc of documents) {
      const id = doc.session_context?.id;
      const initial = this.#initial.get(doc);
      if (id !== undefined && initial !== undefined) this.#kept.set(id, changedValues(widgetValues(doc), initial));
    }
  }

  /** Files that it is made of, whether they are there or not. */
  get files(): string[] {
    return [
      this.#path,
      ...FILES.map((name) => join(this.#path, name)),
      ...[...this.#modules].map((url) => fileURLToPath(url)),
    ];
  }

  /** Folders that it is made of. */
  get folders(): string[] {
    return FOLDERS.map((name) => join(this.#path, name));
  }

  /** Whether a file belongs to it. */
  has(file: string): boolean {
    return this.files.includes(file) || this.folders.some((folder) => file.startsWith(folder + sep));
  }

  #valuesFor(doc: Document): WidgetValues {
    const context = doc.session_context;
    const former = context?.request?.cookies[COOKIE];
    return this.#kept.get(context?.id ?? "") ?? this.#kept.get(decodedCookie(former ?? "")) ?? new Map();
  }
}

/** Returns the value of a cookie, or the text itself if it has a malformed escape: cookies are what a client says. */
function decodedCookie(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** An error that names the module of JSON which is none: the runtime's own names no file. */
async function unreadableJson(modules: Iterable<string>, cause: unknown): Promise<SyntaxError | undefined> {
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

/** An error with the author's own lines only: how the loader came to the modules says nothing of what is wrong with them. */
function forAuthors(error: unknown): unknown {
  if (error instanceof Error) {
    error.stack = authorTrace(error, "none");
    delete error.cause; // its text is in the stack now
  }
  return error;
}
