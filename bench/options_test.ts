import { assertEquals, assertThrows } from "@std/assert";
import type { Line } from "./line.ts";
import { parseOptions } from "./options.ts";

function line(id: string, long = false): Line {
  return { id, title: id, unit: "ms", servers: [], long, measure: () => Promise.reject(new Error("unused")) };
}

const lines = [line("quick"), line("slow", true)];

function ids(args: string[]): string[] {
  return parseOptions(args, lines).lines.map(({ id }) => id);
}

Deno.test("parseOptions runs everything by default", () => {
  const { rounds, servers } = parseOptions([], lines);
  assertEquals([ids([]), rounds, servers], [["quick", "slow"], 3, ["python", "nodelay", "ours", "bare"]]);
});

Deno.test("parseOptions leaves slow lines and stock Python out of a smoke run", () => {
  const { rounds, seconds, servers } = parseOptions(["--smoke"], lines);
  assertEquals([ids(["--smoke"]), rounds, seconds, servers], [["quick"], 1, 0.4, ["nodelay", "ours", "bare"]]);
  assertEquals(ids(["--smoke", "--only", "slow"]), ["slow"]);
});

Deno.test("parseOptions records this server's bytes where it is measured, unless told otherwise", () => {
  const record = (args: string[]) => parseOptions(args, lines).record;
  assertEquals([record([]), record(["--servers=bare"]), record(["--record", "python"])], ["ours", "nodelay", "python"]);
});

Deno.test("parseOptions says which names there are", () => {
  assertThrows(() => ids(["--only", "fast"]), RangeError, "no line fast, only quick, slow");
  assertThrows(() => ids(["--servers=ruby"]), RangeError, "no server ruby");
  assertThrows(() => ids(["--rounds", "none"]), RangeError, "--rounds is none");
  assertThrows(() => ids(["--fast"]), TypeError, "--fast");
});
