import { assertEquals } from "@std/assert";
import { Document } from "../../document/document.ts";
import { RadioGroup, Slider, TextInput } from "../../models/mod.ts";
import { changedValues, setWidgetValues, widgetValues } from "./kept_values.ts";

function documentOf(...roots: (Slider | TextInput | RadioGroup)[]): Document {
  const doc = new Document();
  for (const root of roots) doc.add_root(root);
  return doc;
}

function slider(value: number): Slider {
  return new Slider({ title: "size", start: 0, end: 10, value });
}

Deno.test("setWidgetValues() carries changed values over to the corresponding widgets", () => {
  const before = documentOf(
    slider(1),
    slider(2),
    new TextInput({ name: "who", value: "" }),
    new RadioGroup({ labels: [] }),
  );
  const initial = widgetValues(before);
  const [, second, text] = before.roots;
  second!.set("value", 5);
  text!.set("value", "ada");
  const after = documentOf(new TextInput({ name: "who", value: "default" }), slider(3), slider(4));
  setWidgetValues(after, changedValues(widgetValues(before), initial));
  assertEquals(after.roots.map((root) => root.get("value")), ["ada", 3, 5]);
});

Deno.test("setWidgetValues() ignores values that widgets reject", () => {
  const doc = documentOf(slider(1));
  const [key] = [...widgetValues(doc).keys()];
  setWidgetValues(doc, new Map<string, unknown>([[key!, "much"], ["another", 1]]));
  assertEquals(doc.roots[0]!.get("value"), 1);
});
