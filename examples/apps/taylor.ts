// Taylor: the Taylor polynomial of a function that the user writes, beside the function.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { ColumnDataSource, Legend, LegendItem, PreText, Slider, TextInput } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { linspace } from "@bokeh/server/statistics";
import { seriesOf } from "../data/power_series.ts";

const x = linspace(-2 * Math.PI, 2 * Math.PI, 200);

/** Polynomials at 0 with up to 20 terms. */
export default function (doc: Document): void {
  const source = new ColumnDataSource({ data: { x, fy: new Float64Array(x.length), ty: new Float64Array(x.length) } });
  const plot = figure({
    x_range: [-7, 7],
    y_range: [-100, 200],
    width: 800,
    height: 400,
    background_fill_color: "lightgrey",
  });
  const line_f = plot.line("x", "fy", { line_color: "navy", line_width: 2, source });
  const line_t = plot.line("x", "ty", { line_color: "firebrick", line_width: 2, source });
  const items = [new LegendItem({ renderers: [line_f] }), new LegendItem({ renderers: [line_t] })] as const;
  plot.add_layout(new Legend({ location: "top_right", items: [...items] }));

  const order = new Slider({ name: "order", start: 1, end: 20, value: 1, step: 1, title: "Order" });
  const text = new TextInput({ name: "expression", value: "exp(-x)*sin(x)", title: "Expression:" });
  const errors = new PreText();

  const update = () => {
    try {
      const series = seriesOf(text.value);
      const terms = series(0, Math.min(order.value, 20));
      source.data = {
        x,
        fy: x.map((at) => series(at, 1)[0]!),
        ty: x.map((at) => terms.reduceRight((sum, term) => sum * at + term, 0)),
      };
      plot.title.text = `Taylor (n=${order.value}) expansion comparison for: ${text.value}`;
      items[0].label = { value: text.value };
      items[1].label = { value: `taylor(${text.value})` };
      errors.text = "";
    } catch (error) {
      errors.text = (error as Error).message;
    }
  };
  order.on_change("value", update);
  text.on_change("value", update);
  update();
  doc.add_root(column(column(text, order, errors, { width: 400 }), plot));
  doc.title = "Taylor";
}
