import { assert, assertEquals, assertFalse, assertThrows } from "@std/assert";
import { DEFAULT_LIMITS } from "../common/limits.ts";
import { MessageDecoder } from "./decoder.ts";
import { ProtocolError, type ProtocolErrorCode } from "./error.ts";
import type { Frame, Message } from "./message.ts";
import { SERVER_MESSAGE_TYPES } from "./message_types.ts";

interface CapturedFrame {
  from: "client" | "server";
  text?: string;
  base64?: string;
}

function readFixture(name: string): string {
  return Deno.readTextFileSync(new URL(`../tests/fixtures/${name}`, import.meta.url));
}

function frameOf({ text, base64 }: { text?: string; base64?: string }): Frame {
  return text ?? Uint8Array.fromBase64(base64 ?? "");
}

function pushAll(decoder: MessageDecoder, frames: Frame[]): Message[] {
  return frames.map((frame) => decoder.push(frame)).filter((message) => message !== undefined);
}

function codeOf(frames: Frame[], decoder: MessageDecoder = new MessageDecoder(DEFAULT_LIMITS)): ProtocolErrorCode {
  return assertThrows(() => pushAll(decoder, frames), ProtocolError).code;
}

const PATCH = '{"msgid":"1","msgtype":"PATCH-DOC"}';

function headerOf(fields: Record<string, unknown>): string {
  return JSON.stringify({ msgid: "1", msgtype: "PATCH-DOC", ...fields });
}

Deno.test("MessageDecoder reads every captured message", () => {
  const messages: Record<string, { fragments: (string | { base64: string })[] }> = JSON.parse(
    readFixture("messages.json"),
  );
  const server = new MessageDecoder(DEFAULT_LIMITS, SERVER_MESSAGE_TYPES);
  const client = new MessageDecoder(DEFAULT_LIMITS);
  const seen = new Set<string>();
  for (const [type, { fragments }] of Object.entries(messages)) {
    const frames = fragments.map((part) => typeof part === "string" ? part : frameOf(part));
    const msgtype = type.split(" ")[0] ?? type;
    const reader = SERVER_MESSAGE_TYPES.some((known) => known === msgtype) ? server : client;
    const [message, ...more] = pushAll(reader, frames);
    assertEquals(more, []);
    assertEquals(message?.header.msgtype, msgtype);
    assertEquals(message?.buffers.size, (fragments.length - 3) / 2);
    seen.add(type);
  }
  assert(seen.size >= 6);
});

Deno.test("MessageDecoder reads both sides of every captured conversation", () => {
  const names = ["actions", "events", "scatter", "sliders", "stream", "two_clients_one", "two_clients_other"];
  for (const name of names) {
    const client = new MessageDecoder(DEFAULT_LIMITS);
    const server = new MessageDecoder(DEFAULT_LIMITS, SERVER_MESSAGE_TYPES);
    let messages = 0;
    for (const line of readFixture(`conversations/${name}.jsonl`).trim().split("\n")) {
      const captured: CapturedFrame = JSON.parse(line);
      const decoder = captured.from === "client" ? client : server;
      if (decoder.push(frameOf(captured))) messages++;
    }
    assert(messages > 3, name);
  }
});

Deno.test("MessageDecoder returns buffers by their ids", () => {
  const frames = [
    headerOf({ num_buffers: 2 }),
    "{}",
    '{"events":[]}',
    '{"id":"__proto__"}',
    Uint8Array.of(1),
    '{"id":"b"}',
    Uint8Array.of(2, 3),
  ];
  const [message] = pushAll(new MessageDecoder(DEFAULT_LIMITS), frames);
  assertEquals([...message!.buffers], [["__proto__", Uint8Array.of(1)], ["b", Uint8Array.of(2, 3)]]);
});

Deno.test("MessageDecoder accepts any JSON value as msgid", () => {
  for (const msgid of ["", "__proto__", "é\u0000\n", "x".repeat(5000), 7, 0.5, false, null, [1], { a: 1 }]) {
    const [message] = pushAll(new MessageDecoder(DEFAULT_LIMITS), [headerOf({ msgid }), "{}", '{"events":[]}']);
    assertEquals(message?.header.msgid, msgid);
  }
});

