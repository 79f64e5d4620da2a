/** Each mode of the server needs only the permissions of Deno that docs/security.md lists. */

import { freePort } from "../../cli/processes/workers.ts";
import { assertEquals } from "@std/assert";
import { Certificates } from "../kit/certificates.ts";
import { eventually } from "../kit/eventually.ts";
import { ATTACKED_APP, ServerProcess } from "../kit/server_process.ts";

const ROOT = decodeURIComponent(new URL("../../", import.meta.url).pathname);
const HOME = Deno.env.get("HOME") ?? "/";
/** All environment variables, because the program reads every setting. */
const ENV = "--allow-env";

/** The files of the server and the application, and the settings of the user. */
const READ = `--allow-read=${ROOT},${HOME}/.bokeh`;

async function assertServes(server: ServerProcess): Promise<void> {
  await server.assertHealthy();
  for (const path of ["/app", "/app/autoload.js?bokeh-autoload-element=e", "/static/js/bokeh.min.js", "/favicon.ico"]) {
    const response = await fetch(`http://localhost:${server.port}${path}`);
    await response.body?.cancel();
    assertEquals(response.status, 200, path);
  }
}

Deno.test("Permissions: the program needs --allow-net, --allow-read and --allow-env", async () => {
  const permissions = ["--allow-net=0.0.0.0", READ, ENV];
  await using server = await ServerProcess.start({ apps: [ATTACKED_APP], permissions });
  await assertServes(server);
});

Deno.test("Permissions: a log file needs --allow-write for that file only", async () => {
  const file = await Deno.makeTempFile();
  const permissions = ["--allow-net=0.0.0.0", READ, ENV, `--allow-write=${file}`];
  await using server = await ServerProcess.start({ apps: [ATTACKED_APP], permissions, args: ["--log-file", file] });
  await assertServes(server);
  assertEquals((await Deno.readTextFile(file)).includes("Starting Bokeh server"), true);
  await server.stop();
  await Deno.remove(file);
});

Deno.test("Permissions: a certificate needs --allow-read for its two files, also to reload them", async () => {
  await using certificates = await Certificates.create();
  await certificates.use("one");
  const { cert, key } = certificates.files;
  const permissions = ["--allow-net=0.0.0.0", `${READ},${cert},${key}`, ENV];
  const args = ["--ssl-certfile", cert, "--ssl-keyfile", key];
  await using server = await ServerProcess.start({ apps: [ATTACKED_APP], permissions, args });
  assertEquals(await certificates.nameOf(server.port), "one");
  await certificates.use("two");
  Deno.kill(server.pid, "SIGHUP");
  await eventually(async () => await certificates.nameOf(server.port) === "two", "the certificate is the new one", 10);
});

Deno.test("Permissions: serveBokeh needs only --allow-net", async () => {
  const program = `
    import { serveBokeh } from "${new URL("../../mod.ts", import.meta.url)}";
    import app from "${new URL("../kit/attacked_apps/app.ts", import.meta.url)}";
    await using server = await serveBokeh({ "/app": app }, { port: 0, hostname: "127.0.0.1" });
    const response = await fetch(server.url + "app");
    await response.body?.cancel();
    console.log(response.status);`;
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(file, program);
  const args = ["run", "--no-prompt", "--allow-net=127.0.0.1", `--config=${ROOT}deno.json`, file];
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  assertEquals(new TextDecoder().decode(stdout).trim(), "200", new TextDecoder().decode(stderr));
  await Deno.remove(file);
});

Deno.test("Permissions: several processes need --allow-run and --allow-write, and pass on no other permissions", async () => {
  const permissions = ["--allow-net", "--allow-read", "--allow-env", "--allow-write", "--allow-run"];
  const port = String(freePort());
  await using server = await ServerProcess.start({
    apps: [ATTACKED_APP],
    permissions,
    args: ["--num-procs", "2", "--port", port],
  });
  await assertServes(server);
});

Deno.test("Permissions: a task has only those of its call, and of the program by default", async () => {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(
    file,
    `
    import { openSession } from "${new URL("../../testing/mod.ts", import.meta.url)}";
    import { readText } from "${new URL("../kit/tasks/sample_tasks.ts", import.meta.url)}";
    await using session = await openSession(() => {});
    for (const permissions of [undefined, { read: ["${ROOT}"] }, { read: ["${ROOT}", "${file}"] }, { net: true }]) {
      const result = await session.serverDoc.task(readText, "${file}", { permissions }).then(
        () => "read",
        ({ name, message }) => \`\${name}: \${message}\`,
      );
      console.log(result);
    }`,
  );
  const args = ["run", "-A", "--no-check", "--unstable-worker-options", `--config=${ROOT}deno.json`, file];
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  const refused = (path: string) => `Requires read access to "${path}", run again with the --allow-read flag`;
  const results = new TextDecoder().decode(stdout).trimEnd().replace(/ts \(\d+\)/, "ts").split("\n");
  assertEquals(results, [
    "read",
    `NotCapable: ${refused(file)}`,
    "read",
    // what the call does not name is denied, and the module of the task has to be read
    `TaskError: Cannot load sample_tasks.ts: ${refused(`${ROOT}tests/kit/tasks/sample_tasks.ts`)}`,
  ], new TextDecoder().decode(stderr));
  await Deno.remove(file);
});
