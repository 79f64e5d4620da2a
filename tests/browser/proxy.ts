/**
 * Starts nginx with the configuration of the documentation.
 *
 * @module
 */

import { eventually } from "../kit/eventually.ts";
import { listens } from "../kit/listens.ts";
import { nginxCommand } from "../kit/nginx.ts";

const CONFIGURATION = new URL("../../docs/deploying/nginx.conf", import.meta.url);

/** A running proxy. It is stopped when it is disposed of. */
export interface RunningProxy extends AsyncDisposable {
  /** URL of the prefix, with a slash at the end. */
  readonly url: string;
}

/** Starts nginx as a proxy of a server, with TLS. */
export async function startProxy(serverPort: number, port: number): Promise<RunningProxy> {
  const folder = await Deno.makeTempDir({ prefix: "bokeh-proxy-" });
  await run("openssl", [
    ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"],
    ...["-keyout", `${folder}/key.pem`, "-out", `${folder}/cert.pem`],
  ]);
  const site = (await Deno.readTextFile(CONFIGURATION))
    .replace("127.0.0.1:5006", `127.0.0.1:${serverPort}`)
    .replace("listen 443 ssl", `listen ${port} ssl`)
    .replace("apps.example.com;", "localhost;")
    .replace(/ssl_certificate +\S+;/, `ssl_certificate ${folder}/cert.pem;`)
    .replace(/ssl_certificate_key +\S+;/, `ssl_certificate_key ${folder}/key.pem;`);
  const [path, ...args] = await nginxCommand(folder, site);
  const child = new Deno.Command(path!, { args, stdin: "null" }).spawn();
  await eventually(() => listens(port));
  return {
    url: `https://localhost:${port}/apps/`,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGTERM");
      await child.status;
      await Deno.remove(folder, { recursive: true });
    },
  };
}

async function run(program: string, args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, { args, stdin: "null" }).output();
  if (!success) throw new Error(`Cannot run ${program}: ${new TextDecoder().decode(stderr)}`);
}
