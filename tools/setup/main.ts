/**
 * Installs the programs that the tests need: Python with Bokeh, Chromium, nginx, HAProxy, Redis, Valkey, PostgreSQL,
 * logrotate, systemd, and a Deno whose `deno compile` works. Prints the path of each. Programs that are installed already are kept.
 *
 * @module
 */

import { ensureChromium } from "./chromium.ts";
import { ensureCompiler } from "./compiler.ts";
import { ensurePostgresql } from "./postgresql.ts";
import { ensurePython } from "./python.ts";
import { ensureRedis, ensureValkey } from "./redis.ts";
import { ensureHaproxy, ensureLogrotate, ensureNginx, ensureSystemdAnalyze } from "./servers.ts";

/** The programs, each with a function that finds or installs it and returns its path. */
export const PROGRAMS: readonly (readonly [name: string, ensure: () => Promise<string>])[] = [
  ["Python", ensurePython],
  ["Chromium", ensureChromium],
  ["nginx", ensureNginx],
  ["HAProxy", ensureHaproxy],
  ["Redis", ensureRedis],
  ["Valkey", ensureValkey],
  ["PostgreSQL", ensurePostgresql],
  ["logrotate", ensureLogrotate],
  ["systemd", ensureSystemdAnalyze],
  ["deno compile", async () => (await ensureCompiler()).deno],
];

if (import.meta.main) {
  for (const [name, ensure] of PROGRAMS) console.log(`${name}: ${await ensure()}`);
}
