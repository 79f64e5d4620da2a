/**
 * Checks that everything the package exports is documented, and that its types name only what it exports too.
 *
 * @module
 */

import config from "../deno.json" with { type: "json" };

const { code } = await new Deno.Command(Deno.execPath(), {
  args: ["doc", "--lint", "--quiet", ...Object.values(config.exports)],
  cwd: new URL("..", import.meta.url),
  stdin: "null",
}).spawn().status;
Deno.exit(code);
