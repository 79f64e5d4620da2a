import { assertEquals, assertThrows } from "@std/assert";
import * as arrow from "apache-arrow";
import { Document } from "../../document/document.ts";
import { ColumnDataSource } from "../mod.ts";

/**
 * Returns the column of a vector in a table. Checks that a table that was serialized with Arrow has
 * the same column.
 */
function columnOf(vector: arrow.Vector): unknown {
  const table = new arrow.Table({ x: vector });
  const direct = ColumnDataSource.from_rows(table);
  const read = ColumnDataSource.from_rows(arrow.tableFromIPC(arrow.tableToIPC(table)));
  assertEquals(direct.data.x, read.data.x);
  const doc = new Document();
  doc.add_root(direct);
  doc.to_json();
  return direct.data.x;
}

function column(values: readonly unknown[], type: arrow.DataType): unknown {
  return columnOf(arrow.vectorFromArray(values, type) as arrow.Vector);
}

Deno.test("from_rows() keeps the typed arrays of Arrow's numbers", () => {
  assertEquals(column([1, 2], new arrow.Int32()), Int32Array.of(1, 2));
  assertEquals(column([1, 255], new arrow.Uint8()), Uint8Array.of(1, 255));
  assertEquals(column([1.5, 2], new arrow.Float64()), Float64Array.of(1.5, 2));
  assertEquals(column([0.5, 2], new arrow.Float32()), Float32Array.of(0.5, 2));
  assertEquals(column([1.5, -2], new arrow.Float16()), Float32Array.of(1.5, -2));
});

Deno.test("from_rows() converts missing values of Arrow to NaN or null", () => {
  assertEquals(column([1.5, null, 0], new arrow.Float64()), Float64Array.of(1.5, NaN, 0));
  assertEquals(column([1.5, null, 0], new arrow.Float32()), Float32Array.of(1.5, NaN, 0));
  assertEquals(column([1.5, null], new arrow.Float16()), Float32Array.of(1.5, NaN));
  assertEquals(column([1, null, 0], new arrow.Int32()), [1, null, 0]);
  assertEquals(column([true, null, false], new arrow.Bool()), [true, null, false]);
  assertEquals(column(["a", null, "b"], new arrow.Utf8()), ["a", null, "b"]);
  assertEquals(column(["a", null, "a"], new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32())), ["a", null, "a"]);
  assertEquals(column([null, null], new arrow.Null()), [null, null]);
});

Deno.test("from_rows() converts 64-bit integers of Arrow to numbers, and throws if a number cannot represent one", () => {
  assertEquals(column([1n, -2n], new arrow.Int64()), Int32Array.of(1, -2));
  assertEquals(column([1n, 2n ** 40n], new arrow.Int64()), Float64Array.of(1, 2 ** 40));
  assertEquals(column([1n, null, 2n ** 53n], new arrow.Int64()), [1, null, 2 ** 53]);
  assertEquals(column([2n ** 60n], new arrow.Uint64()), Float64Array.of(2 ** 60));
  assertThrows(
    () => column([0n, 2n ** 53n + 1n], new arrow.Int64()),
    RangeError,
    "Cannot convert 9007199254740993 in column x, row 1 to a number",
  );
  assertThrows(() => column([null, 2n ** 64n - 1n], new arrow.Uint64()), RangeError, "in column x, row 1");
});

Deno.test("from_rows() converts timestamps of all units of Arrow to milliseconds", () => {
  const time = Date.UTC(2024, 1, 29, 12, 30, 15);
  const units = [
    arrow.TimestampSecond,
    arrow.TimestampMillisecond,
    arrow.TimestampMicrosecond,
    arrow.TimestampNanosecond,
  ];
  for (const unit of units) {
    assertEquals(column([time, null, 0], new unit()), Float64Array.of(time, NaN, 0), unit.name);
    assertEquals(column([time], new unit("America/New_York")), Float64Array.of(time), unit.name);
  }
  const day = Date.UTC(2024, 1, 29);
  for (const type of [new arrow.DateDay(), new arrow.DateMillisecond()]) {
    assertEquals(column([new Date(day), null], type), Float64Array.of(day, NaN));
  }
});

Deno.test("from_rows() converts times of day and durations of Arrow to milliseconds", () => {
  const inUnits = [15n, 15_000n, 15_000_000n, 15_000_000_000n];
  const times = [arrow.TimeSecond, arrow.TimeMillisecond, arrow.TimeMicrosecond, arrow.TimeNanosecond];
  times.forEach((type, i) => {
    const value = i < 2 ? Number(inUnits[i]) : inUnits[i];
    assertEquals(column([value, null], new type()), Float64Array.of(15_000, NaN), type.name);
  });
  const durations = [
    arrow.DurationSecond,
    arrow.DurationMillisecond,
    arrow.DurationMicrosecond,
    arrow.DurationNanosecond,
  ];
  durations.forEach((type, i) => {
    assertEquals(column([inUnits[i], null], new type()), Float64Array.of(15_000, NaN), type.name);
  });
});

Deno.test("from_rows() converts decimals, lists and structures of Arrow", () => {
  const words = (value: bigint) => new Uint32Array(BigInt64Array.of(BigInt.asIntN(64, value), value >> 64n).buffer);
  assertEquals(
    column([words(12345n), words(-250n), null], new arrow.Decimal(2, 10)),
    Float64Array.of(123.45, -2.5, NaN),
  );
  const numbers = new arrow.List(new arrow.Field("item", new arrow.Float64()));
  assertEquals(column([[1, 2], null, [3]], numbers), [Float64Array.of(1, 2), null, Float64Array.of(3)]);
  const point = new arrow.Struct([new arrow.Field("p", new arrow.Int32())]);
  assertEquals(column([{ p: 1 }], point), [{ p: 1 }]);
});

Deno.test("from_rows() converts slices of Arrow's tables and tables of several chunks", () => {
  const part = (values: (number | null)[]) => arrow.vectorFromArray(values, new arrow.Int32());
  const joined = part([1, null]).concat(part([3, 4]));
  assertEquals(columnOf(joined as arrow.Vector), [1, null, 3, 4]);
  assertEquals(columnOf(joined.slice(2, 4) as arrow.Vector), Int32Array.of(3, 4));
  const table = new arrow.Table({ x: joined as arrow.Vector }).slice(1, 3);
  assertEquals(ColumnDataSource.from_rows(table).data, { x: [null, 3] });
});

Deno.test("from_rows() converts 64-bit integers in rows to numbers", () => {
  assertEquals(ColumnDataSource.from_rows([{ n: 5n }, { n: null }]).data, { n: [5, null] });
  assertThrows(() => ColumnDataSource.from_rows([{ n: 2n ** 53n + 1n }]), RangeError, "in column n, row 0");
});
