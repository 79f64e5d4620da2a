/**
 * Installs what the tests need beyond Deno: a Python with the real Bokeh, and a Chromium. Quick when they are there.
 *
 * @module
 */

import { ensureChromium } from "./chromium.ts";
import { ensureNginx } from "./nginx.ts";
import { ensurePython } from "./python.ts";

if (import.meta.main) {
  console.log(`Python: ${await ensurePython()}`);
  console.log(`Chromium: ${await ensureChromium()}`);
  console.log(`nginx: ${await ensureNginx()}`);
}
