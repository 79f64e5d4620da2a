// Every tool by name and by class, in layouts of each kind.
import type { Document } from "@bokeh/server";
import { column, grid, gridplot, layout, row } from "@bokeh/server/layouts";
import {
  BoxSelectTool,
  BoxZoomTool,
  ClickPanTool,
  CopyTool,
  CrosshairTool,
  CustomAction,
  CustomJS,
  CustomJSHover,
  Div,
  ExamineTool,
  FreehandDrawTool,
  FullscreenTool,
  HelpTool,
  HoverTool,
  LassoSelectTool,
  LineEditTool,
  OpenURL,
  PanTool,
  PointDrawTool,
  PolyDrawTool,
  PolyEditTool,
  PolySelectTool,
  RangeTool,
  RedoTool,
  ResetTool,
  SaveTool,
  Spacer,
  Span,
  TapTool,
  UndoTool,
  WheelPanTool,
  WheelZoomTool,
  ZoomInTool,
  ZoomOutTool,
} from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

const ALL =
  "pan,xpan,ypan,click,tap,crosshair,box_select,xbox_select,ybox_select,poly_select,lasso_select,box_zoom,xbox_zoom,ybox_zoom,auto_box_zoom,save,copy,undo,redo,reset,help,examine,fullscreen,box_edit,point_draw,poly_draw,poly_edit,freehand_draw,hover,wheel_zoom,xwheel_zoom,ywheel_zoom,zoom_in,xzoom_in,yzoom_in,zoom_out,xzoom_out,yzoom_out,doubletap,pan_left,pan_right,pan_up,pan_down,pan_west,pan_east,pan_north,pan_south,xwheel_pan,ywheel_pan";

export default function (doc: Document): void {
  const p = figure({
    name: "p",
    tools: ALL,
    width: 300,
    height: 300,
    tooltips: [["x", "@x"], ["y", "$y{0.0}"]],
    active_inspect: "hover",
    active_tap: "tap",
    active_drag: "xpan",
    active_scroll: "xwheel_zoom",
  });
  p.scatter({ x: [1, 2], y: [3, 4] });
  const q = figure({
    name: "q",
    width: 300,
    height: 300,
    tools: [
      new PanTool({ dimensions: "width" }),
      new WheelZoomTool({ dimensions: "height", speed: 0.01, maintain_focus: false, zoom_on_axis: false }),
      new BoxSelectTool({ mode: "append", persistent: true, continuous: true }),
      "reset,save",
      new ResetTool(),
    ],
    active_drag: null,
    active_scroll: null,
    active_tap: null,
    active_inspect: null,
    toolbar_location: "below",
    toolbar_sticky: false,
    tooltips: "@x",
  });
  const s = q.scatter({ x: [1, 2], y: [3, 4], name: "s" });
  q.add_tools(
    new PointDrawTool({ renderers: [s], add: false, drag: true }),
    new HoverTool({
      tooltips: null,
      mode: "vline",
      line_policy: "nearest",
      attachment: "above",
      point_policy: "follow_mouse",
      renderers: "auto",
      formatters: { "@x": "datetime", "@y": new CustomJSHover({ code: "return 'a'" }) },
      callback: new CustomJS({ code: "c" }),
      muted_policy: "ignore",
      show_arrow: false,
      description: "hov",
    }),
    new CrosshairTool({ dimensions: "height", line_color: "red", line_alpha: 0.5 }),
    new CrosshairTool({
      overlay: [new Span({ dimension: "width", line_dash: "dotted" }), new Span({ dimension: "height" })],
    }),
    new TapTool({
      behavior: "inspect",
      gesture: "doubletap",
      modifiers: "ctrl+shift",
      callback: new OpenURL({ url: "http://x/@x", same_tab: true }),
    }),
    new CustomAction({ icon: "data:image/png;base64,AA==", callback: new CustomJS({ code: "a" }), description: "act" }),
    new RangeTool({ x_range: p.x_range, y_range: p.y_range, x_interaction: false }),
    new LassoSelectTool({ greedy: true }),
    new PolySelectTool(),
    new SaveTool({ filename: "f" }),
    new ExamineTool(),
    new FullscreenTool(),
    new HelpTool({ description: "h", redirect: "http://h" }),
    new UndoTool(),
    new RedoTool(),
    new CopyTool(),
    new ZoomInTool({ factor: 0.3, dimensions: "width", level: 1 }),
    new ZoomOutTool({ maintain_focus: false }),
    new BoxZoomTool({ match_aspect: true, origin: "center", dimensions: "auto" }),
    new WheelPanTool({ dimension: "height" }),
    new ClickPanTool({ direction: "left", factor: 0.2 }),
  );
  q.toolbar.active_drag = q.tools[0] as PanTool;
  q.toolbar.active_inspect = q.tools.filter((tool) => tool instanceof HoverTool);
  q.hover.mode = "hline";
  q.hover.tooltips = [["i", "$index"]];
  const ml = q.multi_line({ xs: [[1, 2], [2, 3]], ys: [[1, 2], [2, 1]] });
  const vr = q.scatter({ x: [], y: [], size: 10 });
  q.add_tools(
    new PolyEditTool({ renderers: [ml], vertex_renderer: vr }),
    new PolyDrawTool({ renderers: [ml] }),
    new LineEditTool({
      renderers: [q.line({ x: [1, 2], y: [3, 4] })],
      intersection_renderer: vr,
      dimensions: "height",
    }),
    new FreehandDrawTool({ renderers: [ml], num_objects: 3 }),
  );
  const titled = (n: string) => figure({ width: 100, height: 100, name: n, title: n });
  const [a, b, c, d] = [titled("a"), titled("b"), titled("c"), titled("d")] as const;
  for (const f of [a, b, c, d]) f.line({ x: [1, 2], y: [1, 2] });
  const g1 = gridplot([[a, b]], { merge_tools: false, toolbar_location: "left", width: 150, height: 120 });
  const g2 = gridplot([c, d, null], {
    ncols: 2,
    sizing_mode: "scale_width",
    toolbar_options: { logo: "grey", autohide: true },
  });
  const div = (n: number) => new Div({ text: String(n) });
  const l1 = layout([[div(0), div(1)], [div(2)]], {
    sizing_mode: "stretch_width",
  });
  const l2 = layout([[div(3), [div(4), div(5)]]]);
  const g3 = grid([[div(6), div(7)], [div(8)]]);
  const g4 = grid([div(9), [div(10), null, div(11)]]);
  doc.add_root(
    column([row([p, q], { sizing_mode: "scale_both" }), g1, g2, l1, l2, g3, g4, new Spacer({ width: 5, height: 7 })], {
      css_classes: ["c"],
      align: "center",
      width: 500,
    }),
  );
  doc.add_root(row([new Div({ text: "kw" })], { spacing: 3, name: "kw" }));
  doc.add_root(column([new Div({ text: "list" })], { margin: 3 }));
}
