import type { Document } from "@bokeh/server";
import { column, row } from "@bokeh/server/layouts";
import { Select, type Widget } from "@bokeh/server/models";
import { Spectral6 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";

/** Bokeh's example `crossfilter`. */
export default function (doc: Document): void {
  const frame: Record<string, number[]> = { mpg: [18, 15, 16], hp: [130, 165, 150], weight: [3504, 3693, 3436] };
  const names = Object.keys(frame);
  const COLORS = Spectral6;
  const x = new Select({ title: "X-Axis", value: "mpg", options: names });
  const y = new Select({ title: "Y-Axis", value: "hp", options: names });
  const size = new Select({ title: "Size", value: "None", options: ["None", ...names] });
  const color = new Select({ title: "Color", value: "None", options: ["None", ...names] });

  function createFigure() {
    const p = figure({ height: 600, width: 800, tools: "pan,box_zoom,hover,reset", title: `${x.value} vs ${y.value}` });
    p.xaxis.axis_label = x.value;
    p.yaxis.axis_label = y.value;
    const sizes = size.value === "None" ? 9 : frame[size.value]!.map((value) => value / 100);
    const c = color.value === "None" ? "#31AADE" : frame[color.value]!.map((_, i) => COLORS[i % COLORS.length]);
    p.scatter({ x: frame[x.value], y: frame[y.value], color: c, size: sizes, line_color: "white", alpha: 0.6 });
    return p;
  }
  const controls = column(x, y, color, size, { width: 200 });
  const page = row(controls, createFigure());
  function update(_attr: string, _old: unknown, _new: unknown) {
    page.children[1] = createFigure();
  }
  const widgets: Widget[] = [x, y, size, color];
  for (const widget of widgets) widget.on_change("value", update);
  doc.add_root(page);
}
