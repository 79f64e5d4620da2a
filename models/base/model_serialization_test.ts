import { assertEquals } from "@std/assert";
import { Div, Row } from "../mod.ts";
import { Serializer } from "../wire/serializer.ts";

Deno.test("to_serializable() writes a model and the models that it refers to", () => {
  const div = new Div({ text: "a" });
  const row = new Row({ children: [div, div] });
  assertEquals(row.to_serializable(), {
    type: "object",
    name: "Row",
    id: row.id,
    attributes: {
      children: [{ type: "object", name: "Div", id: div.id, attributes: { text: "a" } }, { id: div.id }],
    },
  });
});

Deno.test("to_serializable() writes models by id that its serializer has written", () => {
  const serializer = new Serializer();
  const div = new Div({ text: "a" });
  div.to_serializable(serializer);
  assertEquals(div.to_serializable(serializer), { id: div.id });
});
