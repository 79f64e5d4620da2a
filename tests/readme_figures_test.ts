/** The figures of README.md are those of docs/performance.md. */

import { assertEquals } from "@std/assert";

Deno.test("README.md says of pages what docs/performance.md measured", async () => {
  const [readme, performance] = await Promise.all(
    ["../README.md", "../docs/performance.md"].map((path) => Deno.readTextFile(new URL(path, import.meta.url))),
  );
  const [, claimed] = /makes (\d+) times as many pages/.exec(readme!) ?? [];
  const row = performance!.split("\n").find((line) => line.startsWith("| page GET (a session each), 16 connections"));
  const [, measured] = /(\d+)×/.exec(row ?? "") ?? [];
  assertEquals(claimed, measured);
});
