import { assertEquals } from "@std/assert";
import { parse } from "@std/yaml";
import "../../models/mod.ts";
import { classSpec, modelNames } from "../../models/spec/registry.ts";
import { describeModel, describeProperty } from "./descriptions.ts";
import type { Model, Property } from "./merge.ts";

function property(attr: string, flags = 0, rep: unknown = null): Property {
  return { attr, kind: "Any", default: rep, flags, moments: false };
}

async function keysOf(name: string): Promise<string[]> {
  const text = await Deno.readTextFile(new URL(`meanings/${name}`, import.meta.url));
  return Object.keys(parse(text) as object);
}

Deno.test("describeProperty() tells what an attribute means, its unit and its default", () => {
  const tell = (attr: string, ...classes: string[]) => describeProperty(property(attr, 0, 1), classes);
  assertEquals(tell("line_width"), "Width of the line in pixels. Default: `1`.");
  assertEquals(tell("minor_tick_line_width"), "Width of the minor ticks in pixels. Default: `1`.");
  assertEquals(
    tell("text_line_height"),
    "Height of a line of the text, as a multiple of that of its letters. Default: `1`.",
  );
  assertEquals(
    tell("hover_line_alpha"),
    "Opacity of the line, from 0 to 1, while the pointer is on it. Default: `1`.",
  );
  assertEquals(
    tell("width"),
    "Its width, in pixels for layouts and in the units of the axis for glyphs. Default: `1`.",
  );
  assertEquals(tell("width", "VBar", "LRTB"), "Width of the bars in units of the axis. Default: `1`.");
  assertEquals(tell("text_align", "Styles"), "The CSS property `text-align`. Default: `1`.");
  assertEquals(tell("dw_units"), "The units of `dw`. Default: `1`.");
});

Deno.test("describeModel() tells what a model is", () => {
  const model = (name: string) => ({ name }) as Model;
  assertEquals(describeModel(model("Slider"), "NumericalSlider").split(". ")[0], "A number that is chosen by sliding");
  assertEquals(describeModel(model("NoSuch"), "Model"), "The model `NoSuch` (no such), a kind of {@linkcode Model}.");
});

Deno.test("every attribute that is sent has a meaning of its own", () => {
  const mechanical = modelNames().flatMap((name) => {
    const spec = classSpec(name);
    return Array.from(spec.properties())
      .filter(({ serialized, aliasOf }) => serialized && aliasOf === undefined)
      .filter(({ attr }) => {
        const told = describeProperty(property(attr), spec.ancestors);
        return told.toLowerCase().startsWith(`${attr.replaceAll("_", " ").toLowerCase()}. default`);
      })
      .map(({ attr }) => `${name}.${attr}`);
  });
  assertEquals(mechanical, []);
});

Deno.test("meanings are of what there is", async () => {
  const specs = modelNames().map((name) => classSpec(name));
  const attrs = new Set(specs.flatMap((spec) => Array.from(spec.properties(), ({ attr }) => attr)));
  for (const file of ["attributes.yaml", "more_attributes.yaml", "glyph_attributes.yaml"]) {
    assertEquals((await keysOf(file)).filter((attr) => !attrs.has(attr)), [], file);
  }
  const own = new Set(specs.flatMap(({ name }) => [name]));
  assertEquals((await keysOf("models.yaml")).filter((name) => !own.has(name)), []);
  const known = new Set(specs.flatMap((spec) => Array.from(spec.properties(), ({ attr }) => `${spec.name}.${attr}`)));
  assertEquals((await keysOf("model_attributes.yaml")).filter((key) => !known.has(key)), []);
});
