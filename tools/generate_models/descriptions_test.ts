import { assertEquals, assertThrows } from "@std/assert";
import { parse } from "@std/yaml";
import "../../models/mod.ts";
import { classSpec, modelNames } from "../../models/spec/registry.ts";
import { describeModel, describeProperty } from "./descriptions.ts";
import type { Model, Property } from "./merge.ts";

function property(attr: string, flags = 0, rep: unknown = null): Property {
  return { attr, type: "Any", default: rep, flags, dateTimes: false };
}

async function keysOf(name: string): Promise<string[]> {
  const text = await Deno.readTextFile(new URL(`meanings/${name}`, import.meta.url));
  return Object.keys(parse(text) as object);
}

Deno.test("describeProperty() states the meaning of an attribute, its unit and its default", () => {
  const tell = (attr: string, ...classes: string[]) => describeProperty(property(attr, 0, 1), classes);
  assertEquals(tell("line_width"), "The width of the line, in pixels. Default: `1`.");
  assertEquals(tell("minor_tick_line_width"), "The width of the minor ticks, in pixels. Default: `1`.");
  assertEquals(
    tell("text_line_height"),
    "The line height of the text, as a multiple of the font size. Default: `1`.",
  );
  assertEquals(
    tell("hover_line_alpha"),
    "The opacity of the line, from 0 to 1, under the pointer. Default: `1`.",
  );
  assertEquals(
    tell("width"),
    "The width, in pixels for layouts and in units of the x-axis for glyphs. Default: `1`.",
  );
  assertEquals(tell("width", "VBar", "LRTB"), "The width of the bars, in units of the x-axis. Default: `1`.");
  assertEquals(tell("text_align", "Styles"), "The CSS property `text-align`. Default: `1`.");
  assertEquals(tell("dw_units"), "The units of `dw`. Default: `1`.");
});

Deno.test("describeModel() describes a class and names its base", () => {
  const model = (name: string) => ({ name }) as Model;
  assertEquals(describeModel(model("Slider"), "NumericalSlider").split(". ")[0], "A slider for a number");
  assertThrows(() => describeModel(model("NoSuch"), "Model"), TypeError, "Cannot describe NoSuch");
});

Deno.test("every serialized attribute has a description", () => {
  const mechanical = modelNames().flatMap((name) => {
    const spec = classSpec(name);
    return Array.from(spec.properties())
      .filter(({ serialized, aliasOf }) => serialized && aliasOf === undefined)
      .filter(({ attr }) => {
        const described = describeProperty(property(attr), spec.ancestors);
        return described.toLowerCase().startsWith(`${attr.replaceAll("_", " ").toLowerCase()}. default`);
      })
      .map(({ attr }) => `${name}.${attr}`);
  });
  assertEquals(mechanical, []);
});

Deno.test("descriptions are of existing classes and attributes", async () => {
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
