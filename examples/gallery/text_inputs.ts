// Inputs: inputs for text, numbers, choices, colors and files.
import type { Document } from "@bokeh/server";
import { column, row } from "@bokeh/server/layouts";
import {
  AutocompleteInput,
  ColorPicker,
  FileInput,
  MultiChoice,
  MultiSelect,
  NumericInput,
} from "@bokeh/server/models";
import { PaletteSelect, PasswordInput, Select, Spinner, TextAreaInput, TextInput } from "@bokeh/server/models";

/** One widget of each type. */
export default function (doc: Document): void {
  const options = ["apple", "banana", "cherry", "date"];
  const left = column([
    new TextInput({ title: "text", value: "some text", prefix: "$" }),
    new TextAreaInput({ title: "area", value: "two\nlines", rows: 3, max_length: 100 }),
    new PasswordInput({ title: "password", placeholder: "secret" }),
    new AutocompleteInput({ title: "autocomplete", completions: options, case_sensitive: false }),
    new NumericInput({ title: "number", value: 4, low: 0, high: 10 }),
    new Spinner({ title: "spinner", value: 2.5, low: 0, high: 10, step: 0.5 }),
  ]);
  const right = column([
    new Select({ title: "select", value: "c", options: [...options, ["c", "a fruit with another label"]] }),
    new Select({ title: "groups", value: "carrot", options: { fruits: options, vegetables: ["carrot", "leek"] } }),
    new MultiSelect({ title: "several", value: ["apple", "date"], options, size: 4 }),
    new MultiChoice({ title: "choices", value: ["banana"], options, max_items: 2 }),
    new ColorPicker({ title: "color", color: "#339966" }),
    new FileInput({ title: "file", accept: [".csv", ".json"], multiple: true }),
    new PaletteSelect({
      title: "palette",
      value: "two",
      items: [["one", ["red", "gold"]], ["two", ["navy", "teal", "lime"]]],
    }),
  ]);
  doc.add_root(row(left, right));
  doc.title = "Inputs";
}
