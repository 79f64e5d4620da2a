import { assertEquals } from "@std/assert";
import { SERVE_OPTIONS } from "./serve_options.ts";

Deno.test("SERVE_OPTIONS contains every option of bokeh serve", async () => {
  const recorded = JSON.parse(await Deno.readTextFile(new URL("../../tests/fixtures/cli.json", import.meta.url)));
  const help: string = recorded.find(({ args }: { args: string[] }) => args.join(" ") === "serve --help").stdout;
  const theirs = [...new Set(help.match(/^ {2}--[a-z-]+/gm))].map((flag) => flag.trim()).sort();
  const ours = new Set<string>(Object.values(SERVE_OPTIONS).map((option) => option.flag));
  assertEquals(theirs.filter((flag) => !ours.has(flag)), []);
});
