import { assertEquals } from "@std/assert";
import { isRecord } from "./is_record.ts";
import { nullPrototypeObject } from "./null_prototype_object.ts";

Deno.test("isRecord() accepts plain objects only", () => {
  assertEquals(
    [{}, { a: 1 }, nullPrototypeObject(), JSON.parse('{"__proto__": 1}')].map(isRecord),
    Array(4).fill(true),
  );
  const others = [null, undefined, 1, "text", [], new Uint8Array(), new Date(), new Map(), () => {}];
  assertEquals(others.map(isRecord), others.map(() => false));
});
