import { assertEquals, assertThrows } from "@std/assert";
import { contour_data } from "./contour_data.ts";
import { figure } from "./figure.ts";

const [z, other, levels] = [[[0, 1], [1, 2]], [[2, 1], [1, 0]], [0.5, 1.5]];

Deno.test("contour_data() computes the lines and areas that contour() draws", () => {
  const options = { fill_color: ["red"], line_color: ["red", "blue"], hatch_pattern: ["x"] };
  const drawn = figure().contour({ z, levels, ...options });
  drawn.set_data(contour_data({ z: other, levels }));
  const expected = figure().contour({ z: other, levels, ...options });
  for (const part of ["fill_renderer", "line_renderer"] as const) {
    assertEquals({ ...drawn[part].data_source.get("data") as object }, {
      ...expected[part].data_source.get("data") as object,
    });
  }
});

Deno.test("set_data() removes lines or areas that are null", () => {
  const drawn = figure().contour({ z, levels, fill_color: ["red"], line_color: ["red", "blue"] });
  drawn.set_data(contour_data({ z: other, levels }, { want_fill: false }));
  assertEquals({ ...drawn.fill_renderer.data_source.get("data") as object }, {
    xs: [],
    ys: [],
    lower_levels: [],
    upper_levels: [],
  });
  assertThrows(() => contour_data({ z, levels: [1, 0] }), RangeError, "increasing");
});
