import { assert, assertEquals, assertFalse, assertStrictEquals, equal } from "@std/assert";
import { PROTOCOL_ERRORS, ProtocolError } from "./error.ts";

Deno.test("PROTOCOL_ERRORS contains only legal close codes and reasons of at most 123 bytes", () => {
  const legal = new Set([1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 1013]);
  for (const [code, { wsClose, httpStatus, publicText }] of Object.entries(PROTOCOL_ERRORS)) {
    assert(wsClose === null || legal.has(wsClose) || (wsClose >= 4000 && wsClose < 5000), code);
    assert(httpStatus >= 400 && httpStatus < 600, code);
    assert(new TextEncoder().encode(publicText).length <= 123, code);
  }
});

Deno.test("PROTOCOL_ERRORS agrees with the table in PROTOCOL.md", () => {
  const page = Deno.readTextFileSync(new URL("../PROTOCOL.md", import.meta.url));
  const rows = page.split("\n").map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
  for (const [code, { wsClose, httpStatus, publicText }] of Object.entries(PROTOCOL_ERRORS)) {
    const cells = [`\`${code}\``, String(wsClose ?? "–"), String(httpStatus), publicText];
    assert(rows.some((row) => equal(row, cells)), `PROTOCOL.md does not have the row: ${cells.join(" | ")}`);
  }
});

Deno.test("ProtocolError.from does not reveal the cause in the public text", () => {
  const cause = new Error("Secret path");
  const error = ProtocolError.from(cause);
  assertEquals(error.code, "internal");
  assertStrictEquals(error.cause, cause);
  assertFalse(error.answer.publicText.includes("Secret"));
  assertStrictEquals(ProtocolError.from(error), error);
});
