import { Div } from "../../models/gen/classes.ts";
import type { Model } from "../../models/base/model.ts";
import { figure } from "../figure.ts";
import type { FigureOptions } from "../figure_options.ts";
import { column, row } from "../layouts/boxes.ts";
import { grid } from "../layouts/grid.ts";
import { gridplot } from "../layouts/gridplot.ts";
import { layout } from "../layouts/layout.ts";

function div(text: string): Div {
  return new Div({ text });
}

/** Cases of capture.py for layouts. */
export const layoutCases: Record<string, () => Model> = {
  layout_boxes: () =>
    row([column([div("a"), div("b")], { width: 100 }), div("c")], { sizing_mode: "stretch_both", spacing: 3 }),
  layout_nested: () =>
    layout([[div("a"), [div("b"), div("c")]], new Div({ text: "d", width_policy: "fixed" })], {
      sizing_mode: "scale_width",
    }),
  layout_gridplot: () => {
    const plot = (n: number, options?: FigureOptions) => figure({ title: String(n), ...options });
    const third = plot(3, { active_drag: "pan", tools: "pan,xpan,save" });
    return gridplot([[plot(1), plot(2, { tools: "pan,hover,box_select" })], [null, third]], { width: 200 });
  },
  layout_gridplot_flat: () =>
    gridplot([figure({ tools: "pan" }), null, figure({ tools: "pan" })], {
      ncols: 2,
      toolbar_location: "right",
      merge_tools: false,
      toolbar_options: { logo: "grey" },
      sizing_mode: "stretch_width",
    }),
  layout_gridplot_empty: () => gridplot([[div("x"), null]], { height: 50 }),
  layout_grid: () => grid([div("1"), [[div("2"), div("3")], div("4")], [null, div("5"), div("6")]]),
  layout_grid_boxes: () =>
    grid(column(div("1"), row(column(div("2"), div("3")), div("4")), row([div("5")], { spacing: 2 })), {
      sizing_mode: "stretch_both",
    }),
  layout_grid_flat: () => grid([div("1"), div("2"), null, div("4"), div("5")], { ncols: 2 }),
  layout_grid_rows: () => grid(["0", "1", "2", "3", "4"].map(div), { nrows: 2 }),
};
