import { assertEquals } from "@std/assert";
import { configure, type LogLevel, reset } from "@logtape/logtape";
import { userName } from "../../session/observability/session_log.ts";
import { logAccess, publicPath } from "./access_log.ts";

const ACCESS = { method: "GET", start: 0, application: undefined, user: undefined, address: undefined };

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
    logAccess({ ...ACCESS, path: "/fine", status: 200 });
    logAccess({ ...ACCESS, path: "/missing", status: 404 });
  } finally {
    await reset();
  }
  return lines;
}

Deno.test("logAccess logs refusals as warnings, and other requests at debug level", async () => {
  assertEquals(await linesAt("info"), ["warning /missing 404"]);
  assertEquals(await linesAt("debug"), ["debug /fine 200", "warning /missing 404"]);
  assertEquals(await linesAt("error"), []);
});

Deno.test("publicPath hides the ids of uploads and downloads, and nothing else", () => {
  const id = `${"k".repeat(22)}.0.${"S".repeat(22)}`;
  assertEquals(publicPath(`/a/files/${id}`), "/a/files/…");
  assertEquals(publicPath(`/a/files/${id}/`), "/a/files/…/");
  assertEquals(publicPath("/a/files/report"), "/a/files/report");
});

Deno.test("userName returns the usual properties of users that hold a name, and of no others", () => {
  assertEquals(userName("ada"), "ada");
  assertEquals(userName({ name: "ada", id: 7 }), "ada");
  assertEquals(userName({ sub: "abc", password: "x" }), "abc");
  assertEquals(userName({ password: "x" }), undefined);
  assertEquals(userName(true), undefined);
});
