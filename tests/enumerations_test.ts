/** Attributes with enumerations accept the values that Python accepts, and no others if BokehJS is as strict. */

import { assert, assertEquals } from "@std/assert";
import "../models/mod.ts";
import { classSpec, modelClass } from "../models/spec/registry.ts";

interface PythonModels {
  readonly models: Record<string, { readonly properties: Record<string, { readonly type?: string }> }>;
}

/** Enumerations that BokehJS does not check. */
const OPEN = ["BooleanFormatter.icon", "NumberFormatter.language", "NumeralTickFormatter.language"];

const CHOICE = /^(?:(?:Nullable|Required|Readonly|Either)\()*Enum\(([^()]*)\)/;

Deno.test("enumerations: attributes accept every value of Python's", async () => {
  const { models }: PythonModels = JSON.parse(
    await Deno.readTextFile(new URL("fixtures/python_models.json", import.meta.url)),
  );
  const refused: string[] = [];
  const open: string[] = [];
  let count = 0;
  for (const [name, { properties }] of Object.entries(models)) {
    if (modelClass(name) === undefined) continue;
    for (const [attr, { type = "" }] of Object.entries(properties)) {
      const [, choices] = CHOICE.exec(type) ?? [];
      if (choices === undefined) continue;
      const propertyType = classSpec(name).property(attr)!.type;
      const values = Array.from(choices.matchAll(/'((?:[^'\\]|\\.)*)'/g), ([, value]) => value!);
      refused.push(...values.filter((value) => !propertyType.valid(value)).map((value) => `${name}.${attr}: ${value}`));
      count += values.length;
      if (!/Either|String|Instance/.test(type) && propertyType.valid("no such value")) open.push(`${name}.${attr}`);
    }
  }
  assertEquals(refused, []);
  assertEquals(open.sort(), OPEN);
  assert(count > 1000);
});
