import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { bounce, cosine, count, type Driver, force, linear, repeat, sine } from "./driving.ts";

/** Returns the first values of a driver. */
function first<T>(driver: Driver<T>, length: number): T[] {
  const values: T[] = [];
  const next = driver((value) => values.push(value));
  for (let i = 0; i < length; i++) next();
  return values;
}

Deno.test("drivers pass the values of Bokeh's drivers", () => {
  assertEquals(first(bounce([0, 1, 2]), 8), [0, 1, 2, 2, 1, 0, 0, 1]);
  assertEquals(first(count(), 3), [0, 1, 2]);
  assertEquals(first(linear({ m: 2.5, b: 3.7 }), 3), [3.7, 6.2, 8.7]);
  assertEquals(first(repeat(Float64Array.of(5, 6)), 5), [5, 6, 5, 6, 5]);
  const waves = [first(sine(0.5, { A: 2, phi: 1, offset: 3 }), 3), first(cosine(0.5, { A: 2, phi: 1, offset: 3 }), 3)];
  const expected = [[4.682941969615793, 4.994989973208109, 4.818594853651364], [
    4.080604611736279,
    3.1414744033354056,
    2.1677063269057153,
  ]];
  waves.forEach((wave, i) => wave.forEach((value, j) => assertAlmostEquals(value, expected[i]![j]!)));
});

Deno.test("drivers start each callback at the first value", () => {
  const driver = count();
  assertEquals([first(driver, 2), first(driver, 2)], [[0, 1], [0, 1]]);
});

Deno.test("force() passes the items of any sequence and stops after the last one", async () => {
  const values: number[] = [];
  const next = force((value: number) => Promise.resolve(values.push(value)), new Set([7, 8]));
  assertEquals(await next(), 1);
  next();
  assertEquals(next(), undefined);
  assertEquals(values, [7, 8]);
});

Deno.test("bounce() and repeat() reject empty sequences", () => {
  assertThrows(() => bounce([]), RangeError, "empty sequence");
  assertThrows(() => repeat([]), RangeError, "empty sequence");
});
