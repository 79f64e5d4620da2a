/**
 * The proxy for the test of a deployment.
 *
 * @module
 */

import { installDebianPackages } from "./process.ts";

const PLACES = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"];

/** The path of nginx, installed with Debian's package where the machine has none. */
export async function ensureNginx(): Promise<string> {
  const found = await findNginx();
  if (found !== undefined) return found;
  console.error("No nginx was found: installing Debian's");
  await installDebianPackages("nginx-light");
  const installed = await findNginx();
  if (installed === undefined) throw new Error("Cannot find nginx: its package did not bring it");
  return installed;
}

async function findNginx(): Promise<string | undefined> {
  for (const path of PLACES) {
    if (await Deno.stat(path).then(() => true, () => false)) return path;
  }
  return undefined;
}
