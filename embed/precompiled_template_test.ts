import { assertEquals } from "@std/assert";
import { PrecompiledTemplate } from "./precompiled_template.ts";

Deno.test("PrecompiledTemplate fills each placeholder wherever it is", () => {
  const template = new PrecompiledTemplate(["name", "names"], ({ name, names }) => `${name}, ${names}${name}!`);
  assertEquals(template.fill({ name: "a", names: "b" }), "a, ba!");
  assertEquals(template.fill({ name: "", names: "$&" }), ", $&!");
});

Deno.test("PrecompiledTemplate writes its constant parts once", () => {
  let written = 0;
  const template = new PrecompiledTemplate(["value"], ({ value }) => `${++written} ${value}`);
  assertEquals([template.fill({ value: "a" }), template.fill({ value: "b" })], ["1 a", "1 b"]);
});
