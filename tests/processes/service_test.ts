/** The files for systemd and logrotate in docs/deploying. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { ensureLogrotate, ensureSystemdAnalyze } from "../../tools/setup/servers.ts";
import { eventually } from "../kit/eventually.ts";
import { ATTACKED_APP, ServerProcess } from "../kit/server_process.ts";

async function textOf(file: string): Promise<string> {
  return await Deno.readTextFile(new URL(`../../docs/deploying/${file}`, import.meta.url));
}

/** Runs a program. Returns its output. */
async function run(command: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await new Deno.Command(command, { args }).output();
  const output = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  assertEquals(code, 0, output);
  return output;
}

Deno.test("bokeh.service: systemd accepts the unit, and its options are those of the program", async () => {
  const folder = await Deno.makeTempDir();
  const unit = await textOf("bokeh.service");
  // the check requires that the program exists
  await Deno.writeTextFile(join(folder, "bokeh.service"), unit.replace("/usr/bin/deno", Deno.execPath()));
  assertEquals(await run(await ensureSystemdAnalyze(), "verify", "--man=no", join(folder, "bokeh.service")), "");
  const [, options] = /^ExecStart=.* serve app\.ts (.*)$/m.exec(unit)!;
  const args = options!.replaceAll(/\/var\/(?:lib|log)\/bokeh/g, folder).split(" ");
  {
    await using server = await ServerProcess.serve(
      { BOKEH_SECRET_KEY: "k".repeat(32) },
      ATTACKED_APP,
      "--port",
      "0",
      ...args,
    );
    const response = await fetch(new URL("/readyz", server.url));
    await response.body?.cancel();
    assertEquals(response.status, 200);
    assertEquals(await server.stop(), 0);
  }
  await Deno.remove(folder, { recursive: true });
});

Deno.test("bokeh.logrotate: the server goes on in a new file, and the old one is complete", async () => {
  const folder = await Deno.makeTempDir();
  const log = join(folder, "bokeh.log");
  {
    await using server = await ServerProcess.serve(ATTACKED_APP, "--port", "0", "--log-file", log);
    const answers = async (path: string) => {
      await (await fetch(new URL(path, server.url))).body?.cancel();
    };
    await answers("/before");
    await eventually(async () => (await Deno.readTextFile(log)).includes("/before"), "the request is logged");
    const config = (await textOf("bokeh.logrotate"))
      .replace("/var/log/bokeh", folder)
      .replace(/systemctl kill .*/, `kill -HUP ${server.pid}`);
    await Deno.writeTextFile(join(folder, "logrotate.conf"), config, { mode: 0o600 });
    await run(await ensureLogrotate(), "--force", "--state", join(folder, "state"), join(folder, "logrotate.conf"));
    await eventually(() => Deno.stat(log).then(() => true, () => false), "the server has opened a new file");
    await answers("/after");
    await eventually(async () => (await Deno.readTextFile(log)).includes("/after"), "the new file has the request");
    assertStringIncludes(await Deno.readTextFile(`${log}.1`), "/before");
  }
  await Deno.remove(folder, { recursive: true });
});
