/**
 * Finds or installs systemd, whose `systemd-analyze` checks unit files.
 *
 * @module
 */

import { ensureDebianProgram, findFile } from "./debian_program.ts";

const PATH = "/usr/bin/systemd-analyze";

/**
 * Returns the path of `systemd-analyze`. Installs systemd if it is absent; it is not started.
 *
 * @throws {Error} If the installation fails.
 */
export function ensureSystemdAnalyze(): Promise<string> {
  return ensureDebianProgram({ name: "systemd", debianPackage: "systemd", find: () => findFile(PATH) });
}
