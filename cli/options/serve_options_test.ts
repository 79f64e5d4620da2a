import { assertEquals } from "@std/assert";
import { resolveOptions } from "../../server/options/resolve_options.ts";
import { SERVE_OPTIONS } from "./serve_options.ts";

Deno.test("SERVE_OPTIONS contains every option of bokeh serve", async () => {
  const recorded = JSON.parse(await Deno.readTextFile(new URL("../../tests/fixtures/cli.json", import.meta.url)));
  const help: string = recorded.find(({ args }: { args: string[] }) => args.join(" ") === "serve --help").stdout;
  const theirs = [...new Set(help.match(/^ {2}--[a-z-]+/gm))].map((flag) => flag.trim()).sort();
  const ours = new Set<string>(Object.values(SERVE_OPTIONS).map((option) => option.flag));
  assertEquals(theirs.filter((flag) => !ours.has(flag)), []);
});

Deno.test("SERVE_OPTIONS states the defaults of the server", () => {
  const { limits, ...defaults } = resolveOptions({});
  const expected: Partial<Record<keyof typeof SERVE_OPTIONS, number>> = {
    keepAlive: defaults.keepAliveMilliseconds,
    checkUnusedSessions: defaults.checkUnusedSessionsMilliseconds,
    unusedSessionLifetime: defaults.unusedSessionLifetimeMilliseconds,
    statsLogFrequency: defaults.statsLogFrequencyMilliseconds,
    memLogFrequency: defaults.memLogFrequencyMilliseconds,
    sessionTokenExpiration: defaults.sessionTokenExpiration,
    drain: defaults.drainMilliseconds,
    websocketMaxMessageSize: limits.maxMessageBytes,
    maxSessions: limits.sessions,
    maxSessionsPerAddress: limits.sessionsPerAddress,
    maxSessionsPerSecond: limits.sessionsPerSecond,
    maxSocketsPerSession: limits.socketsPerSession,
    inlineArraySize: limits.inlineArrayBytes,
  };
  const stated = Object.entries(SERVE_OPTIONS)
    .map(([name, { help }]) => [name, /\(default: (\d+)\)$/.exec(help)?.[1]] as const)
    .filter(([name]) => name in expected)
    .map(([name, value]) => [name, Number(value)]);
  assertEquals(Object.fromEntries(stated), expected);
});
