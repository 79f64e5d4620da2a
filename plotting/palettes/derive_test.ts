import { assertEquals, assertThrows } from "@std/assert";
import { diverging_palette, interp_palette, linear_palette, to_rgba_array, varying_alpha_palette } from "./derive.ts";
import { Greys9, Plasma256, Reds256, Reds9, Viridis256 } from "./gen/palettes.ts";
import { gray, viridis } from "./sized.ts";

// Expected values were computed by Bokeh 3.10.2.

Deno.test("linear_palette() returns evenly spaced colors", () => {
  assertEquals(linear_palette(Viridis256, 5), ["#440154", "#3B518A", "#208F8C", "#5BC862", "#FDE724"]);
  assertEquals(linear_palette(Viridis256, 1), ["#440154"]);
  assertEquals(viridis(7), ["#440154", "#443982", "#30678D", "#208F8C", "#35B778", "#8DD644", "#FDE724"]);
  assertEquals(gray(5), ["#000000", "#3f3f3f", "#7f7f7f", "#bfbfbf", "#ffffff"]);
});

Deno.test("linear_palette() throws for more colors than the palette has", () => {
  assertThrows(() => viridis(257), RangeError, "it has only 256");
});

Deno.test("diverging_palette() joins two palettes at their last colors", () => {
  assertEquals(diverging_palette(Reds9, Greys9, 9), [
    "#67000d",
    "#cb181d",
    "#fc9272",
    "#fff5f0",
    "#ffffff",
    "#d9d9d9",
    "#969696",
    "#525252",
    "#000000",
  ]);
  assertEquals(diverging_palette(Viridis256, Reds256, 7, 0.3), [
    "#440154",
    "#FDE724",
    "#fff5f0",
    "#fcbca2",
    "#fb6b4b",
    "#cb181d",
    "#67000d",
  ]);
});

Deno.test("interp_palette() interpolates each channel", () => {
  assertEquals(interp_palette(Plasma256.slice(0, 4), 6), [
    "#0c0786",
    "#0e0786",
    "#100687",
    "#120688",
    "#130689",
    "#15068a",
  ]);
  assertEquals(interp_palette(["#11223344", "red"], 5), [
    "#11223344",
    "#4c192673",
    "#881119a2",
    "#c3080cd0",
    "#ff0000",
  ]);
  assertEquals(interp_palette(["red"], 2), ["#ff0000", "#ff0000"]);
});

Deno.test("interp_palette() throws for an empty palette and a negative length", () => {
  assertThrows(() => interp_palette([], 3), RangeError, "no colors");
  assertThrows(() => interp_palette(["red"], -1), RangeError, "negative");
});

Deno.test("varying_alpha_palette() scales the color's own alpha", () => {
  assertEquals(varying_alpha_palette("red", 4), ["#ff000000", "#ff000055", "#ff0000aa", "#ff0000"]);
  assertEquals(varying_alpha_palette("#ff000080", 4), ["#ff000000", "#ff00002b", "#ff000055", "#ff000080"]);
  assertEquals(varying_alpha_palette("red").length, 256);
});

Deno.test("varying_alpha_palette() throws for an alpha outside 0 to 255", () => {
  assertThrows(() => varying_alpha_palette("red", 3, -1), RangeError, "start_alpha -1");
  assertThrows(() => varying_alpha_palette("red", 3, 0, 256), RangeError, "end_alpha 256");
});

Deno.test("to_rgba_array() parses names and hex strings of every length", () => {
  const bytes = to_rgba_array(["tomato", "#123", "#1234", "#01020304"]);
  assertEquals(bytes.shape, [4, 4]);
  assertEquals([...bytes], [255, 99, 71, 255, 17, 34, 51, 255, 17, 34, 51, 68, 1, 2, 3, 4]);
  assertThrows(() => to_rgba_array(["no color"]), RangeError, '"no color"');
});
