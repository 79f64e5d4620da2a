import { assertEquals } from "@std/assert";
import { composedCases } from "./testdata/composed_cases.ts";
import expected from "./testdata/expected.json" with { type: "json" };
import { figureCases } from "./testdata/figure_cases.ts";
import { glyphCases } from "./testdata/glyph_cases.ts";
import { layoutCases } from "./testdata/layout_cases.ts";
import { normalize } from "./testdata/normalize.ts";

const cases = { ...figureCases, ...glyphCases, ...composedCases, ...layoutCases };

for (const [name, model] of Object.entries(expected)) {
  Deno.test(`${name} is serialized as by Bokeh`, () => {
    const make = cases[name];
    assertEquals(make === undefined ? undefined : normalize(make()), model);
  });
}
