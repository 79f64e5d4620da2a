/**
 * The layer table of ARCHITECTURE.md, which lists the layers that each layer imports.
 *
 * @module
 */

/** A row of the table. */
export interface Layer {
  /** The imported layers by name, each with whether only types are imported from it. */
  readonly imports: ReadonlyMap<string, { typesOnly: boolean }>;
  /** Whether the layer may import every other one: the table says "anything". */
  readonly anything: boolean;
}

/** Returns the names of the layers of a table row, or `undefined` if the line is no row with three cells. */
export function layersOfRow(line: string): string[] | undefined {
  const cells = cellsOf(line);
  const names = [...(cells[0] ?? "").matchAll(/`([^`]+?)\/?`/g)].map((match) => match[1]!);
  return cells.length === 3 && names.length > 0 ? names : undefined;
}

/** Reads the table from the page's Markdown. A row that lists several layers counts for each of them. */
export function readLayers(markdown: string): Map<string, Layer> {
  const layers = new Map<string, Layer>();
  for (const line of markdown.split("\n")) {
    const names = layersOfRow(line);
    if (names === undefined) continue;
    const cell = cellsOf(line)[2]!;
    const layer = { imports: readImports(cell), anything: cell === "anything" };
    for (const name of names) layers.set(name, layer);
  }
  return layers;
}

/**
 * Returns whether the table allows files of one layer to import files of another.
 *
 * @param typesOnly whether the import has only types
 */
export function isImportAllowed(layers: Map<string, Layer>, from: string, to: string, typesOnly: boolean): boolean {
  const layer = layers.get(from);
  if (from === to || layer?.anything) return true;
  const allowed = layer?.imports.get(to);
  return allowed !== undefined && (typesOnly || !allowed.typesOnly);
}

function cellsOf(line: string): string[] {
  return line.split("|").slice(1, -1).map((cell) => cell.trim());
}

function readImports(cell: string): Map<string, { typesOnly: boolean }> {
  const imports = new Map<string, { typesOnly: boolean }>();
  for (const item of cell.split(",")) {
    const match = /^([a-z]+)( \(types\))?$/.exec(item.trim());
    if (match !== null) imports.set(match[1]!, { typesOnly: match[2] !== undefined });
  }
  return imports;
}
