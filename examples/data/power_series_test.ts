import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { seriesOf } from "./power_series.ts";

/** Coefficients that `series` of sympy 1.14 returns. */
const KNOWN: Record<string, readonly number[]> = {
  "exp(-x)*sin(x)": [0, 1, -1, 1 / 3, 0, -1 / 30, 1 / 90, -1 / 630, 0, 1 / 22680],
  "cos(x)/(1 + x**2)": [1, 0, -3 / 2, 0, 37 / 24, 0, -1111 / 720, 0, 6913 / 4480],
  "log(1 + x)": [0, 1, -1 / 2, 1 / 3, -1 / 4],
  "sqrt(1 + x)": [1, 1 / 2, -1 / 8, 1 / 16, -5 / 128],
  "tan(x)": [0, 1, 0, 1 / 3, 0, 2 / 15],
  "-x^2 + 2x^-0": [2, 0, -1],
};

Deno.test("seriesOf() returns the coefficients that sympy returns", () => {
  for (const [text, known] of Object.entries(KNOWN)) {
    const terms = seriesOf(text)(0, known.length);
    assertEquals(terms.length, known.length);
    terms.forEach((term, n) => assertAlmostEquals(term, known[n]!, 1e-14, `${text}: ${n}`));
  }
});

Deno.test("seriesOf() refuses texts that are not an expression of x", () => {
  for (
    const text of ["", "y", "x +", "constructor(x)", "f(x) = x", "[1, 2]", "sin(x, x)", '"x"', "x+".repeat(50) + "x"]
  ) {
    assertThrows(() => seriesOf(text)(0, 3), Error);
  }
});
