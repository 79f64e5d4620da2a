// Theme: defaults for everything on the page.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { figure } from "@bokeh/server/plotting";
import { Theme } from "@bokeh/server/themes";

/** A custom dark theme. */
export default function (doc: Document): void {
  const x = Array.from({ length: 21 }, (_, i) => i);
  const plot = figure({ title: "a dark theme", width: 600, height: 300, x_axis_label: "x", y_axis_label: "y" });
  plot.line(x, x.map((i) => (i * 7) % 11), { line_width: 3, color: "tomato", legend_label: "line" });
  plot.scatter(x, x.map((i) => (i * 7) % 11), { size: 10, color: "gold", legend_label: "points" });
  doc.theme = new Theme({
    attrs: {
      Plot: { background_fill_color: "#20262b", border_fill_color: "#15191c", outline_line_color: "#e0e0e0" },
      Grid: { grid_line_color: "#e0e0e0", grid_line_alpha: 0.25 },
      Axis: { axis_label_text_color: "#e0e0e0", major_label_text_color: "#e0e0e0", axis_line_color: "#e0e0e0" },
      Legend: { background_fill_color: "#20262b", label_text_color: "#e0e0e0", location: "bottom_right" },
      Title: { text_color: "#e0e0e0", text_font_size: "1.3em" },
    },
  });
  doc.add_root(column(plot));
  doc.title = "Theme";
}
