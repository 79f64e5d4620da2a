import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { ColumnDataSource, XYGlyph } from "../../models/mod.ts";
import { figure } from "../../plotting/mod.ts";
import { Gauge, Scale, Target } from "../../tests/fixtures/dials/dials.ts";
import { classesCommand } from "../commands/classes.ts";
import { CommandError } from "../exit.ts";
import type { ExtensionModel } from "./read_extension.ts";
import { writeClasses } from "./write_classes.ts";

const FIXTURE = new URL("../../tests/fixtures/dials/", import.meta.url);

function write(...models: ExtensionModel[]) {
  const known = new Map([["LayoutDOM", "LayoutDOM"], ["Model", "Model"], ["Plot", "Plot"]]);
  return writeClasses({ models, known, title: "x.js", bundle: "./x.js", javascript: [], css: [] });
}

Deno.test("the command classes writes the classes of an extension that bokeh build made", async () => {
  const folder = await Deno.makeTempDir();
  const output = `${folder}/dials.ts`;
  const [bundle, css] = ["dist/dials.min.js", "dials.css"].map((path) =>
    decodeURIComponent(new URL(path, FIXTURE).pathname)
  );
  assertEquals(await classesCommand.run({ output, css: [css!] }, [bundle!], []), 0);
  const written = await Deno.readTextFile(output);
  await Deno.remove(folder, { recursive: true });
  const relative = written.replaceAll(/(?<=new URL\(")(?:\.\.\/)+.*?(?=dist\/|dials\.css)/g, "./");
  assertEquals(relative, await Deno.readTextFile(new URL("dials.ts", FIXTURE)));
});

Deno.test("the command classes runs scripts without permissions, and lists them", async () => {
  const folder = await Deno.makeTempDir();
  const bundle = decodeURIComponent(new URL("dist/dials.min.js", FIXTURE).pathname);
  const [script, output] = [`${folder}/before.js`, `${folder}/dials.ts`];
  const run = () =>
    classesCommand.run({ output, javascript: [script, "https://example.com/vis.js"], css: [`${folder}/a.css`] }, [
      bundle,
    ], []);
  await Deno.writeTextFile(script, "console.log('not a model');");
  await run();
  const text = await Deno.readTextFile(output);
  assertStringIncludes(
    text,
    'javascript: [new URL("./before.js", import.meta.url), new URL("https://example.com/vis.js")],',
  );
  assertStringIncludes(text, 'css: [new URL("./a.css", import.meta.url)],');
  await Deno.writeTextFile(script, "Deno.readTextFileSync('/etc/hostname');");
  await assertRejects(async () => await run(), CommandError, "Requires read access");
  await Deno.writeTextFile(script, "vis.draw();");
  await assertRejects(async () => await run(), CommandError, "vis is not defined");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("written classes have typed properties with the defaults of the bundle", () => {
  const gauge = new Gauge({ value: 40 });
  const direction: "clockwise" | "anticlockwise" = gauge.direction;
  const unit: string | null = gauge.scale.unit;
  assertEquals([direction, unit, gauge.width, gauge.label], ["clockwise", "%", 220, { text: "Value" }]);
  gauge.label = { text: "Speed", size: 12 };
  assertEquals(new Gauge({ value: 1 }).scale === gauge.scale, false);
  assertThrows(() => gauge.set("direction", "up"), TypeError, "Gauge.direction");
  assertThrows(() => gauge.set("history", new Scale()), TypeError, "Gauge.history");
  // @ts-expect-error the attribute is a number
  assertThrows(() => gauge.value = "fast", TypeError, "Gauge.value");

  const target = new Target({ x: { field: "a" }, y: { field: "b" }, line_color: "red", size: 10 });
  assertEquals([target instanceof XYGlyph, target.rings, target.line_color], [true, 3, "red"]);
  const source = new ColumnDataSource({ data: { a: [1], b: [2] } });
  figure().add_glyph(source, target);
});

Deno.test("writeClasses() orders classes, and reports types that are not known", () => {
  const { text, untyped } = write(
    { name: "m.B", base: "m.A", properties: [{ attr: "own", default: 1 }], overrides: {} },
    { name: "m.A", base: "LayoutDOM", properties: [{ attr: "self", type: ["Ref", "m.B"] }], overrides: { width: 3 } },
    { name: "m.Plot", base: "Plot", properties: [], overrides: {} },
  );
  assertEquals(untyped, ["m.A.self", "m.B.own"]);
  assertEquals(text.indexOf("const A ") < text.indexOf("const B "), true);
  assertStringIncludes(text, "self: Any,");
  assertStringIncludes(text, "import { LayoutDOM, Plot as BokehPlot, defineModel }");
  assertStringIncludes(text, "base: BokehPlot,");
});

Deno.test("writeClasses() does not write names that contain code", () => {
  const properties = [{ attr: "x: evil()", type: "Int" }];
  assertThrows(() => write({ name: "A", base: "Model", properties, overrides: {} }), TypeError, "not an identifier");
  assertThrows(
    () => write({ name: "A = evil()", base: "Model", properties: [], overrides: {} }),
    TypeError,
    "is not a name",
  );
  const field = 'a"]: evil(), ["';
  const struct = { attr: "x", type: ["Struct", { [field]: "Int" }] as const, default: { type: "evil()" } };
  assertThrows(
    () => write({ name: "A", base: "Model", properties: [struct], overrides: {} }),
    TypeError,
    'of the type "evil()"',
  );
});
