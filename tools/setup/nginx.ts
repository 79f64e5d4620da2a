/**
 * Finds or installs nginx for the tests of proxies and load balancers.
 *
 * @module
 */

import { ensureDebianProgram, findFile } from "./debian_program.ts";

const PATHS = ["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"];

/**
 * Returns the path of nginx. Installs Debian's package if none is found.
 *
 * @throws {Error} If none is found after the installation.
 */
export function ensureNginx(): Promise<string> {
  return ensureDebianProgram({ name: "nginx", debianPackage: "nginx-light", find: () => findFile(...PATHS) });
}
