import { assertEquals, assertNotEquals, assertStrictEquals } from "@std/assert";
import { DEFAULT_LIMITS } from "../common/limits.ts";
import { MessageDecoder } from "./decoder.ts";
import { encodeMessage } from "./encode.ts";
import { SERVER_MESSAGE_TYPES } from "./message_types.ts";

Deno.test("encodeMessage writes what MessageDecoder reads", () => {
  const buffers = [{ id: "p1", data: Uint8Array.of(1, 2) }, { id: "p2", data: new Uint8Array() }];
  const doc = { title: "é", roots: [] };
  const decoder = new MessageDecoder(DEFAULT_LIMITS, SERVER_MESSAGE_TYPES);
  const messages = encodeMessage("PULL-DOC-REPLY", { doc }, { reqid: '"', buffers }).map((frame) =>
    decoder.push(frame)
  );
  const message = messages.pop();
  assertEquals(messages.every((other) => other === undefined), true);
  assertEquals(message?.header.reqid, '"');
  assertEquals(message?.content, { doc });
  assertEquals([...message!.buffers], [["p1", Uint8Array.of(1, 2)], ["p2", new Uint8Array()]]);
});

Deno.test("encodeMessage writes header, metadata and content as Bokeh does", () => {
  assertEquals(encodeMessage("OK", {}, { msgid: "a", reqid: "b" }), [
    '{"msgid":"a","msgtype":"OK","reqid":"b"}',
    "{}",
    "{}",
  ]);
});

Deno.test("encodeMessage writes any reqid unchanged, and omits null", () => {
  const reqids = ["", 7, 0.5, false, [1], { a: '"' }, null];
  const headers = reqids.map((reqid) => JSON.parse(String(encodeMessage("OK", {}, { reqid })[0])));
  assertEquals(headers.map((header) => header.reqid), [...reqids.slice(0, -1), undefined]);
});

Deno.test("encodeMessage does not copy encoded content and buffers", () => {
  const content = '{"events":[]}';
  const data = Uint8Array.of(1);
  const frames = encodeMessage("PATCH-DOC", content, { buffers: [{ id: "x", data }] });
  assertEquals(frames[2], content);
  assertStrictEquals(frames[4], data);
});

Deno.test("encodeMessage gives each message a unique id", () => {
  assertNotEquals(encodeMessage("ACK", {})[0], encodeMessage("ACK", {})[0]);
});
