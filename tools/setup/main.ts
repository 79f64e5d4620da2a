/**
 * Installs the programs that the tests need: Python with Bokeh, Chromium, nginx, HAProxy, Redis, Valkey, PostgreSQL, and a
 * Deno whose `deno compile` works. Prints the path of each. Programs that are installed already are kept.
 *
 * @module
 */

import { ensureChromium } from "./chromium.ts";
import { ensureCompiler } from "./compiler.ts";
import { ensureHaproxy } from "./haproxy.ts";
import { ensureNginx } from "./nginx.ts";
import { ensurePostgresql } from "./postgresql.ts";
import { ensurePython } from "./python.ts";
import { ensureRedis, ensureValkey } from "./redis.ts";

if (import.meta.main) {
  console.log(`Python: ${await ensurePython()}`);
  console.log(`Chromium: ${await ensureChromium()}`);
  console.log(`nginx: ${await ensureNginx()}`);
  console.log(`HAProxy: ${await ensureHaproxy()}`);
  console.log(`Redis: ${await ensureRedis()}`);
  console.log(`Valkey: ${await ensureValkey()}`);
  console.log(`PostgreSQL: ${await ensurePostgresql()}`);
  console.log(`deno compile: ${(await ensureCompiler()).deno}`);
}
