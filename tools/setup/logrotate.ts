/**
 * Finds or installs logrotate for the tests of the deployment.
 *
 * @module
 */

import { ensureDebianProgram, findFile } from "./debian_program.ts";

const PATH = "/usr/sbin/logrotate";

/**
 * Returns the path of Debian's logrotate. Installs it if it is absent.
 *
 * @throws {Error} If the installation fails.
 */
export function ensureLogrotate(): Promise<string> {
  return ensureDebianProgram({ name: "logrotate", debianPackage: "logrotate", find: () => findFile(PATH) });
}
