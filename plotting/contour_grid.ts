/**
 * Splits a grid of values into cells for contouring.
 *
 * @module
 */

/** A matrix of numbers: an array of rows, or a typed array in row-major order with its `shape`. */
export type GridValues = readonly ArrayLike<number>[] | (ArrayLike<number> & { shape: readonly number[] });

/** A grid point. It is a corner of up to four cells. */
export interface Corner {
  /** Coordinate in data space. */
  readonly x: number;
  /** Coordinate in data space. */
  readonly y: number;
  /** Value at the point. */
  readonly z: number;
  /** Column index in the grid. Fractional for points on an edge between two grid points. */
  readonly u: number;
  /** Row index in the grid. Fractional for points on an edge between two grid points. */
  readonly v: number;
}

/**
 * Returns the cells of a grid, each as its corners in anticlockwise order of grid indices. A cell
 * with one non-finite value becomes a triangle of the other corners; a cell with more of them is
 * omitted.
 *
 * @throws {RangeError} If the grid is smaller than 2 × 2, or the shapes of `x`, `y` and `z` do not
 * match.
 */
export function gridCells(
  z: GridValues,
  x?: ArrayLike<number> | GridValues,
  y?: ArrayLike<number> | GridValues,
): Corner[][] {
  const values = toRows(z, "z");
  const ny = values.length;
  const nx = values[0]?.length ?? 0;
  if (ny < 2 || nx < 2) throw new RangeError(`Cannot contour ${ny} × ${nx} values: at least 2 × 2 are needed`);
  const xAt = coordinates("x", x, nx, ny, (_row, column) => column);
  const yAt = coordinates("y", y, ny, nx, (row) => row);
  const corner = (row: number, column: number): Corner => ({
    x: xAt(row, column),
    y: yAt(row, column),
    z: values[row]![column]!,
    u: column,
    v: row,
  });
  const cells: Corner[][] = [];
  for (let row = 0; row + 1 < ny; row++) {
    for (let column = 0; column + 1 < nx; column++) {
      const cell = [corner(row, column), corner(row, column + 1), corner(row + 1, column + 1), corner(row + 1, column)];
      const known = cell.filter(({ z }) => Number.isFinite(z));
      if (known.length >= 3) cells.push(known);
    }
  }
  return cells;
}

type CoordinateAt = (row: number, column: number) => number;

function coordinates(
  name: "x" | "y",
  given: ArrayLike<number> | GridValues | undefined,
  length: number,
  across: number,
  along: CoordinateAt,
): CoordinateAt {
  if (given === undefined) return along;
  if (isFlat(given)) {
    if (given.length !== length) {
      throw new RangeError(`Cannot contour: ${name} has ${given.length} items, expected ${length}`);
    }
    return (row, column) => given[along(row, column)]!;
  }
  const rows = toRows(given, name);
  const [ny, nx] = name === "x" ? [across, length] : [length, across];
  if (rows.length !== ny || rows[0]?.length !== nx) {
    throw new RangeError(
      `Cannot contour: ${name} has ${rows.length} × ${rows[0]?.length ?? 0} items, expected ${ny} × ${nx}`,
    );
  }
  return (row, column) => rows[row]![column]!;
}

function isFlat(values: ArrayLike<number> | GridValues): values is ArrayLike<number> {
  return "shape" in values ? values.shape.length === 1 : typeof values[0] === "number";
}

function toRows(values: GridValues, name: string): ArrayLike<number>[] {
  if ("shape" in values) {
    const [ny = 0, nx = 0] = values.shape;
    if (values.shape.length !== 2) {
      throw new RangeError(`Cannot contour: ${name} has ${values.shape.length} dimensions, expected 2`);
    }
    return Array.from(
      { length: ny },
      (_, row) => Array.from({ length: nx }, (_, column) => values[row * nx + column]!),
    );
  }
  const nx = values[0]?.length;
  if (values.some((row) => row.length !== nx)) {
    throw new RangeError(`Cannot contour: the rows of ${name} differ in length`);
  }
  return [...values];
}
