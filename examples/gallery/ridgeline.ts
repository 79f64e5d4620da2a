// Ridgeline: one curve for each category, each with its own baseline.
import type { Document } from "@bokeh/server";
import { FixedTicker, PrintfTickFormatter } from "@bokeh/server/models";
import { PuBu8 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";

/** Eight curves. */
export default function (doc: Document): void {
  const phrases = ["Certain", "Likely", "Probable", "Possible", "Even", "Doubtful", "Unlikely", "Never"];
  const x = Array.from({ length: 101 }, (_, i) => i);
  const plot = figure({ y_range: phrases, width: 600, height: 350, x_range: [-5, 105], toolbar_location: null });
  phrases.forEach((phrase, k) => {
    const hill = x.map((v): [string, number] => [phrase, 1.5 / (1 + ((v - 95 + 12 * k) / 8) ** 2)]);
    plot.patch([...x, 100, 0], [...hill, [phrase, 0], [phrase, 0]], {
      color: PuBu8[k]!,
      alpha: 0.6,
      line_color: "black",
    });
  });
  plot.outline_line_color = null;
  plot.background_fill_color = "#efefef";
  plot.xaxis.ticker = new FixedTicker({ ticks: [0, 25, 50, 75, 100] });
  plot.xaxis.formatter = new PrintfTickFormatter({ format: "%d%%" });
  plot.ygrid.grid_line_color = null;
  plot.xgrid.grid_line_color = "#dddddd";
  plot.y_range.set("range_padding", 0.3);
  doc.add_root(plot);
  doc.title = "Ridgeline";
}
