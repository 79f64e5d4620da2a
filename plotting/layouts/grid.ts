/**
 * Grids whose rows and columns are aligned.
 *
 * @module
 */

import { Column, FlexBox, GridBox, LayoutDOM, Row, type UIElement } from "../../models/gen/classes.ts";
import { applySizing, hasAutoSizing, type SizingMode } from "./sizing.ts";

/** An element, null for a gap, or an array whose levels alternate between columns and rows. */
export type GridChild = UIElement | null | readonly GridChild[];

/** Options of {@linkcode grid}. */
export interface GridOptions {
  /**
   * How the grid fills the available space. Also applies to children without sizing properties of
   * their own.
   *
   * @default {null}
   */
  sizing_mode?: SizingMode | null;
  /**
   * Number of rows into which a flat list is split.
   *
   * @default {undefined}
   */
  nrows?: number;
  /**
   * Number of columns into which a flat list is split. Takes precedence over `nrows`.
   *
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
 * Arranges elements in one grid, so that the cells of all rows and columns are aligned.
 *
 * @param children Nested arrays, of which the outermost is a column, its arrays are rows, and so
 * on; or a flat array, with `nrows` or `ncols`; or a row or column, whose nested rows and columns
 * become part of the grid.
 * @param options Sizing mode, and the number of rows or columns of a flat array.
 * @throws {TypeError} If `children` is neither an array nor a row or column.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { grid } from "@bokeh/server/layouts";
 * import { Div } from "@bokeh/server/models";
 *
 * const box = grid([new Div(), new Div(), null, new Div()], { ncols: 2 });
 * assertEquals(box.children.map(([, row, column]) => [row, column]), [[0, 0], [0, 1], [1, 1]]);
 * ```
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

/**
 * Converts a row or column to a tree. Nested ones that have no sizing or spacing of their own
 * become part of the grid.
 */
function treeOfLayout(item: UIElement, isTop: boolean): Tree {
  if (!(item instanceof FlexBox) || !(isTop || hasAutoSizing(item) && item.spacing === 0)) return item;
  const children = item.children.map((child) => treeOfLayout(child, false));
  return { direction: item instanceof Column ? "column" : "row", children };
}

/**
 * Assigns cells to all elements. Rows and columns are subdivided until those of neighbors are
 * aligned.
 */
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
