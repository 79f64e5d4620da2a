import { Column, FlexBox, GridBox, LayoutDOM, Row, type UIElement } from "../../models/gen/classes.ts";
import { applySizing, hasAutoSizing, type SizingMode } from "./sizing.ts";

/** An element, nothing (a gap), or a list of them that alternates between columns and rows with each level. */
export type GridChild = UIElement | null | readonly GridChild[];

/** Options of {@linkcode grid}. */
export interface GridOptions {
  /**
   * How the grid, and those of its children that do not say it themselves, fill the space that there is.
   * @default {null}
   */
  sizing_mode?: SizingMode | null;
  /**
   * Number of rows to break a flat list into.
   * @default {undefined}
   */
  nrows?: number;
  /**
   * Number of columns to break a flat list into; goes before `nrows`.
   * @default {undefined}
   */
  ncols?: number;
}

type Tree = UIElement | null | { direction: "row" | "column"; children: Tree[] };

interface Cell {
  item: UIElement | null;
  row: number;
  column: number;
  rows: number;
  columns: number;
}

interface Cells {
  rows: number;
  columns: number;
  cells: Cell[];
}

/**
 * Arranges nested lists, a row or column of rows and columns, or a flat list (with `nrows` or `ncols`) on one grid, so
 * that the cells of all rows and columns line up.
 */
export function grid(children: readonly GridChild[] | Row | Column, options: GridOptions = {}): GridBox {
  const { cells } = flatten(toTree(children, options));
  const placed = cells.flatMap(({ item, row, column, rows, columns }): [UIElement, number, number, number, number][] =>
    item === null ? [] : [[item, row, column, rows, columns]]
  );
  const box = new GridBox({ children: placed });
  const sizingMode = options.sizing_mode ?? null;
  if (sizingMode !== null) {
    box.sizing_mode = sizingMode;
    for (const [item] of placed) applySizing(item, sizingMode);
  }
  return box;
}

function toTree(children: readonly GridChild[] | Row | Column, { nrows, ncols }: GridOptions): Tree {
  if (children instanceof LayoutDOM) return treeOfLayout(children, true);
  if (!Array.isArray(children)) {
    throw new TypeError(`Cannot make a grid of ${children}: expected a list, a row or a column`);
  }
  if (nrows === undefined && ncols === undefined) return treeOfList(children, 0);
  const width = ncols ?? Math.ceil(children.length / nrows!);
  const rows = Array.from(
    { length: Math.ceil(children.length / width) },
    (_, i) => children.slice(i * width, (i + 1) * width),
  );
  return { direction: "column", children: rows.map((row) => ({ direction: "row", children: row })) };
}

function treeOfList(child: GridChild, level: number): Tree {
  if (!Array.isArray(child)) return child as UIElement | null;
  return {
    direction: level % 2 === 0 ? "column" : "row",
    children: child.map((inner) => treeOfList(inner, level + 1)),
  };
}

/** Rows and columns that say nothing of their own size or spacing dissolve into the grid. */
function treeOfLayout(item: UIElement, isTop: boolean): Tree {
  if (!(item instanceof FlexBox) || !(isTop || hasAutoSizing(item) && item.spacing === 0)) return item;
  const children = item.children.map((child) => treeOfLayout(child, false));
  return { direction: item instanceof Column ? "column" : "row", children };
}

/** Gives all leaves their cells; the rows of neighbors are split until they line up. */
function flatten(tree: Tree): Cells {
  if (tree === null || !("direction" in tree)) {
    return { rows: 1, columns: 1, cells: [{ item: tree, row: 0, column: 0, rows: 1, columns: 1 }] };
  }
  const parts = tree.children.map(flatten).filter(({ rows, columns }) => rows !== 0 && columns !== 0);
  if (parts.length === 0) return { rows: 0, columns: 0, cells: [] };
  return tree.direction === "row" ? beside(parts) : transpose(beside(parts.map(transpose)));
}

function beside(parts: readonly Cells[]): Cells {
  const rows = parts.map((part) => part.rows).reduce(leastCommonMultiple);
  let columns = 0;
  const cells: Cell[] = [];
  for (const part of parts) {
    const factor = rows / part.rows;
    for (const cell of part.cells) {
      cells.push({ ...cell, row: cell.row * factor, rows: cell.rows * factor, column: cell.column + columns });
    }
    columns += part.columns;
  }
  return { rows, columns, cells };
}

function transpose({ rows, columns, cells }: Cells): Cells {
  const turned = cells.map((cell) => ({
    item: cell.item,
    row: cell.column,
    column: cell.row,
    rows: cell.columns,
    columns: cell.rows,
  }));
  return { rows: columns, columns: rows, cells: turned };
}

function leastCommonMultiple(a: number, b: number): number {
  return a * b / greatestCommonDivisor(a, b);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
