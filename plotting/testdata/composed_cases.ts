import { ColumnDataSource, Legend, StaticLayoutProvider } from "../../models/gen/classes.ts";
import type { Model } from "../../models/base/model.ts";
import { figure } from "../figure.ts";
import type { Figure } from "../figure_model.ts";
import { Category10, Viridis256 } from "../palettes/gen/palettes.ts";
import {
  cumsum,
  dodge,
  eqhist_cmap,
  factor_cmap,
  factor_hatch,
  factor_mark,
  jitter,
  linear_cmap,
  log_cmap,
  stack,
  transform,
} from "../transform.ts";

function draw(glyphs: (p: Figure) => void): () => Model {
  return () => {
    const p = figure({ tools: "" });
    glyphs(p);
    return p;
  };
}

/** Cases of capture.py for transforms, stacks, legends, graphs and hexagonal bins. */
export const composedCases: Record<string, () => Model> = {
  transforms: draw((p) => {
    const source = new ColumnDataSource({ data: { f: ["a", "b"], x: [1, 2], y: [2, 3] } });
    const ab = ["a", "b"];
    p.vbar({
      x: dodge("f", 0.2, { range: p.x_range }),
      top: "y",
      width: 0.1,
      source,
      color: factor_cmap("f", ["red", "blue"], ab),
    });
    p.vbar({
      x: dodge("x", 0.2),
      top: stack("x", "y"),
      bottom: stack("x"),
      width: 1,
      source,
      fill_color: factor_cmap("f", Category10[3], ab, { start: 1, end: 2, nan_color: "black" }),
      hatch_pattern: factor_hatch("f", ["/", "x"], ab),
    });
    p.scatter(jitter("x", 0.3), jitter("y", 0.1, { mean: 0.5, distribution: "normal", range: p.y_range }), {
      source,
      marker: factor_mark("f", ["x", "circle"], ab),
      color: linear_cmap("x", "Viridis256", 0, 2, { low_color: "red" }),
    });
    p.scatter("x", "y", {
      source,
      color: log_cmap("x", Viridis256, 1, 2),
      line_color: eqhist_cmap("y", ["red", "blue"], 0, 1, { nan_color: "white" }),
    });
    p.wedge({
      x: 0,
      y: 0,
      radius: 1,
      start_angle: cumsum("x", { include_zero: true }),
      end_angle: cumsum("x"),
      source,
      fill_color: "f",
    });
    p.scatter({ x: transform("x", dodge("x", 1).transform), y: "y", source });
  }),
  stacks: draw((p) => {
    const source = new ColumnDataSource({ data: { x: [1, 2], a: [1, 2], b: [3, 4], c: [5, 6] } });
    p.vbar_stack(["a", "b", "c"], {
      x: "x",
      width: 0.9,
      source,
      color: ["red", "green", "blue"],
      legend_label: ["A", "B", "C"],
    });
    p.hbar_stack(["a", "b"], { y: "x", height: 0.5, source, name: ["first", "second"] });
    p.varea_stack(["a", "b"], { x: "x", source, color: ["red", "blue"] });
    p.harea_stack(["a", "b"], { y: "x", source });
    p.vline_stack(["a", "b"], { x: "x", source });
    p.hline_stack(["a", "b"], { y: "x", source, line_width: 3 });
  }),
  legend_labels: draw((p) => {
    p.line([1, 2], [3, 4], { legend_label: "one" });
    p.scatter([1, 2], [3, 4], { legend_label: "one" });
    p.scatter([1, 2], [3, 4], { legend_label: "two" });
    p.legend.click_policy = "mute";
    p.legend.title = "legend";
  }),
  legend_fields: draw((p) => {
    const source = new ColumnDataSource({
      data: { x: [1, 2, 3], y: [1, 2, 3], g: ["b", "a", "b"], n: [2, 1.5, 2], m: ["q", null, "q"] },
    });
    p.scatter("x", "y", { source, legend_field: "g" });
    p.scatter("x", "y", { source, legend_group: "g" });
    p.scatter("x", "y", { source, legend_group: "n" });
    p.scatter("x", "y", { source, legend_group: "m" });
  }),
  legend_named: draw((p) => {
    p.add_layout(new Legend({ name: "side" }), "right");
    p.line([1], [2], { legend_label: "here", legend_name: "side" });
    p.line([1], [2], { legend_label: "there" });
  }),
  graph: draw((p) => {
    const provider = new StaticLayoutProvider({ graph_layout: new Map([[0, [0, 0]], [1, [1, 1]]]) });
    const edges = { start: [0], end: [1] };
    p.graph({ index: [0, 1], color: ["red", "blue"] }, edges, provider, {
      node_size: 15,
      node_color: "color",
      edge_line_width: 2,
      edge_alpha: 0.5,
      node_hover_fill_color: "red",
      edge_selection_color: "green",
      level: "overlay",
    });
    p.graph({ index: [0, 1] }, edges, provider, { node_radius: 0.1, node_marker: "circle" });
    p.graph({ index: [0, 1], m: ["x", "y"] }, edges, provider, { node_marker: "m" });
    p.graph({ index: [0, 1] }, edges, provider, { node_marker: "square" });
  }),
  hexbin: draw((p) => {
    const x = Float64Array.from({ length: 50 }, (_, i) => (i * 37 % 101) / 10);
    const y = Float64Array.from({ length: 50 }, (_, i) => (i * 53 % 97) / 10);
    p.hexbin(x, y, { size: 1.5, hover_color: "pink" });
    p.hexbin(x, y, { size: 1, orientation: "flattop", aspect_scale: 2, palette: "Plasma256", line_color: "white" });
  }),
};
