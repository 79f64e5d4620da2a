import { assertEquals } from "@std/assert";
import { configure, type LogLevel, reset } from "@logtape/logtape";
import { logAccess } from "./access_log.ts";

async function linesAt(lowestLevel: LogLevel): Promise<string[]> {
  const lines: string[] = [];
  await configure({
    reset: true,
    sinks: { lines: ({ level, properties: { path, status } }) => void lines.push(`${level} ${path} ${status}`) },
    loggers: [
      { category: "bokeh", sinks: ["lines"], lowestLevel },
      { category: ["logtape", "meta"], sinks: [] },
    ],
  });
  try {
    logAccess({ method: "GET", path: "/fine", status: 200, start: 0 });
    logAccess({ method: "GET", path: "/missing", status: 404, start: 0 });
  } finally {
    await reset();
  }
  return lines;
}

Deno.test("logAccess warns of refusals, and tells of the rest where that is wanted", async () => {
  assertEquals(await linesAt("info"), ["warning /missing 404"]);
  assertEquals(await linesAt("debug"), ["debug /fine 200", "warning /missing 404"]);
  assertEquals(await linesAt("error"), []);
});
