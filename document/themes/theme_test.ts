import { assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import fixture from "../../tests/fixtures/themes.json" with { type: "json" };
import { Div, Grid, Line, LinearAxis, Plot, Title } from "../../models/mod.ts";
import { captureLogs } from "../../testing/captured_logs.ts";
import { Document } from "../document.ts";
import type { DocumentEvent } from "../events/events.ts";
import type { ThemeJson } from "./theme_json.ts";
import { built_in_themes, DARK_MINIMAL, Theme } from "../themes.ts";
import { syncOf } from "../document_sync.ts";

function attributes(doc: Document): Record<string, unknown>[] {
  return doc.to_json().roots.map((root) => (root as { attributes?: Record<string, unknown> }).attributes ?? {});
}

Deno.test("built_in_themes equal Bokeh's", () => {
  assertEquals(Object.keys(built_in_themes), Object.keys(fixture));
  const grid = built_in_themes.dark_minimal.forType("Grid");
  assertEquals(Object.fromEntries(grid ?? []), fixture.dark_minimal.attrs.Grid);
  assertThrows(() => new Document().theme = "toString", RangeError, "dark_minimal");
});

Deno.test("Theme accepts its content directly or as json", () => {
  const json = { attrs: { Div: { width: 3 } } };
  assertEquals(new Theme({ json }).forType("Div"), new Theme(json).forType("Div"));
  assertEquals(new Theme({ json }).forType("Div"), new Map([["width", 3]]));
});

Deno.test("forType() lets values of derived classes override those of base classes", () => {
  const theme = new Theme({
    attrs: { Axis: { axis_line_width: 2, axis_label_standoff: 1 }, LinearAxis: { axis_line_width: 3 } },
  });
  assertEquals(theme.forType("LinearAxis"), new Map([["axis_line_width", 3], ["axis_label_standoff", 1]]));
  assertEquals(theme.forType("LogAxis")?.get("axis_line_width"), 2);
  assertEquals(theme.forType("Div"), null);
  assertStrictEquals(theme.forType("LinearAxis"), theme.forType("LinearAxis"));
});

Deno.test("forType() applies defaults of lines, fills and texts to the glyphs that have them", () => {
  const theme = new Theme({ line_defaults: { line_width: 7 }, fill_defaults: { fill_color: "red" } });
  assertEquals(theme.forType("Line"), new Map([["line_width", 7]]));
  assertEquals(theme.forType("Circle")?.get("fill_color"), "red");
  assertEquals(theme.forType("Axis"), null);
});

Deno.test("forType() accepts both names of figures", () => {
  assertEquals(new Theme({ attrs: { figure: { width: 5 } } }).forType("Figure")?.get("width"), 5);
  assertEquals(new Theme({ attrs: { Figure: { width: 5 } } }).forType("Figure")?.get("width"), 5);
});

Deno.test("forType() ignores attributes that a class does not have", () => {
  assertEquals(new Theme({ attrs: { Div: { no_such: 1 } } }).forType("Div"), null);
});

Deno.test("parse() reads YAML and JSON", async () => {
  const yaml = "attrs:\n  Title:\n    text_color: tomato\n    text_font: !!null # none\n";
  assertEquals(
    (await Theme.parse(yaml)).forType("Title"),
    new Map<string, unknown>([["text_color", "tomato"], ["text_font", null]]),
  );
  assertEquals((await Theme.parse('{"attrs": {"Div": {"width": 1}}}')).forType("Div"), new Map([["width", 1]]));
  assertEquals((await Theme.parse("")).forType("Div"), null);
});

Deno.test("Theme throws for content without the form of a theme", async () => {
  await assertRejects(() => Theme.parse("attrs: [1"), SyntaxError, "neither YAML nor JSON");
  await assertRejects(() => Theme.parse("- 1"), TypeError, "a theme is expected to be an object");
  await assertRejects(() => Theme.parse("attrs: 1"), TypeError, "attrs");
  await assertRejects(() => Theme.parse("attrs:\n  Div: 1"), TypeError, "attrs.Div");
});

Deno.test("theme sets default values, which are serialized", () => {
  const doc = new Document({ theme: new Theme({ attrs: { Title: { text_color: "tomato" }, Div: { width: 5 } } }) });
  const [title, div] = [new Title({ text: "themed" }), new Div({ width: 6 })];
  doc.add_root(title);
  doc.add_root(div);
  assertEquals(title.text_color, "tomato");
  assertEquals(attributes(doc), [{ text: "themed", text_color: "tomato" }, { width: 6 }]);
});

Deno.test("theme applies to a model only while it belongs to the document", () => {
  const doc = new Document({ theme: DARK_MINIMAL });
  const grid = new Grid();
  assertEquals(grid.grid_line_alpha, 1.0);
  doc.add_root(grid);
  assertEquals(grid.grid_line_alpha, 0.25);
  doc.remove_root(grid);
  doc.models;
  assertEquals(grid.grid_line_alpha, 1.0);
});

Deno.test("setting theme emits events of attributes that are not set", () => {
  const doc = new Document();
  const [axis, set] = [new LinearAxis(), new LinearAxis({ axis_line_width: 9 })];
  doc.add_root(axis);
  doc.add_root(set);
  const events: DocumentEvent[] = [];
  syncOf(doc).onEvent((event) => events.push(event));
  const received: unknown[] = [];
  axis.on_change("axis_line_width", (_attr, old, value) => received.push([old, value]));
  doc.theme = new Theme({ attrs: { Axis: { axis_line_width: 4 } } });
  doc.theme = new Theme({ attrs: { Axis: { axis_line_width: 5 } } });
  doc.theme = null;
  assertEquals(received, [[1, 4], [4, 5], [5, 1]]);
  assertEquals(events.map((event) => event.kind === "ModelChanged" && event.model), [axis, axis, axis]);
});

Deno.test("setting an equal theme emits no events", () => {
  const doc = new Document({ theme: new Theme({ attrs: { Line: { line_width: 4 } } }) });
  doc.add_root(new Line());
  syncOf(doc).onEvent(() => {
    throw new Error("Nothing changes");
  });
  doc.theme = new Theme({ attrs: { Line: { line_width: 4 } } });
});

Deno.test("theme throws for unknown names", () => {
  const doc = new Document();
  assertThrows(() => doc.theme = "no_such", RangeError, "caliber");
  assertThrows(() => doc.theme = "__proto__", RangeError);
  doc.add_root(new Plot());
  assertEquals(doc.theme, null);
});

/** Returns the log lines of creating a theme. */
async function warningsOf(make: () => void): Promise<string[]> {
  using captured = captureLogs();
  make();
  await import("@logtape/logtape"); // the logger is loaded for the first warning
  await Promise.resolve();
  return captured.logs.map(({ message }) => message);
}

Deno.test("Theme warns of unknown names and suggests similar ones", async () => {
  const json = {
    atrs: {},
    attrs: {
      Slidr: { bar_color: "red" },
      Slider: { bar_colr: "red", bar_color: "red" },
      figure: { widht: 5, width: 5 },
    },
    line_defaults: { line_widht: 3, line_color: "red" },
  };
  assertEquals(await warningsOf(() => new Theme(json)), [
    "Ignored atrs of a theme: there is no such section, similar ones are attrs",
    "Ignored attrs.Slidr of a theme: there is no such class, similar ones are Slider",
    "Ignored attrs.Slider.bar_colr of a theme: there is no such attribute, similar ones are bar_color",
    "Ignored attrs.figure.widht of a theme: there is no such attribute, similar ones are width, right",
    "Ignored line_defaults.line_widht of a theme: there is no such attribute, similar ones are line_width",
  ]);
});

Deno.test("Theme does not warn of names in Bokeh's themes, or of attributes of derived classes", async () => {
  const themes = Object.values(fixture).map((json) => () => new Theme(json as ThemeJson));
  const derived = { attrs: { Glyph: { line_color: "red" }, Axis: { dimension: 0 }, Model: { width: 3 } } };
  assertEquals(await warningsOf(() => [...themes, () => new Theme(derived)].forEach((make) => make())), []);
});
