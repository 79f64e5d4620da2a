/**
 * Publishes the package to JSR, from a copy whose `@std` dependencies come from JSR. Arguments go
 * to `deno publish`:
 *
 * ```sh
 * deno task publish --dry-run
 * ```
 *
 * @module
 */

import { copyPackage } from "./package_copy.ts";

const folder = await Deno.makeTempDir();
await copyPackage(folder);
const { code } = await new Deno.Command(Deno.execPath(), {
  args: ["publish", "--allow-dirty", ...Deno.args],
  cwd: folder,
}).spawn().status;
await Deno.remove(folder, { recursive: true });
Deno.exitCode = code;
