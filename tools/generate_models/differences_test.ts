import { assertEquals } from "@std/assert";
import { unsettledDifferences } from "./differences.ts";

Deno.test("unsettledDifferences() returns unknown differences and known ones that do not exist", () => {
  const known = [{ what: "default", attrs: ["title"], models: ["Plot", "Figure"], reason: "a text" }] as const;
  const found = [{ what: "default", attr: "title", model: "Plot" }, {
    what: "default",
    attr: "x",
    model: "Line",
  }] as const;
  assertEquals(unsettledDifferences(found, known), [
    "Line.x: default, which is not in differences.ts",
    "Figure.title: default is in differences.ts, but there is no such difference",
  ]);
});
