// Gauge: rays and texts in polar coordinates, which a transform converts to coordinates of the
// plot.
import type { Document } from "@bokeh/server";
import { Arc, Circle, ColumnDataSource, Plot, PolarTransform, Range1d, Ray, Text } from "@bokeh/server/models";

/** End of the scale, in km/h. */
const MAX_SPEED = 240;
/** Angle of speed 0 and angle between the ends of the scale, in radians. */
const START = 1.25 * Math.PI, SPAN = 1.5 * Math.PI;

/** Returns the angle of a speed. */
function angleOf(speed: number): number {
  return START - SPAN * speed / MAX_SPEED;
}

/** A speedometer with a needle. */
export default function (doc: Document): void {
  const range = () => new Range1d({ start: -1.25, end: 1.25 });
  const plot = new Plot({ x_range: range(), y_range: range(), width: 400, height: 400, toolbar_location: null });
  plot.outline_line_color = null;
  plot.add_glyph(new Circle({ x: 0, y: 0, radius: 1, fill_color: "white", line_color: "black" }));
  plot.add_glyph(
    new Arc({
      x: 0,
      y: 0,
      radius: 0.8,
      start_angle: START,
      end_angle: START - SPAN,
      direction: "clock",
      line_width: 3,
    }),
  );

  const speeds = Array.from({ length: 13 }, (_, i) => i * 20);
  const angles = speeds.map(angleOf);
  const source = new ColumnDataSource({
    data: { angles, turned: angles.map((angle) => angle - Math.PI / 2), texts: speeds.map(String) },
  });
  const inner = new PolarTransform({ radius: 0.8, angle: "angles" });
  const ticks = { x: inner.x, y: inner.y, length: { value: 0.08, units: "data" }, angle: "angles" } as const;
  plot.add_glyph(source, new Ray({ ...ticks, line_color: "firebrick", line_width: 2 }));
  const outer = new PolarTransform({ radius: 0.65, angle: "angles" });
  const labels = { x: outer.x, y: outer.y, text: "texts", angle: "turned" } as const;
  plot.add_glyph(
    source,
    new Text({ ...labels, text_align: "center", text_baseline: "middle", text_font_size: "13px" }),
  );

  const needle = { x: 0, y: 0, length: { value: 0.75, units: "data" }, angle: angleOf(88) } as const;
  plot.add_glyph(new Ray({ ...needle, line_color: "black", line_width: 4 }));
  plot.add_glyph(new Circle({ x: 0, y: 0, radius: 0.06, fill_color: "gray", line_color: "black" }));
  plot.add_glyph(new Text({ x: 0, y: -0.4, text: { value: "km/h" }, text_color: "firebrick", text_align: "center" }));
  doc.add_root(plot);
  doc.title = "Gauge";
}
