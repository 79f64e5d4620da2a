import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../exit.ts";
import type { OptionTable } from "./option.ts";
import { parseOptions } from "./parse_options.ts";

const TABLE = {
  args: { flag: "--args", kind: "rest", help: "" },
  dev: { flag: "--dev", kind: "any", help: "" },
  headers: { flag: "--headers", kind: "some", help: "" },
  mode: { flag: "--mode", kind: "choice", choices: ["one", "two"], help: "" },
  origin: { flag: "--origin", kind: "append", help: "" },
  output: { flag: "--output", short: "-o", kind: "text", help: "" },
  port: { flag: "--port", kind: "integer", help: "" },
  show: { flag: "--show", kind: "flag", help: "" },
} as const satisfies OptionTable;

function parse(line: string) {
  const { values, operands } = parseOptions(TABLE, line.split(" ").filter(Boolean));
  return { ...values, operands };
}

Deno.test("parseOptions() accepts options and operands in any order", () => {
  assertEquals(parse("a.ts --port 5006 b.ts --show"), { port: 5006, show: true, operands: ["a.ts", "b.ts"] });
  assertEquals(parse("--port=5006 -o - -- --show"), { port: 5006, output: "-", operands: ["--show"] });
  assertEquals(parse(""), { operands: [] });
});

Deno.test("parseOptions() collects several values up to the next option", () => {
  assertEquals(parse("a.ts --headers X-One X-Two --show"), {
    headers: ["X-One", "X-Two"],
    show: true,
    operands: ["a.ts"],
  });
  assertEquals(parse("a.ts --dev"), { dev: [], operands: ["a.ts"] });
  assertEquals(parse("--origin a --origin=b:80"), { origin: ["a", "b:80"], operands: [] });
});

Deno.test("parseOptions() passes all arguments after a rest option through", () => {
  assertEquals(parse("a.ts --args one --port -3 --"), { args: ["one", "--port", "-3", "--"], operands: ["a.ts"] });
});

Deno.test("parseOptions() accepts unambiguous abbreviations", () => {
  assertEquals(parse("--po 1 --he=X-One --s"), { port: 1, headers: ["X-One"], show: true, operands: [] });
});

Deno.test("parseOptions() accepts a negative number as a value", () => {
  assertEquals(parse("--port -1"), { port: -1, operands: [] });
});

for (
  const [line, text] of [
    ["--nothing", "Unknown option: --nothing"],
    ["-x", "Unknown option: -x"],
    ["-outpu", "Unknown option: -outpu"],
    ["--o x", "Option --o is ambiguous: it could be --origin or --output"],
    ["--portal", "Unknown option: --portal"],
    ["--port x", "Option --port must be an integer, not x"],
    ["--port", "Option --port needs a value"],
    ["--port --show", "Option --port needs a value"],
    ["--mode three", "Option --mode must be one of one, two, not three"],
    ["--show=yes", "Option --show does not accept a value"],
    ["--headers --show", "Option --headers needs at least one value"],
  ] as const
) {
  Deno.test(`parseOptions() rejects ${line}`, () => {
    assertThrows(() => parse(line), UsageError, text);
  });
}
