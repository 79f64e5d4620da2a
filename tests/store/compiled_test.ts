/** The compiled command line program with the session stores that the guide includes. */

import { assert, assertEquals } from "@std/assert";
import { ensureCompiler } from "../../tools/setup/compiler.ts";
import { tokenOf } from "../../handlers/handler_test_support.ts";
import { eventually } from "../kit/eventually.ts";
import { idOf } from "../kit/messages.ts";
import { RedisServer } from "../kit/redis_server.ts";
import { ServerProcess } from "../kit/server_process.ts";
import { WireClient } from "../kit/wire_client.ts";

const ROOT = decodeURIComponent(new URL("../../", import.meta.url).pathname);

/** Compiles the command line program with the options of the guide, in which files of this checkout replace JSR. */
async function compile(program: string): Promise<void> {
  const guide = await Deno.readTextFile(`${ROOT}docs/compiling.md`);
  const [, given] = /^deno compile (-A --include .*) --output bokeh/m.exec(guide)!;
  const options = given!.replaceAll(/jsr:@bokeh\/server(\/store\/\w+)/g, `${ROOT}$1/mod.ts`);
  const { deno, args, env } = await ensureCompiler();
  const { success, stderr } = await new Deno.Command(deno, {
    args: ["compile", "--quiet", "--no-check", "--config", `${ROOT}deno.json`, ...args, ...options.split(" ")]
      .concat("--output", program, `${ROOT}mod.ts`),
    env,
    stdin: "null",
  }).output();
  assert(success, new TextDecoder().decode(stderr));
}

/** Changes the slider of a session, kills the server, and reads the slider of the session in another server. */
async function valueAfterKill(start: () => Promise<ServerProcess>): Promise<string> {
  const first = await start();
  const token = tokenOf(await (await fetch(first.url)).text());
  const connect = ({ port }: ServerProcess) => WireClient.connect(port, "", { path: "/slider/ws", token });
  using client = await connect(first);
  const slider = idOf(await client.pull(), "slider");
  assertEquals(await client.patch({ kind: "ModelChanged", model: { id: slider }, attr: "value", new: 7 }), "OK");
  await first.kill();
  await using second = await start();
  let value: string | undefined;
  // until the lease of the first has ended, connections are refused
  await eventually(async () => {
    try {
      using again = await connect(second);
      value = /"value":\d+/.exec(JSON.stringify(await again.pull()))?.[0];
    } catch {
      return false;
    }
    return true;
  });
  return value!;
}

Deno.test("deno compile: the command serve keeps sessions in SQLite and in Redis", {
  ignore: Deno.build.os !== "linux",
}, async () => {
  const folder = await Deno.makeTempDir();
  const program = `${folder}/bokeh`;
  await compile(program);
  const slider = {
    type: "object",
    name: "Slider",
    id: "p1",
    attributes: { name: "slider", start: 0, end: 9, value: 1 },
  };
  await Deno.writeTextFile(`${folder}/slider.json`, JSON.stringify({ version: "3.10.0", title: "", roots: [slider] }));
  await using redis = await RedisServer.start("redis");
  for (const store of [`sqlite:${folder}/sessions.db`, `redis://127.0.0.1:${redis.port}`]) {
    const start = () =>
      ServerProcess.run(
        ["serve", `${folder}/slider.json`, "--port", "0", "--session-ids", "signed", "--session-store", store],
        { env: { BOKEH_SECRET_KEY: "0123456789abcdef0123456789abcdef" }, shell: `shift; exec "${program}" "$@"` },
      );
    assertEquals(await valueAfterKill(start), '"value":7');
  }
  await Deno.remove(folder, { recursive: true });
});
