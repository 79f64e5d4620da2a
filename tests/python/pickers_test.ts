/** Date pickers send the same values as Python's, and refuse the same values. */

import { assert, assertEquals } from "@std/assert";
import { DatePicker, type Model } from "@bokeh/server/models";
import { modelClass } from "../../models/spec/registry.ts";
import { ensurePython } from "../../tools/setup/python.ts";

const SCRIPT = decodeURIComponent(new URL("pickers.py", import.meta.url).pathname);

type Outcome = { readonly sent: unknown } | { readonly refused: true };
type Line = [cls: string, attr: string, form: number, name: string, outcome: Outcome];

/** Replaces dates by their counterparts in Python. Other values are equal in both languages. */
const STAND_INS: Readonly<Record<string, readonly unknown[]>> = {
  day: [Temporal.PlainDate.from("2024-03-10")],
  time: [new Date(Date.UTC(2024, 2, 10, 15, 30)), Temporal.PlainDateTime.from("2024-03-10T15:30")],
  "5": [5],
  null: [null],
};

/** Returns a value in the form of an attribute: single, in a list, or as a range. */
function formOf(cls: string, attr: string, form: number, value: unknown): unknown {
  if (attr.endsWith("_dates")) return form === 0 ? [value] : [[value, value]];
  if (attr === "value" && cls.startsWith("Multiple")) return [value];
  return attr === "value" && cls.includes("Range") ? [value, value] : value;
}

function outcomeOf(cls: string, attr: string, value: unknown): Outcome {
  let model: Model;
  try {
    model = new (modelClass(cls)!)({ [attr]: value }) as Model;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { refused: true };
  }
  return { sent: Object.fromEntries(model.serializableAttributes())[attr] ?? null };
}

Deno.test("date pickers: send and refuse the same values as Python's", async () => {
  const { success, stdout, stderr } = await new Deno.Command(await ensurePython(), {
    args: ["-W", "ignore", SCRIPT],
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  assert(success, decoder.decode(stderr));
  const lines = decoder.decode(stdout).trim().split("\n").map((line): Line => JSON.parse(line));
  assertEquals(modelClass("DatePicker"), DatePicker);
  assert(lines.length > 500, `${lines.length} cases`);
  const differences: unknown[] = [];
  for (const [cls, attr, form, name, expected] of lines) {
    for (const value of STAND_INS[name] ?? [name]) {
      const found = outcomeOf(cls, attr, formOf(cls, attr, form, value));
      // Only Temporal has dates without a time, so that date pickers accept a `Date` and use its day.
      const isDayOfTime = name === "time" && "refused" in expected && JSON.stringify(found).includes('"2024-03-10"');
      if (!isDayOfTime && JSON.stringify(found) !== JSON.stringify(expected)) {
        differences.push({ cls, attr, form, name, found, expected });
      }
    }
  }
  assertEquals(differences, []);
});
