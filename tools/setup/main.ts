/**
 * Installs what the tests need beyond Deno: a Python with the real Bokeh, a Chromium, a proxy, Redis and Valkey, and a
 * Deno that can make programs. Quick when they are there.
 *
 * @module
 */

import { ensureChromium } from "./chromium.ts";
import { ensureCompiler } from "./compiler.ts";
import { ensureNginx } from "./nginx.ts";
import { ensurePython } from "./python.ts";
import { ensureRedis, ensureValkey } from "./redis.ts";

if (import.meta.main) {
  console.log(`Python: ${await ensurePython()}`);
  console.log(`Chromium: ${await ensureChromium()}`);
  console.log(`nginx: ${await ensureNginx()}`);
  console.log(`Redis: ${await ensureRedis()}`);
  console.log(`Valkey: ${await ensureValkey()}`);
  console.log(`deno compile: ${(await ensureCompiler()).deno}`);
}
