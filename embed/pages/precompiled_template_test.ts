import { assertEquals } from "@std/assert";
import { GappedText } from "./precompiled_template.ts";

Deno.test("GappedText fills each gap wherever it is", () => {
  const text = new GappedText(["name", "names"], ({ name, names }) => `${name}, ${names}${name}!`);
  assertEquals(text.fill({ name: "a", names: "b" }), "a, ba!");
  assertEquals(text.fill({ name: "", names: "$&" }), ", $&!");
});

Deno.test("GappedText writes what is always the same only once", () => {
  let written = 0;
  const text = new GappedText(["gap"], ({ gap }) => `${++written} ${gap}`);
  assertEquals([text.fill({ gap: "a" }), text.fill({ gap: "b" })], ["1 a", "1 b"]);
});
