/**
 * Showing and saving models and applications: in Jupyter notebooks, in browsers, and as files.
 *
 * ```ts ignore
 * import { save, show } from "@bokeh/server/io";
 *
 * await show(plot);
 * await save(plot, "plot.html");
 * ```
 *
 * @module
 */

export { type NotebookOptions, output_notebook } from "./display.ts";
export { save, show, type Shown, type ShowOptions } from "./show.ts";
