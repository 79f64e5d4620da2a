// Layouts: rows, columns and grids, and how they fill the page.
import type { Document } from "@bokeh/server";
import { column, grid, layout, row } from "@bokeh/server/layouts";
import { Div, Spacer } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** Returns a box with a background color. */
function colored(color: string, text: string): Div {
  return new Div({
    text,
    height: 60,
    sizing_mode: "stretch_width",
    styles: { "background-color": color, padding: "5px" },
  });
}

/** Boxes in nested layouts, and a plot that stretches. */
export default function (doc: Document): void {
  const plot = figure({ height: 150, sizing_mode: "stretch_width", toolbar_location: null, title: "stretches" });
  plot.line([0, 1, 2], [1, 0, 1]);
  const boxes = row([colored("lightblue", "1"), new Spacer({ width: 20 }), colored("lightgreen", "2")], {
    sizing_mode: "stretch_width",
  });
  const cells = grid([[colored("gold", "a"), colored("tan", "b")], [colored("pink", "c"), null]], {
    sizing_mode: "stretch_width",
  });
  const nested = layout([[colored("silver", "x"), [colored("gray", "y"), colored("white", "z")]]], {
    sizing_mode: "stretch_width",
  });
  doc.add_root(column([plot, boxes, cells, nested], { width: 600, spacing: 8, margin: 5 }));
  doc.title = "Layouts";
}
