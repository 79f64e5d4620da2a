// Dialogs and menus: a plot in a dialog on the page, and a context menu for a selection.
import type { Document } from "@bokeh/server";
import { row } from "@bokeh/server/layouts";
import {
  BoxSelectTool,
  Button,
  CloseDialog,
  Column,
  CustomJS,
  Dialog,
  DividerItem,
  HTML,
  Menu,
  MenuItem,
  OpenDialog,
} from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** A plot with a context menu, and a button that opens a dialog. */
export default function (doc: Document): void {
  const plot = figure({ title: "select, then use the right button", width: 350, height: 300, tools: "reset" });
  const points = plot.scatter([1, 2, 3, 4], [3, 1, 4, 2], { size: 15 });
  const select = new BoxSelectTool({ persistent: true });
  plot.add_tools(select);
  const invert = new CustomJS({
    args: { points },
    code: "export default ({points}) => points.selection_manager.invert()",
  });
  const clear = new CustomJS({
    args: { points, overlay: select.overlay },
    code: "export default ({points, overlay}) => { overlay.visible = false; points.data_source.selected.indices = [] }",
  });
  select.overlay.context_menu = new Menu({
    items: [
      new MenuItem({ label: "Invert selection", icon: "invert_selection", action: invert }),
      new DividerItem(),
      new MenuItem({ label: "Clear selection", icon: "clear_selection", shortcut: "Esc", action: clear }),
    ],
  });

  const inner = figure({ title: "inside", sizing_mode: "stretch_both" });
  inner.line([1, 2, 3], [1, 3, 2]);
  const close = new Button({ label: "Close" });
  const content = new Column({ sizing_mode: "stretch_both", children: [inner, close] });
  const dialog = new Dialog({ title: new HTML({ html: "A plot in a <b>dialog</b>" }), content });
  const open = new Button({ label: new HTML({ html: "Open a <b>dialog</b>" }), button_type: "primary" });
  open.js_on_click(new OpenDialog({ dialog }));
  close.js_on_click(new CloseDialog({ dialog }));
  doc.add_root(row([plot, open]));
  doc.title = "Dialogs and menus";
}
