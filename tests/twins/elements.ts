// Boxes, menus, dialogs, panels and elements of tooltips.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import {
  ActionItem,
  AllLabels,
  Angular,
  BBoxTileSource,
  BuiltinIcon,
  Button,
  ByClass,
  ByCSS,
  ByID,
  ByXPath,
  CheckableItem,
  ColorRef,
  CompositeScale,
  CustomJS,
  CustomJSCompare,
  CustomLabelingPolicy,
  Dialog,
  Div,
  DividerItem,
  DOMDiv,
  DOMSpan,
  Drawer,
  GMapOptions,
  GridBox,
  GroupBox,
  GroupByModels,
  GroupByName,
  HBox,
  HoverTool,
  HTML,
  ImperialLength,
  Index,
  Indexed,
  IntersectRenderers,
  Label,
  Legend,
  LinearAxis,
  LinearScale,
  LogScale,
  Menu,
  MercatorTicker,
  NanCompare,
  Node,
  NoOverlap,
  Pane,
  Panel,
  Progress,
  QUADKEYTileSource,
  Range1d,
  ReciprocalMetricLength,
  RendererGroup,
  ScrollBox,
  SVGIcon,
  TablerIcon,
  TabPanel,
  Tabs,
  Template,
  Title,
  TMSTileSource,
  ToggleGroup,
  ToggleVisibility,
  Tooltip,
  UnionRenderers,
  ValueRef,
  VBox,
  XY,
} from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

export default function (doc: Document): void {
  const p = figure({ name: "p", width: 200, height: 200, tools: "" });
  const r = p.scatter({ x: [1, 2], y: [1, 2], size: 10 });
  const rows = new DOMDiv({
    children: [
      "x: ",
      new ValueRef({ field: "x" }),
      new Index(),
      new ColorRef({ field: "c", hex: false, swatch: true }),
      new HTML({ html: "<b>b</b>" }),
    ],
    style: { color: "red" },
  });
  p.add_tools(
    new HoverTool({ tooltips: rows, renderers: [r] }),
    new HoverTool({
      tooltips: new Template({
        children: ["t", new DOMSpan({ children: ["s"] })],
        actions: [new ToggleGroup({ groups: [new RendererGroup({ visible: false })] })],
      }),
    }),
  );
  const icons = [
    new Button({ icon: new BuiltinIcon({ icon_name: "settings", size: "2em", color: "red" }) }),
    new Button({ icon: new SVGIcon({ svg: "<svg></svg>" }) }),
    new Button({ icon: new TablerIcon({ icon_name: "home" }) }),
  ];
  const menu = new Menu({
    items: [
      new ActionItem({ label: "a", shortcut: "Ctrl+A", action: new CustomJS({ code: "1" }), tooltip: "tt" }),
      new CheckableItem({ label: "c", checked: true }),
      new DividerItem(),
      new ActionItem({ label: "sub", menu: new Menu({ items: [new ActionItem({ label: "n" })] }) }),
    ],
    reversed: true,
  });
  const btn = new Button({ label: "m", context_menu: menu });
  const dlg = new Dialog({
    title: "T",
    content: column([new Div({ text: "in" })]),
    closable: false,
    resizable: "x",
    visible: false,
    close_action: "hide",
    movable: "both",
    pinnable: false,
    collapsible: false,
    minimizable: false,
    maximizable: false,
  });
  const drawer = new Drawer({ location: "left", open: true, size: 200 });
  const panel = new Panel({
    position: new XY({ x: 1, y: 2 }),
    width: 100,
    height: 50,
    anchor: "top_left",
    elements: [new Div({ text: "p" })],
  });
  const pane = new Pane({ elements: [new Div({ text: "x" }), btn] });
  const boxes = [
    new GroupBox({ title: "g", child: new Div({ text: "c" }), checkable: true }),
    new ScrollBox({ child: new Div({ text: "s" }), horizontal_scrollbar: "visible" }),
    new HBox({ children: [new Div({ text: "1" }), new Div({ text: "2" })], spacing: 3 }),
    new VBox({ children: [{ child: new Div({ text: "v" }), row: 1, span: 2 }] }),
    new GridBox({
      children: [[new Div({ text: "g1" }), 0, 0], [new Div({ text: "g2" }), 0, 1, 1, 2]],
      rows: { 0: "100px" },
      spacing: [1, 2],
    }),
    new Progress({
      value: 5,
      min: 0,
      max: 10,
      mode: "determinate",
      label: "l",
      label_location: "inline",
      orientation: "horizontal",
      reversed: false,
      disabled: true,
    }),
  ];
  const tabs = new Tabs({
    tabs: [
      new TabPanel({
        title: "a",
        child: new Div(),
        tooltip: new Tooltip({ content: "tip", position: "right" }),
        disabled: true,
      }),
      new TabPanel({ title: "b", child: new Div(), closable: true }),
    ],
    active: 1,
    tabs_location: "left",
    stylesheets: [".x { color: red }"],
  });
  const sub = figure({ name: "sub", width: 200, height: 200, x_range: [0, 10], y_range: [0, 10] });
  const xy = sub.subplot({
    x_source: sub.x_range,
    y_source: sub.y_range,
    x_target: new Range1d({ start: 0, end: 5 }),
    y_target: new Range1d({ start: 5, end: 10 }),
    x_scale: new LinearScale(),
    y_scale: new LinearScale(),
  });
  xy.line({ x: [1, 2], y: [1, 2], color: "red" });
  sub.add_layout(new LinearAxis({ coordinates: xy.coordinates }), "right");
  sub.add_layout(new Title({ text: "t2" }), "below");
  sub.add_layout(new Legend({ items: [] }), "left");
  const pt = new XY({ x: 1, y: 2 });
  const ind = new Indexed({ index: 1, renderer: r });
  const nd = new Node({ target: p, symbol: "center" });
  sub.add_layout(
    new Label({
      x: new Node({ target: "frame", symbol: "left" }),
      y: new Node({ target: "frame", symbol: "top" }),
      text: "n",
    }),
  );
  const extra = new Div({
    tags: [
      pt,
      ind,
      nd,
      new ByCSS({ query: "q" }),
      new ByClass({ query: "q" }),
      new ByID({ query: "q" }),
      new ByXPath({ query: "q" }),
      new ToggleVisibility({ target: p }),
      new IntersectRenderers(),
      new UnionRenderers(),
      new NoOverlap({ min_distance: 3 }),
      new AllLabels(),
      new CustomLabelingPolicy({ code: "c", args: { a: 1 } }),
      new CompositeScale({ source_scale: new LinearScale(), target_scale: new LogScale() }),
      new ImperialLength(),
      new Angular(),
      new ReciprocalMetricLength(),
      new GroupByModels({ groups: [[r]] }),
      new GroupByName(),
      new CustomJSCompare({ code: "c" }),
      new NanCompare({ ascending_first: true }),
      new QUADKEYTileSource({ url: "u" }),
      new BBoxTileSource({ url: "u", use_latlon: true }),
      new TMSTileSource({ url: "u" }),
      new GMapOptions({ lat: 1, lng: 2, zoom: 3 }),
      new MercatorTicker({ dimension: "lat" }),
    ],
  });
  doc.add_root(
    column([p, btn, pane, ...icons, ...boxes, tabs, sub, extra, new Div({ text: "last" })], { context_menu: menu }),
  );
  doc.add_root(drawer);
  doc.add_root(dlg);
  doc.add_root(panel);
  doc.config.reconnect_session = false;
}
