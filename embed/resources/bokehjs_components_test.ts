import { assertEquals } from "@std/assert";
import { DataTable, Div, LinearAxis, Plot, Slider, TeX, Title } from "../../models/mod.ts";
import { neededComponents, showsMath } from "./bokehjs_components.ts";

Deno.test("neededComponents returns the components that models need, in loading order", () => {
  assertEquals(neededComponents([]), ["bokeh"]);
  assertEquals(neededComponents([new Plot()]), ["bokeh"]);
  assertEquals(neededComponents([new Plot({ output_backend: "webgl" })]), ["bokeh", "bokeh-gl"]);
  assertEquals(neededComponents([new DataTable(), new Slider({ start: 0, end: 1, value: 0 })]), [
    "bokeh",
    "bokeh-widgets",
    "bokeh-tables",
  ]);
  assertEquals(neededComponents([new TeX({ text: "x" })]), ["bokeh", "bokeh-mathjax"]);
});

Deno.test("showsMath finds formulas in the texts in which BokehJS shows them", () => {
  for (const text of ["$$x$$", "a \\(x\\) b", "\\[\nx\n\\]"]) assertEquals(showsMath(new Div({ text })), true, text);
  for (const text of ["5 $ or 6 $", "$x$", ""]) assertEquals(showsMath(new Div({ text })), false, text);
  assertEquals(showsMath(new Div({ text: "$$x$$", disable_math: true })), false);
  assertEquals(showsMath(new LinearAxis({ axis_label: "$$x$$" })), true);
  assertEquals(showsMath(new LinearAxis({ major_label_overrides: { 1: "$$x$$" } })), true);
  assertEquals(showsMath(new Title({ text: "$$x$$" })), true);
});
