// Tools: a toolbar with many tools, some of which edit the data.
import type { Document } from "@bokeh/server";
import { BoxEditTool, CustomAction, CustomJS, PointDrawTool, PolyDrawTool } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** Points and boxes that users can move, add and remove. */
export default function (doc: Document): void {
  const plot = figure({
    title: "tools",
    width: 600,
    height: 350,
    x_range: [0, 10],
    y_range: [0, 10],
    toolbar_location: "left",
    tools:
      "pan,xpan,wheel_zoom,ywheel_zoom,box_zoom,box_select,lasso_select,poly_select,tap,crosshair,zoom_in,zoom_out,undo,redo,reset,save,examine,fullscreen",
    active_drag: "box_select",
  });
  const boxes = plot.rect({ x: [2, 5], y: [3, 7], width: [2, 1], height: [1, 2], fill_alpha: 0.4 });
  const points = plot.scatter({ x: [1, 5, 9], y: [5, 5, 2], size: 10, color: "red" });
  const shapes = plot.patches({ xs: [[6, 8, 8]], ys: [[2, 2, 4]], fill_alpha: 0.4, color: "green" });
  plot.add_tools(
    new BoxEditTool({ renderers: [boxes], num_objects: 5 }),
    new PointDrawTool({ renderers: [points], empty_value: "black" }),
    new PolyDrawTool({ renderers: [shapes] }),
    new CustomAction({ description: "says hello", callback: new CustomJS({ code: "console.log('hello')" }) }),
  );
  doc.add_root(plot);
  doc.title = "Tools";
}
