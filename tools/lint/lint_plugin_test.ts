import { assertEquals } from "@std/assert";
import plugin from "./lint_plugin.ts";

/** Returns the names of the rules that a source text breaks. */
function broken(source: string, filename = "session/file.ts"): string[] {
  return Deno.lint.runPlugin(plugin, filename, source).map((found) => found.id.replace("bokeh-server/", ""));
}

Deno.test("error-message requires a capital letter, and rejects a final period and contractions", () => {
  assertEquals(broken('throw new TypeError("cannot read x");'), ["error-message"]);
  assertEquals(broken('throw new TypeError("Cannot read x.");'), ["error-message"]);
  assertEquals(broken('throw new ProtocolError("Can\'t read x");'), ["error-message"]);
  assertEquals(broken("throw new RangeError(`Cannot read ${x}.`);"), ["error-message"]);
  assertEquals(broken("throw new RangeError(`Cannot read ${x}: it ends in …`);"), []);
  assertEquals(broken("throw new RangeError(`${where} is missing`);"), []);
  assertEquals(broken("throw new RangeError(text);"), []);
  assertEquals(broken('throw new Error("boom");', "session/file_test.ts"), []);
});

Deno.test("no-console applies to library code only", () => {
  assertEquals(broken("console.log(1);"), ["no-console"]);
  assertEquals(broken("console.log(1);", "cli/serve.ts"), []);
  assertEquals(broken("console.log(1);", "session/file_test.ts"), []);
});

Deno.test("no-top-level-arrow accepts arrow functions inside functions", () => {
  assertEquals(broken("const f = () => 1; export { f };"), ["no-top-level-arrow"]);
  assertEquals(broken("export const f = () => 1;"), ["no-top-level-arrow"]);
  assertEquals(broken("export const f: Handler = () => 1;"), []);
  assertEquals(broken("export function f() { const g = () => 1; return g; }"), []);
});

Deno.test("snake-case-file checks the name of the file", () => {
  assertEquals(broken("export {};", "session/fileName.ts"), ["snake-case-file"]);
  assertEquals(broken("export {};", "session/file-name.ts"), ["snake-case-file"]);
  assertEquals(broken("export {};", "session/file_name_test.ts"), []);
});

Deno.test("no-test-sleep reports timers that a test awaits", () => {
  const sleep = "await new Promise((resolve) => setTimeout(resolve, 10));";
  assertEquals(broken(sleep, "session/file_test.ts"), ["no-test-sleep"]);
  assertEquals(broken("await delay(10);", "session/file_test.ts"), ["no-test-sleep"]);
  assertEquals(broken(sleep), []);
});

Deno.test("private-fields requires #name", () => {
  assertEquals(broken("class A { private x = 1; }"), ["private-fields"]);
  assertEquals(broken("class A { constructor(private x: number) {} }"), ["private-fields"]);
  assertEquals(broken("class A { #x = 1; }"), []);
});

Deno.test("reasoned-ignore requires a reason and reports open tasks", () => {
  assertEquals(broken("// deno-lint-ignore no-explicit-any\nexport {};"), ["reasoned-ignore"]);
  assertEquals(broken("// deno-lint-ignore no-explicit-any -- the value is the author's\nexport {};"), []);
  assertEquals(broken("// @ts-expect-error\nexport {};"), ["reasoned-ignore"]);
  assertEquals(broken("// @ts-expect-error: no such option\nexport {};"), []);
  assertEquals(broken("// TO" + "DO: later\nexport {};"), ["reasoned-ignore"]);
});

Deno.test("short-function counts the lines of a function", () => {
  const body = (lines: number) => `export function f() {\n${"  g();\n".repeat(lines)}}`;
  assertEquals(broken(body(78)), []);
  assertEquals(broken(body(79)), ["short-function"]);
});
