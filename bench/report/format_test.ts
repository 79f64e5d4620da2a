import { assertEquals } from "@std/assert";
import { number, percent, table, withUnit } from "./format.ts";

Deno.test("number: keeps three significant digits", () => {
  assertEquals([0.01234, 1.5, 123.4, 9999.6, 1234567].map(number), ["0.0123", "1.5", "123", "10,000", "1,234,567"]);
  assertEquals(number(NaN), "–");
});

Deno.test("withUnit, percent: append the unit", () => {
  assertEquals([withUnit(2.5, "ms"), withUnit(31000, "/s"), percent(0.604)], ["2.5 ms", "31,000 /s", "60 %"]);
});

Deno.test("table: aligns its columns", () => {
  assertEquals(table([["line", "a"], ["x", "1,000"]]), "| line |     a |\n|------|------:|\n| x    | 1,000 |");
});
