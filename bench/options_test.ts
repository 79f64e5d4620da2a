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

Deno.test("parseOptions: selects all lines and servers by default", () => {
  const { rounds, servers } = parseOptions([], lines);
  assertEquals([ids([]), rounds, servers], [["quick", "slow"], 3, ["python", "nodelay", "ours", "bare"]]);
});

Deno.test("parseOptions: --smoke measures one of several similar lines on all servers", () => {
  const similar = ["patch-1", "patch-64", "pull"].map((id) => ({ ...line(id), servers: ["ours", "bare"] as const }));
  const chosen = parseOptions(["--smoke"], similar).lines.map(({ id, servers }) => [id, servers.includes("bare")]);
  assertEquals(chosen, [["patch-1", true], ["patch-64", false], ["pull", true]]);
});

Deno.test("parseOptions: --smoke leaves out long lines and unmodified Python", () => {
  const { rounds, seconds, servers } = parseOptions(["--smoke"], lines);
  assertEquals([ids(["--smoke"]), rounds, seconds, servers], [["quick"], 1, 0.4, ["nodelay", "ours", "bare"]]);
  assertEquals(ids(["--smoke", "--only", "slow"]), ["slow"]);
});

Deno.test("parseOptions: records this server by default if it is measured", () => {
  const record = (args: string[]) => parseOptions(args, lines).record;
  assertEquals([record([]), record(["--servers=bare"]), record(["--record", "python"])], ["ours", "nodelay", "python"]);
});

Deno.test("parseOptions: throws an error that lists the valid names", () => {
  assertThrows(() => ids(["--only", "fast"]), RangeError, "no line fast, only quick, slow");
  assertThrows(() => ids(["--servers=ruby"]), RangeError, "no server ruby");
  assertThrows(() => ids(["--rounds", "none"]), RangeError, "--rounds is none");
  assertThrows(() => ids(["--fast"]), TypeError, "--fast");
});
