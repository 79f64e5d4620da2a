/** Numbers in rows: nested lists, or a typed array with its shape beside it. */
export type GridValues = readonly ArrayLike<number>[] | (ArrayLike<number> & { shape: readonly number[] });

/** A corner of a cell: where it is, and its value. */
export interface Corner {
  /** Its x-coordinate. */
  readonly x: number;
  /** Its y-coordinate. */
  readonly y: number;
  /** Its value. */
  readonly z: number;
  /** Its place in the columns of the grid. */
  readonly u: number;
  /** Its place in the rows of the grid. */
  readonly v: number;
}

/**
 * The corners of the cells of a grid of values, each cell anticlockwise in rows and columns. One that lacks the value of a
 * corner is the triangle of the others, one that lacks more is left out.
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
