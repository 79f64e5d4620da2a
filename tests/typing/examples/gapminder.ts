import type { Document } from "@bokeh/server";
import { ButtonClick } from "@bokeh/server/events";
import { layout } from "@bokeh/server/layouts";
import {
  Button,
  CategoricalColorMapper,
  ColumnDataSource,
  HoverTool,
  Label,
  SingleIntervalTicker,
  Slider,
} from "@bokeh/server/models";
import { Spectral6 } from "@bokeh/server/palettes";
import { figure } from "@bokeh/server/plotting";

/** Bokeh's example `gapminder`. */
export default function (doc: Document): void {
  const years = [1964, 1965];
  const data: Record<number, { x: number[]; y: number[]; region: string[] }> = {
    1964: { x: [1, 2], y: [3, 4], region: ["Asia", "Europe"] },
    1965: { x: [2, 3], y: [4, 5], region: ["Asia", "Europe"] },
  };
  const source = new ColumnDataSource({ data: data[1964] });
  const plot = figure({ x_range: [1, 9], y_range: [20, 100], title: "Gapminder Data", height: 300 });
  plot.xaxis.ticker = new SingleIntervalTicker({ interval: 1 });
  plot.yaxis.ticker = [20, 60, 100];
  const label = new Label({ x: 1.1, y: 22, text: String(years[0]), text_font_size: "93px", text_color: "#eeeeee" });
  plot.add_layout(label);
  const mapper = new CategoricalColorMapper({ palette: Spectral6, factors: ["Asia", "Europe"] });
  plot.scatter({
    x: "x",
    y: "y",
    source,
    fill_color: { field: "region", transform: mapper },
    line_color: "#7c7e71",
    legend_group: "region",
  });
  plot.add_tools(new HoverTool({ tooltips: "@Country", show_arrow: false, point_policy: "follow_mouse" }));
  const slider = new Slider({ start: 1964, end: 1965, value: 1964, step: 1, title: "Year" });
  slider.on_change("value", (_attr, _old, year) => {
    label.text = String(year);
    const found = data[year];
    if (found !== undefined) source.data = found;
  });
  const button = new Button({ label: "► Play", width: 60 });
  let playing: ReturnType<Document["add_periodic_callback"]> | null = null;
  button.on_event(ButtonClick, () => {
    if (playing === null) {
      button.label = "❚❚ Pause";
      playing = doc.add_periodic_callback(() => {
        slider.value = slider.value >= 1965 ? 1964 : slider.value + 1;
      }, 200);
    } else {
      button.label = "► Play";
      doc.remove_periodic_callback(playing);
      playing = null;
    }
  });
  doc.add_root(layout([[plot], [slider, button]], { sizing_mode: "scale_width" }));
}
