// JavaScript callbacks: callbacks that run in the browser, without the server.
import type { Document } from "@bokeh/server";
import { column, row } from "@bokeh/server/layouts";
import { ButtonClick } from "@bokeh/server/events";
import { Button, ColumnDataSource, CustomJS, Slider, Toggle } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** A slider that changes a curve in the browser, and links between properties. */
export default function (doc: Document): void {
  const x = Array.from({ length: 51 }, (_, i) => i / 50);
  const source = new ColumnDataSource({ data: { x, y: [...x] } });
  const plot = figure({ width: 400, height: 300, title: "power", x_range: [0, 1], y_range: [0, 1] });
  const line = plot.line("x", "y", { source, line_width: 3, line_alpha: 0.6 });

  // In a CustomJS, the keys of `args` are variables, and `cb_obj` is the model that changed.
  const power = new Slider({ title: "power", start: 0.1, end: 4, step: 0.1, value: 1 });
  power.js_on_change(
    "value",
    new CustomJS({
      args: { source },
      code: "source.data = { ...source.data, y: source.data.x.map((v) => v ** cb_obj.value) }",
    }),
  );
  const width = new Slider({ title: "line width", start: 1, end: 10, value: 3 });
  width.js_link("value", line.glyph, "line_width");
  const visible = new Toggle({ label: "visible", active: true, button_type: "success" });
  visible.js_link("active", line, "visible");
  const reset = new Button({ label: "reset" });
  reset.js_on_event(ButtonClick, new CustomJS({ args: { power, width }, code: "power.value = 1; width.value = 3" }));
  doc.add_root(row(plot, column(power, width, visible, reset)));
  doc.title = "JavaScript callbacks";
}
