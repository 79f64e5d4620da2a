/**
 * Finds or installs HAProxy for the tests of load balancers.
 *
 * @module
 */

import { exists } from "./cache_folder.ts";
import { installDebianPackages } from "./process.ts";

const HAPROXY = "/usr/sbin/haproxy";

/**
 * Returns the path of Debian's HAProxy. Installs it if it is absent.
 *
 * @throws {Error} if the installation fails
 */
export async function ensureHaproxy(): Promise<string> {
  if (await exists(HAPROXY)) return HAPROXY;
  console.error("Installing Debian's haproxy: it was not found");
  await installDebianPackages("haproxy");
  if (!await exists(HAPROXY)) throw new Error(`Cannot find HAProxy: Debian's package does not contain ${HAPROXY}`);
  return HAPROXY;
}
