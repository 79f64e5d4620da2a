import type { AxisView, Extents, LineData, PointData, Points, PointsView } from "./view.ts";

/** Runs a query and returns its columns by name. */
export type Query = (sql: string) => Promise<Readonly<Record<string, ArrayLike<unknown>>>>;

/** The table, or a file such as `'trades.parquet'` in quotes, and its columns. */
export interface SqlTable {
  /** The table as it stands after `from`. It is part of the query: never pass text of users. */
  readonly from: string;
  /** Name of the column of x-coordinates. It must be a number. */
  readonly x: string;
  /** Name of the column of y-coordinates. */
  readonly y: string;
}

/**
 * Points in a table of DuckDB, which aggregates them for each view: also those of files that are
 * larger than the memory.
 */
export class SqlPoints implements LineData, PointData {
  readonly #query: Query;
  readonly #from: string;
  readonly #x: string;
  readonly #y: string;

  /**
   * Uses a table as points.
   *
   * @param query Runs a query, as `async (sql) => (await connection.runAndReadAll(sql)).getColumnsObjectJS()`.
   * @param table The table and its columns.
   */
  constructor(query: Query, { from, x, y }: SqlTable) {
    this.#query = query;
    this.#from = from;
    this.#x = `${identifier(x)}::double`;
    this.#y = `${identifier(y)}::double`;
  }

  /** Returns the extents of both coordinates. */
  async extents(): Promise<Extents> {
    const [x, y] = [this.#x, this.#y];
    const found = await this.#numbers(
      `select min(${x}) x0, max(${x}) x1, min(${y}) y0, max(${y}) y1 from ${this.#from}`,
    );
    const only = (name: string) => found(name)[0] ?? NaN;
    return { x: { start: only("x0"), end: only("x1") }, y: { start: only("y0"), end: only("y1") } };
  }

  /**
   * Returns the points that draw the part of the line in a view: up to four for each pixel, and the
   * neighbors of the view.
   */
  async pointsIn(view: AxisView): Promise<Points> {
    const [start, end] = [number(view.start), number(view.end)];
    // NaN would be the largest number.
    const found = await this.#numbers(
      `with points as (
         select x, case when isnan(y) then null else y end y
         from (select ${this.#x} x, ${this.#y} y from ${this.#from}) where not isnan(x)
       ), chosen as (
         select unnest([min(x), arg_min(x, y), arg_max(x, y), max(x)]) x,
           unnest([arg_min_null(y, x), min(y), max(y), arg_max_null(y, x)]) y
         from points where ${within("x", view)} group by ${cell("x", view)}
         union all select max(x), arg_max_null(y, x) from points where x < ${start}
         union all select min(x), arg_min_null(y, x) from points where x >= ${end}
       )
       select x, y from chosen where x is not null group by x, y order by x`,
    );
    return { x: found("x"), y: found("y") };
  }

  /** Returns the points in a view, or their numbers in the cells of a grid. */
  async viewOf(x: AxisView, y: AxisView, limit: number): Promise<PointsView> {
    const points = `(select ${this.#x} x, ${this.#y} y from ${this.#from})`;
    const inView = `${points} where ${within("x", x)} and ${within("y", y)}`;
    const found = await this.#numbers(
      `select ${cell("y", y)} r, ${cell("x", x)} c, count(*)::double n from ${inView} group by r, c`,
    );
    const [rows, columns, numbers] = [found("r"), found("c"), found("n")];
    const counts = new Uint32Array(x.pixels * y.pixels);
    let total = 0;
    for (const [i, count] of numbers.entries()) {
      counts[rows[i]! * x.pixels + columns[i]!] = count;
      total += count;
    }
    if (total > limit) return { counts, total };
    const few = await this.#numbers(`select x, y from ${inView}`);
    return { points: { x: few("x"), y: few("y") } };
  }

  /** Runs a query and returns the function from a name to its column of numbers. */
  async #numbers(sql: string): Promise<(name: string) => Float64Array> {
    const columns = await this.#query(sql);
    return (name) => Float64Array.from(columns[name] ?? [], (value) => value === null ? NaN : Number(value));
  }
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function within(name: string, { start, end }: AxisView): string {
  return `${name} >= ${number(start)} and ${name} < ${number(end)}`;
}

/** Returns the expression of the cell of a coordinate. */
function cell(name: string, { start, end, pixels, isLog }: AxisView): string {
  const [low, high] = isLog ? [Math.log(start), Math.log(end)] : [start, end];
  const value = isLog ? `ln(${name})` : name;
  return `least(floor((${value} - ${number(low)}) * ${number(pixels / (high - low))}), ${pixels - 1})::integer`;
}

function number(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError(`Cannot query a range with ${value}`);
  return `(${value}::double)`;
}