Deno.test("MessageDecoder throws at the first invalid frame", () => {
  const cases: [ProtocolErrorCode, Frame[]][] = [
    ["malformed", ["not json"]],
    ["malformed", ["null"]],
    ["malformed", ["[]"]],
    ["malformed", ['{"msgtype":"PATCH-DOC"}']],
    ["malformed", ['{"msgid":"1"}']],
    ["malformed", [headerOf({ msgtype: ["PATCH-DOC"] })]],
    ["unexpected_type", [headerOf({ msgtype: "NO-SUCH" })]],
    ["unexpected_type", [headerOf({ msgtype: "__proto__" })]],
    ["unexpected_type", [headerOf({ msgtype: "PULL-DOC-REPLY" })]],
    ["malformed", [headerOf({ num_buffers: -1 })]],
    ["malformed", [headerOf({ num_buffers: 1.5 })]],
    ["malformed", [headerOf({ num_buffers: "1" })]],
    ["malformed", [headerOf({ num_buffers: null })]],
    ["malformed", ['{"msgid":"1","msgtype":"PATCH-DOC","num_buffers":1e999}']],
    ["too_big", [headerOf({ num_buffers: 10_001 })]],
    ["malformed", [PATCH, "null"]],
    ["malformed", [PATCH, "{}", "null"]],
    ["malformed", [PATCH, "{}", "5"]],
    ["wrong_frame_kind", [Uint8Array.of(123)]],
    ["wrong_frame_kind", [PATCH, new Uint8Array()]],
    ["wrong_frame_kind", [PATCH, "{}", new Uint8Array()]],
    ["wrong_frame_kind", [headerOf({ num_buffers: 1 }), "{}", "{}", Uint8Array.of(1)]],
    ["wrong_frame_kind", [headerOf({ num_buffers: 1 }), "{}", "{}", '{"id":"1"}', "text"]],
    ["malformed", [headerOf({ num_buffers: 1 }), "{}", "{}", "{}"]],
    ["malformed", [headerOf({ num_buffers: 1 }), "{}", "{}", '{"id":1}']],
    ["malformed", [headerOf({ num_buffers: 2 }), "{}", "{}", '{"id":"1"}', new Uint8Array(), '{"id":"1"}']],
    ["malformed", [PATCH, "{}", "[".repeat(100_000)]],
    ["malformed", [PATCH, "{}", '{"events":' + "[".repeat(100_000) + "]".repeat(100_000) + "}"]],
    ["malformed", [PATCH, "{}", '{"a":'.repeat(100_000) + "1" + "}".repeat(100_000)]],
  ];
  for (const [code, frames] of cases) assertEquals(codeOf(frames), code, JSON.stringify(frames).slice(0, 100));
});

Deno.test("MessageDecoder reads the next message after invalid content", () => {
  const decoder = new MessageDecoder(DEFAULT_LIMITS);
  for (const content of ["{}", '{"events":null}', '{"events":[5]}']) {
    const error = assertThrows(() => pushAll(decoder, [headerOf({ msgid: "bad" }), "{}", content]), ProtocolError);
    assertEquals([error.code, error.reqid, error.answer.wsClose], ["invalid_content", "bad", null]);
    assertEquals(pushAll(decoder, [PATCH, "{}", '{"events":[]}']).length, 1);
  }
});

Deno.test("MessageDecoder limits the size of a frame in bytes of UTF-8", () => {
  const content = (bytes: number, fill = "x") =>
    `{"events":[],"x":"${fill.repeat((bytes - 20) / new TextEncoder().encode(fill).length)}"}`;
  const limits = { ...DEFAULT_LIMITS, maxMessageBytes: 1000 };
  assertEquals(content(1000).length, 1000);
  assertEquals(pushAll(new MessageDecoder(limits), [PATCH, "{}", content(1000)]).length, 1);
  assertEquals(codeOf([PATCH, "{}", content(1001)], new MessageDecoder(limits)), "too_big");
  for (const [fill, size] of [["é", 2], ["€", 3], ["😀", 4]] as const) {
    const fits = content(1000 - (980 % size), fill);
    assertEquals(pushAll(new MessageDecoder(limits), [PATCH, "{}", fits]).length, 1, fill);
    assertEquals(
      codeOf([PATCH, "{}", fits.replace("{", "{" + " ".repeat(1 + 980 % size))], new MessageDecoder(limits)),
      "too_big",
      fill,
    );
  }
});

Deno.test("MessageDecoder limits the total size of the buffers of a message", () => {
  const frames = (...sizes: number[]): Frame[] => [
    headerOf({ num_buffers: sizes.length }),
    "{}",
    '{"events":[]}',
    ...sizes.flatMap((size, i): Frame[] => [`{"id":"${i}"}`, new Uint8Array(size)]),
  ];
  const limits = { ...DEFAULT_LIMITS, maxMessageBytes: 100 };
  assertEquals(pushAll(new MessageDecoder(limits), frames(100)).length, 1);
  assertEquals(pushAll(new MessageDecoder(limits), [...frames(60, 40), ...frames(60, 40)]).length, 2);
  assertEquals(codeOf(frames(60, 41), new MessageDecoder(limits)), "too_big");
  const longId = [headerOf({ num_buffers: 1 }), "{}", "{}", `{"id":"${"x".repeat(2000)}"}`];
  assertEquals(codeOf(longId), "too_big");
});

Deno.test("MessageDecoder limits the number of arrays and objects of a message", () => {
  const decode = (values: number) => {
    const decoder = new MessageDecoder({ ...DEFAULT_LIMITS, valuesPerMessage: 2000 });
    for (const part of ['{"msgid":"1","msgtype":"SERVER-INFO-REQ"}', "{}"]) decoder.push(part);
    return decoder.push(`{"x":[${Array(values - 2).fill("[]").join(",")}],"y":"${"[".repeat(3000)}"}`);
  };
  assertEquals(decode(2000)?.type, "SERVER-INFO-REQ");
  assertEquals(assertThrows(() => decode(2001), ProtocolError).code, "too_big");
});

Deno.test("MessageDecoder does not count brackets inside strings", () => {
  const text = '"\\"[\\\\'.repeat(1) + "[{".repeat(5000);
  const content = JSON.stringify({ events: [], text });
  const [message] = pushAll(new MessageDecoder(DEFAULT_LIMITS), [PATCH, "{}", content]);
  assertEquals(message?.content, { events: [], text } as unknown as Message["content"]);
});

Deno.test("MessageDecoder does not pollute prototypes", () => {
  pushAll(new MessageDecoder(DEFAULT_LIMITS), [
    '{"msgid":"1","msgtype":"PATCH-DOC","__proto__":{"polluted":1}}',
    '{"__proto__":{"polluted":1}}',
    '{"events":[]}',
  ]);
  assertFalse("polluted" in {});
});
