// Buttons: buttons, toggles, groups of options, and dialogs.
import type { Document } from "@bokeh/server";
import { column, row } from "@bokeh/server/layouts";
import { Button, Checkbox, CheckboxButtonGroup, CheckboxGroup, Div, Dropdown, HelpButton } from "@bokeh/server/models";
import { Paragraph, PreText, Progress, RadioButtonGroup, RadioGroup, Switch, TablerIcon } from "@bokeh/server/models";
import { Toggle, Tooltip } from "@bokeh/server/models";

/** One widget of each type. */
export default function (doc: Document): void {
  const labels = ["one", "two", "three"];
  const left = column([
    new Button({ label: "default" }),
    new Button({ label: "primary", button_type: "primary", icon: new TablerIcon({ icon_name: "star" }) }),
    new Toggle({ label: "toggle", button_type: "success", active: true }),
    new Dropdown({ label: "menu", button_type: "warning", menu: [["One", "1"], null, ["Two", "2"]] }),
    new Dropdown({ label: "split", split: true, menu: ["a", "b"] }),
    new HelpButton({ tooltip: new Tooltip({ content: "help", position: "right" }) }),
    new Progress({ value: 40, max: 100, width: 200 }),
  ]);
  const right = column([
    new CheckboxGroup({ labels, active: [0, 2] }),
    new RadioGroup({ labels, active: 1, inline: true }),
    new CheckboxButtonGroup({ labels, active: [1], button_type: "danger" }),
    new RadioButtonGroup({ labels, active: 0, orientation: "vertical" }),
    row(new Checkbox({ label: "check", active: true }), new Switch({ active: true, label: "switch" })),
    new Div({ text: "A <b>div</b> with <code>HTML</code>", styles: { color: "teal" } }),
    new Paragraph({ text: "A paragraph of text that is not <b>HTML</b>", width: 250 }),
    new PreText({ text: "def f(x):\n    return x" }),
  ]);
  doc.add_root(row(left, right));
  doc.title = "Buttons";
}
