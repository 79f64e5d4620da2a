/**
 * Finds or installs the programs that a deployment uses, for its tests.
 *
 * @module
 */

import { ensureDebianProgram, findFile } from "./debian_program.ts";

/**
 * Returns the path of nginx. Installs Debian's package if none is found.
 *
 * @throws {Error} If none is found after the installation.
 */
export function ensureNginx(): Promise<string> {
  return ensure("nginx", "nginx-light", "/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx");
}

/** Returns the path of Debian's HAProxy: see {@linkcode ensureNginx}. */
export function ensureHaproxy(): Promise<string> {
  return ensure("HAProxy", "haproxy", "/usr/sbin/haproxy");
}

/** Returns the path of Debian's logrotate: see {@linkcode ensureNginx}. */
export function ensureLogrotate(): Promise<string> {
  return ensure("logrotate", "logrotate", "/usr/sbin/logrotate");
}

/** Returns the path of `systemd-analyze`, which checks unit files: see {@linkcode ensureNginx}. Does not start systemd. */
export function ensureSystemdAnalyze(): Promise<string> {
  return ensure("systemd", "systemd", "/usr/bin/systemd-analyze");
}

function ensure(name: string, debianPackage: string, ...paths: readonly string[]): Promise<string> {
  return ensureDebianProgram({ name, debianPackage, find: () => findFile(...paths) });
}
