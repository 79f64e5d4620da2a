/**
 * Starts nginx or HAProxy in front of several servers, with the configuration of the documentation.
 *
 * @module
 */

import { freePort } from "../../cli/processes/workers.ts";
import { ensureHaproxy } from "../../tools/setup/servers.ts";
import { eventually } from "./eventually.ts";
import { listens } from "./listens.ts";
import { nginxCommand } from "./nginx.ts";

/** A program that balances the load. */
export type BalancerProgram = "nginx" | "haproxy";

/** A running load balancer. It is stopped when it is disposed of. */
export interface Balancer extends AsyncDisposable {
  readonly port: number;
  /** Host and port. */
  readonly host: string;
}

/** Starts a load balancer for servers with addresses such as `127.0.0.1:5006`. */
export async function startBalancer(program: BalancerProgram, servers: readonly string[]): Promise<Balancer> {
  const folder = await Deno.makeTempDir({ prefix: "bokeh-balancer-" });
  const port = freePort("127.0.0.1");
  const [path, ...args] = await (program === "nginx" ? nginx : haproxy)(folder, port, servers);
  const child = new Deno.Command(path!, { args, stdin: "null", stderr: "null" }).spawn();
  await eventually(() => listens(port));
  return {
    port,
    host: `127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await child.status;
      await Deno.remove(folder, { recursive: true });
    },
  };
}

async function nginx(folder: string, port: number, servers: readonly string[]): Promise<string[]> {
  const site = (await documented("nginx_servers.conf"))
    .replaceAll(/ +server 10[^\n]+\n/g, "")
    .replace("least_conn;", `least_conn;\n${servers.map((server) => `server ${server} max_fails=0;`).join("\n")}`)
    .replace("listen 443 ssl;", `listen 127.0.0.1:${port};`)
    .replaceAll(/ +ssl_certificate.*\n/g, "");
  return await nginxCommand(folder, site);
}

async function haproxy(folder: string, port: number, servers: readonly string[]): Promise<string[]> {
  const text = (await documented("haproxy.cfg"))
    .replaceAll(/ +server \w+ +10[^\n]+\n/g, "")
    .replace(/bind :443 ssl crt \S+/, `bind 127.0.0.1:${port}`)
    .concat(servers.map((server, index) => `    server s${index} ${server}\n`).join(""));
  await Deno.writeTextFile(`${folder}/haproxy.cfg`, text);
  return [await ensureHaproxy(), "-db", "-q", "-f", `${folder}/haproxy.cfg`];
}

async function documented(name: string): Promise<string> {
  return await Deno.readTextFile(new URL(`../../docs/deploying/${name}`, import.meta.url));
}
