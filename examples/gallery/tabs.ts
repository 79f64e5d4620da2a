// Tabs: tabs and other containers that group the contents of a page.
import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { Div, GroupBox, TabPanel, Tabs, TextInput } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** Two plots and a form. */
export default function (doc: Document): void {
  const circles = figure({ width: 400, height: 250 });
  circles.scatter([1, 2, 3, 4, 5], [6, 7, 2, 4, 5], { size: 20, color: "navy", alpha: 0.5 });
  const line = figure({ width: 400, height: 250 });
  line.line([1, 2, 3, 4, 5], [6, 7, 2, 4, 5], { line_width: 3, color: "navy", alpha: 0.5 });
  const form = column(new Div({ text: "<b>Who are you?</b>" }), new TextInput({ title: "name", placeholder: "Ada" }));
  const tabs = new Tabs({
    active: 1,
    tabs: [
      new TabPanel({ child: circles, title: "circles" }),
      new TabPanel({ child: line, title: "line", closable: true }),
      new TabPanel({ child: form, title: "form", disabled: true }),
    ],
  });
  const box = new GroupBox({ title: "settings", checkable: true, child: new Div({ text: "in a box" }), width: 380 });
  doc.add_root(column(tabs, box));
  doc.title = "Tabs";
}
