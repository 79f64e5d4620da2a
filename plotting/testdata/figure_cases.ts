import {
  ColumnDataSource,
  DataRange1d,
  GMapOptions,
  HoverTool,
  Legend,
  PanTool,
  Range1d,
  Scatter,
  Span,
  Title,
  WheelZoomTool,
} from "../../models/gen/classes.ts";
import type { Model } from "../../models/base/model.ts";
import { figure } from "../figure.ts";
import { gmap } from "../gmap.ts";

/** Cases of capture.py for figures. */
export const figureCases: Record<string, () => Model> = {
  figure_bare: () => figure(),
  figure_attributes: () =>
    figure({
      title: "a title",
      width: 300,
      height: 200,
      name: "n",
      background_fill_color: "beige",
      match_aspect: true,
      output_backend: "webgl",
      sizing_mode: "stretch_width",
      tags: ["t"],
    }),
  figure_title_model: () =>
    figure({ title: new Title({ text: "big", text_font_size: "20px" }), toolbar_location: null }),
  figure_ranges: () =>
    figure({ x_range: [0, 10], y_range: new Range1d({ start: -1, end: 1, bounds: "auto" }), toolbar_location: "left" }),
  figure_factors: () => figure({ x_range: ["a", "b", "c"], y_range: [["A", "one"], ["B", "two"]] }),
  figure_data_range: () =>
    figure({ x_range: new DataRange1d({ follow: "end" }), y_axis_type: "log", y_range: [1, 1000] }),
  figure_datetime: () => figure({ x_axis_type: "datetime", y_axis_type: "timedelta" }),
  figure_datetime_range: () => figure({ x_range: [new Date("2024-01-01"), new Date("2024-02-01")] }),
  figure_mercator: () => figure({ x_axis_type: "mercator", y_axis_type: "mercator" }),
  figure_log: () => figure({ x_axis_type: "log", y_axis_type: "linear", x_minor_ticks: 4, y_minor_ticks: 3 }),
  figure_no_axes: () => figure({ x_axis_type: null, y_axis_location: null }),
  figure_axis_places: () =>
    figure({ x_axis_location: "above", y_axis_location: "right", x_axis_label: "x", y_axis_label: "y" }),
  figure_tools: () =>
    figure({
      tools: "xpan, ywheel_zoom,box_select,,tap,hover,crosshair,undo,redo,save",
      active_drag: "box_select",
      active_scroll: "ywheel_zoom",
      active_tap: null,
      active_inspect: "hover",
    }),
  figure_tool_models: () =>
    figure({
      tools: ["pan,reset", new PanTool({ dimensions: "width" }), "lasso_select", new WheelZoomTool()],
      active_drag: null,
    }),
  figure_tooltips: () => figure({ tooltips: [["x", "@x"], ["y", "$y"]] }),
  figure_tooltips_for_hover: () => figure({ tools: "hover,pan", tooltips: "<b>@x</b>" }),
  gmap_bare: () => gmap("key", new GMapOptions({ lat: 1, lng: 2 })),
  gmap_options: () => {
    const there = new GMapOptions({ lat: 1.5, lng: 2, map_type: "satellite", zoom: 3 });
    const plot = gmap("key", there, {
      title: "a map",
      width: 300,
      tools: "pan,hover,box_select",
      tooltips: [["x", "@x"]],
      x_axis_label: "east",
      x_minor_ticks: 3,
      y_axis_location: null,
      active_drag: "box_select",
      api_version: "3",
    });
    plot.scatter([1, 2], [3, 4], { size: 9, legend_label: "there" });
    return plot;
  },
  figure_no_tools: () => figure({ tools: "" }),
  plot_methods: () => {
    const p = figure({ tools: "pan" });
    p.add_layout(new Span({ location: 1, dimension: "width" }));
    const legend = new Legend({ title: "moved" });
    p.add_layout(legend, "left");
    p.add_layout(legend, "right");
    p.add_layout(new Title({ text: "below" }), "below");
    p.add_tools("hover", new HoverTool({ tooltips: null }), "xcrosshair");
    p.remove_tools(p.tools[0]!);
    const source = new ColumnDataSource({ data: { x: [1], y: [2] } });
    p.add_glyph(source, new Scatter({ x: "x", y: "y" }), { name: "added" });
    p.add_glyph(new Scatter({ x: 1, y: 2 }));
    p.xaxis.axis_label = "both";
    p.xaxis.ticker.set("desired_num_ticks", 3);
    p.axis.minor_tick_line_color = null;
    p.grid.grid_line_color = null;
    p.ygrid.band_fill_alpha = 0.1;
    p.legend.location = "bottom_left";
    p.hover.line_policy = "nearest";
    p.yaxis[0]!.formatter.set("use_scientific", false);
    return p;
  },
};
