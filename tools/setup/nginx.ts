/**
 * Finds or installs nginx for the deployment test.
 *
 * @module
 */

import { installDebianPackages } from "./process.ts";

const PATHS = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"];

/**
 * Returns the path of nginx. Installs Debian's package if none is found.
 *
 * @throws {Error} if none is found after the installation
 */
export async function ensureNginx(): Promise<string> {
  const found = await findNginx();
  if (found !== undefined) return found;
  console.error("Installing Debian's nginx-light: no nginx was found");
  await installDebianPackages("nginx-light");
  const installed = await findNginx();
  if (installed === undefined) throw new Error("Cannot find nginx: Debian's package does not contain it");
  return installed;
}

async function findNginx(): Promise<string | undefined> {
  for (const path of PATHS) {
    if (await Deno.stat(path).then(() => true, () => false)) return path;
  }
  return undefined;
}
