// Selection: the server counts the selected points in each bin of a histogram.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { Button, ColumnDataSource, Div } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** A scatter plot, and a histogram of the selected points. */
export default function (doc: Document): void {
  const k = Array.from({ length: 100 }, (_, i) => i);
  const x = k.map((i) => (i * 37) % 101);
  const source = new ColumnDataSource({ data: { x, y: k.map((i) => (i * 53) % 97) } });
  const plot = figure({ width: 500, height: 250, tools: "box_select,lasso_select,tap,reset", title: "select points" });
  plot.scatter("x", "y", { source, size: 7 });

  const edges = Array.from({ length: 10 }, (_, i) => 10 * i);
  const bars = new ColumnDataSource({
    data: { left: edges, right: edges.map((v) => v + 10), top: edges.map(() => 0) },
  });
  const histogram = figure({ width: 500, height: 150, y_range: [0, 12], toolbar_location: null });
  histogram.quad({ left: "left", right: "right", top: "top", bottom: 0, source: bars });

  const text = new Div({ text: "nothing is selected" });
  // The browser sends the indices of the selected rows.
  source.selected.on_change("indices", (_attr, _old, indices) => {
    bars.data = {
      ...bars.data,
      top: edges.map((edge) => indices.filter((i) => Math.floor(x[i]! / 10) * 10 === edge).length),
    };
    text.text = `${indices.length} points are selected`;
  });
  const button = new Button({ label: "every third", name: "go" });
  button.on_click(() => source.selected.indices = k.filter((i) => i % 3 === 0));
  doc.add_root(column(button, plot, histogram, text));
  doc.title = "Selection";
}
