import type { LogRecord } from "@logtape/logtape";
import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { CommandError } from "../exit.ts";
import { DEFAULT_LOG_FORMAT, logFormatter } from "./log_format.ts";

const RECORD: LogRecord = {
  category: ["bokeh", "server"],
  level: "warning",
  message: ["Refused ", 404, " for ", "/x", ""],
  rawMessage: "Refused {status} for {path}",
  properties: { status: 404, path: "/x" },
  timestamp: Date.UTC(2026, 0, 2, 3, 4, 5, 67),
};

Deno.test("logFormatter() writes time and message by default", () => {
  assertMatch(logFormatter(DEFAULT_LOG_FORMAT)(RECORD), /^2026-01-0\d \d\d:\d\d:05,067 Refused 404 for \/x$/);
});

Deno.test("logFormatter() supports the fields of Python's logging", () => {
  assertEquals(
    logFormatter("%(levelname)s:%(name)s:%(levelno)d %(message)s")(RECORD),
    "WARNING:bokeh.server:30 Refused 404 for /x",
  );
  assertEquals(logFormatter("[%(levelname)-10s] 100%% %(unknown)s")(RECORD), "[WARNING   ] 100% %(unknown)s");
});

Deno.test("logFormatter() pads and truncates as Python's % operator does", () => {
  const line = (format: string) => logFormatter(format)({ ...RECORD, timestamp: Date.UTC(2026, 0, 2, 3, 4, 5, 7) });
  assertEquals(line("%(msecs)03d|%(levelno)5d|%(levelname).4s|%(msecs)d"), "007|   30|WARN|7");
  assertEquals(line("%(created).3f %(processName)s %(module)s"), "1767323045.007 MainProcess server");
});

Deno.test("logFormatter() rejects a format without fields", () => {
  for (const format of ["", "{message}", "%", "100%%"]) {
    assertThrows(() => logFormatter(format), CommandError, "%(message)s");
  }
});

Deno.test("logFormatter() appends the stack of an error", () => {
  const error = new Error("broken");
  const line = logFormatter("%(message)s")({ ...RECORD, message: ["Failed"], properties: { error } });
  assertMatch(line, /^Failed\nError: broken\n\s+at /);
});

Deno.test("logFormatter() shows an error once if the message includes it", () => {
  const error = Object.assign(new Error("broken"), { stack: "Error: broken\n    at file:///apps/a.ts:1:2" });
  const line = logFormatter("%(message)s")({ ...RECORD, message: ["Failed: ", error, ""], properties: { error } });
  assertEquals(line, "Failed: Error: broken\n    at file:///apps/a.ts:1:2");
});

Deno.test("logFormatter() escapes control characters of values", () => {
  const value = "x\n2026-01-02 03:04:05,067 Fine\x1b[31m\u202e\u2028\x85 \t\u00e9\ud83d\ude00";
  const line = logFormatter("%(message)s")({ ...RECORD, message: ["Ignored\n", value, ""] });
  assertEquals(
    line,
    "Ignored\nx\\u000a2026-01-02 03:04:05,067 Fine\\u001b[31m\\u202e\\u2028\\u0085 \t\u00e9\ud83d\ude00",
  );
});

Deno.test("logFormatter() writes a JSON object with the properties as fields", () => {
  const { error, time, process, ...line } = JSON.parse(
    logFormatter("json")({ ...RECORD, properties: { ...RECORD.properties, error: new Error("x") } }),
  );
  assertMatch(error, /^Error: x\n/);
  assertEquals(time, "2026-01-02T03:04:05.067Z");
  assertEquals(process, Deno.pid);
  assertEquals(line, {
    level: "warning",
    logger: "bokeh.server",
    message: "Refused 404 for /x",
    status: 404,
    path: "/x",
  });
});

Deno.test("logFormatter() writes messages of causes into JSON, and text for values that JSON cannot represent", () => {
  const error = new Error("Cannot fill document", { cause: new TypeError("x is undefined") });
  const loop: { self?: unknown } = {};
  loop.self = loop;
  const properties = { error, loop, big: 2n ** 64n, nested: { error } };
  const line = JSON.parse(logFormatter("json")({ ...RECORD, message: ["Failed: ", error, ""], properties }));
  assertEquals(line.message, "Failed: Cannot fill document: x is undefined");
  assertMatch(line.error, /^Error: Cannot fill document\n[^]*Caused by: TypeError: x is undefined\n/);
  assertMatch(line.loop, /Circular/);
  assertEquals([line.big, line.nested.error], ["18446744073709551616", "Cannot fill document: x is undefined"]);
});
