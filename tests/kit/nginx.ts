/**
 * The command of nginx for tests of the documented configurations.
 *
 * @module
 */

import { ensureNginx } from "../../tools/setup/servers.ts";

/** Files that nginx writes below the folder of its configuration. */
const TEMPORARY = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];

/**
 * Writes the configuration of an nginx of one process that stays in the foreground.
 *
 * @param folder Folder for all files of nginx.
 * @param site Text of the section `http`.
 * @returns The program and its arguments.
 */
export async function nginxCommand(folder: string, site: string): Promise<string[]> {
  await Deno.writeTextFile(
    `${folder}/nginx.conf`,
    `daemon off;
master_process off;
pid ${folder}/nginx.pid;
events { worker_connections 8192; }
http {
access_log off;
${TEMPORARY.map((name) => `${name}_temp_path ${folder}/${name};`).join(" ")}
${site}
}
`,
  );
  return [await ensureNginx(), "-p", folder, "-c", `${folder}/nginx.conf`, "-e", `${folder}/error.log`];
}
