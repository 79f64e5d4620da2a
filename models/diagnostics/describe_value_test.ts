import { assertEquals } from "@std/assert";
import { describeValue } from "./describe_value.ts";

Deno.test("describeValue() writes short values", () => {
  assertEquals(
    [null, undefined, "a", 1.5, true, [1, "a", [null, { x: 2 }]], Array(29).fill(0)].map(describeValue),
    ["null", "undefined", '"a" (string)', "1.5 (number)", "true (boolean)", '[1,"a",[null,{"x":2}]] (array)'].concat(
      `[${Array(29).fill(0)}] (array)`,
    ),
  );
});

Deno.test("describeValue() names long values and those that JSON cannot contain", () => {
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  const values = [Array(30).fill(0), ["x".repeat(60)], [1n], cyclic, new Uint8Array(5), [new Uint8Array(5)], {}];
  assertEquals(
    values.map(describeValue),
    ["30", "1", "1", "1"].map((count) => `an array of ${count} items`).concat(
      "a Uint8Array of 5 items",
      "an array of 1 items",
      "an object",
    ),
  );
  assertEquals(describeValue("x".repeat(61)), `"${"x".repeat(57)}…" (string)`);
});
