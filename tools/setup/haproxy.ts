/**
 * Finds or installs HAProxy for the tests of load balancers.
 *
 * @module
 */

import { ensureDebianProgram, findFile } from "./debian_program.ts";

const PATH = "/usr/sbin/haproxy";

/**
 * Returns the path of Debian's HAProxy. Installs it if it is absent.
 *
 * @throws {Error} If the installation fails.
 */
export function ensureHaproxy(): Promise<string> {
  return ensureDebianProgram({ name: "HAProxy", debianPackage: "haproxy", find: () => findFile(PATH) });
}
