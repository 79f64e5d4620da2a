/**
 * Writes the "imports" column of ARCHITECTURE.md's layer table from the imports in the code. Names and descriptions
 * of layers are written by hand.
 *
 * ```sh
 * deno run -A tools/architecture/layer_table.ts
 * ```
 *
 * @module
 */

import { layersOfRow, readLayers } from "./layers.ts";
import { type Source, sources } from "./sources.ts";

const ROOT = new URL("../..", import.meta.url);

/**
 * Returns the page with the "imports" column filled in.
 *
 * The imports of a layer are listed in the order of the table's rows, with `(types)` if the layer imports only types.
 * Tests do not count. Rows that say "anything" stay.
 */
export function fillImports(markdown: string, files: readonly Source[]): string {
  const layers = readLayers(markdown);
  return markdown.split("\n").map((line) => {
    const names = layersOfRow(line);
    if (names === undefined || layers.get(names[0]!)!.anything) return line;
    const imports = importsOf(names, files);
    const listed = [...layers.keys()].filter((name) => imports.has(name))
      .map((name) => imports.get(name) ? `${name} (types)` : name);
    return line.replace(/\|[^|]*\|\s*$/, listed.length === 0 ? "| |" : `| ${listed.join(", ")} |`);
  }).join("\n");
}

/** Returns the layers that others import, each with whether they import only types of it. */
function importsOf(layers: readonly string[], files: readonly Source[]): Map<string, boolean> {
  const imports = new Map<string, boolean>();
  for (const file of files) {
    if (file.isTest || !layers.includes(file.layer)) continue;
    for (const { layer, typesOnly } of file.imports) {
      if (layer === undefined || layers.includes(layer)) continue;
      imports.set(layer, typesOnly && (imports.get(layer) ?? true));
    }
  }
  return imports;
}

if (import.meta.main) {
  const page = new URL("ARCHITECTURE.md", ROOT);
  const markdown = await Deno.readTextFile(page);
  const filled = fillImports(markdown, await sources(ROOT));
  if (filled !== markdown) await Deno.writeTextFile(page, filled);
}
