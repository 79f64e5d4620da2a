/**
 * Showing models and applications in a notebook or in a browser.
 *
 * @module
 */

import { pathToFileURL } from "node:url";
import type { ApplicationFunction } from "../application/application_options.ts";
import { fileHtml, type FileHtmlOptions } from "../embed/standalone/file_html.ts";
import type { Embeddable } from "../embed/standalone/standalone.ts";
import type { BokehHttpServer } from "../server/serve.ts";
import { displayModel } from "./display.ts";
import { jupyter } from "./jupyter.ts";
import { openBrowser } from "./open_browser.ts";

/** Options of {@linkcode show}. */
export interface ShowOptions extends FileHtmlOptions {
  /**
   * Command that opens the page, in which `%s` stands for the URL.
   *
   * @default The system's browser.
   */
  readonly browser?: string;
}

/** Something that is shown. */
export interface Shown {
  /** URL of the page: a file, or that of an application. Undefined for models in a notebook. */
  readonly url: string | undefined;
  /**
   * Shows the present state of the models in the output or file that exists already. An application
   * shows its changes by itself.
   */
  update(): Promise<void>;
  /** Stops the server of an application. */
  stop(): Promise<void>;
}

/**
 * Shows models, or an application. In a Jupyter notebook they are shown below the cell; the
 * callbacks of an application run in the notebook's kernel. In other programs, a browser opens a
 * file or the page of a server.
 *
 * @param source Models, a document, or a function that fills the document of an application.
 * @returns The means to update what is shown.
 *
 * @example
 * ```ts ignore
 * import { show } from "@bokeh/server/io";
 * import { figure } from "@bokeh/server/plotting";
 *
 * const plot = figure();
 * plot.line({ x: [1, 2, 3], y: [4, 6, 5] });
 * await show(plot);
 * ```
 */
export async function show(source: Embeddable | ApplicationFunction, options: ShowOptions = {}): Promise<Shown> {
  return typeof source === "function" ? await showApplication(source, options) : await showModels(source, options);
}

/**
 * Writes models as an HTML file that needs no server.
 *
 * @param path Path of the file.
 */
export async function save(source: Embeddable, path: string | URL, options: FileHtmlOptions = {}): Promise<void> {
  await Deno.writeTextFile(path, await fileHtml(source, options));
}

async function showModels(source: Embeddable, options: ShowOptions): Promise<Shown> {
  const kernel = jupyter();
  if (kernel !== undefined) {
    const display_id = crypto.randomUUID();
    await kernel.display(await displayModel(source), { raw: true, display_id });
    return {
      url: undefined,
      update: async () => await kernel.display(await displayModel(source), { raw: true, display_id, update: true }),
      stop: async () => {},
    };
  }
  const path = await Deno.makeTempFile({ prefix: "bokeh-", suffix: ".html" });
  const update = () => save(source, path, options);
  await update();
  const url = pathToFileURL(path).href;
  open(url, options);
  return { url, update, stop: async () => {} };
}

async function showApplication(source: ApplicationFunction, options: ShowOptions): Promise<Shown> {
  const kernel = jupyter();
  // Loaded on demand: showing models needs no server.
  const { serveBokeh } = await import("../server/serve.ts");
  // Only who knows the path can open the application: other pages of the browser reach the port, too.
  const path = `/${crypto.randomUUID()}`;
  const server = await serveBokeh({ [path]: source }, {
    port: 0,
    hostname: "127.0.0.1",
    useIndex: false,
    redirectRoot: false,
    // Notebooks are pages of any origin.
    ...kernel === undefined ? {} : { extraWebsocketOrigins: ["*"] },
  });
  const url = new URL(path, server.url).href;
  if (kernel === undefined) open(url, options);
  else await kernel.display(outputOf(server, path), { raw: true });
  return { url, update: async () => {}, stop: () => server.stop() };
}

/** Returns the output that embeds an application. */
function outputOf(server: BokehHttpServer, path: string): Record<string, string> {
  const id = crypto.randomUUID();
  const embed = JSON.stringify(new URL("embed.js", server.url).href);
  const script = `import(${embed}).then(({ embed }) => embed(document.getElementById("${id}"), "${path}"))` +
    `.catch((error) => document.getElementById("${id}").textContent = error.message);`;
  return {
    "text/plain": `Application at ${new URL(path, server.url)}`,
    "text/html": `<div id="${id}"></div>\n<script>\n${script}\n</script>`,
  };
}

function open(url: string, { browser }: ShowOptions): void {
  if (!openBrowser(url, browser)) throw new Error(`Cannot show ${url}: no browser can be opened`);
}
