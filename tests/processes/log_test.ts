/** Logs of the program: lines of JSON with fields, and log files that are rotated. */

import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { ClientError, pullSession } from "../../client/mod.ts";
import { example, runProgram, ServerProcess } from "../kit/server_process.ts";
import { eventually } from "../kit/eventually.ts";
import { createProject } from "../kit/project_folder.ts";

const FAILING = `import type { Document } from "@bokeh/server";
export default (_doc: Document) => {
  const settings: { theme?: { name: string } } = {};
  console.error(settings.theme!.name);
};
`;

type Line = Record<string, unknown> & { message: string };

async function linesOf(file: string): Promise<Line[]> {
  return (await Deno.readTextFile(file)).trim().split("\n").map((line) => JSON.parse(line));
}

for (const processes of ["1", "2"]) {
  Deno.test({
    name: `SIGHUP: ${processes} processes reopen the log file and continue`,
    ignore: Deno.build.os === "windows",
  }, async () => {
    const folder = await Deno.makeTempDir();
    const log = join(folder, "server.log");
    const args = [example("sliders"), "--port", "0", "--num-procs", processes, "--log-file", log];
    await using program = await ServerProcess.serve(...args);
    await using session = await pullSession({ url: program.url, reconnect: false });
    await Deno.rename(log, `${log}.1`);
    program.signal("SIGHUP");
    await eventually(() => Deno.stat(log).then(() => true, () => false));
    const asked = async () => {
      // The system assigns each connection to one of the processes.
      using client = Deno.createHttpClient({});
      await (await fetch(new URL("/nowhere", program.url), { client })).body?.cancel();
    };
    await eventually(async () => {
      await asked();
      return (await Deno.readTextFile(log)).split("/nowhere").length > 20;
    });
    assertEquals((await Deno.readTextFile(`${log}.1`)).includes("Starting Bokeh server"), true);
    const old = (await Deno.stat(`${log}.1`)).size;
    await asked();
    assertEquals((await Deno.stat(`${log}.1`)).size, old);
    await session.forceRoundtrip();
    assertEquals(await program.stop(), 0);
    assertStringIncludes(await Deno.readTextFile(log), "shutting down");
    await Deno.remove(folder, { recursive: true });
  });
}

Deno.test({
  name: "SIGHUP: without a log file and a certificate it changes nothing",
  ignore: Deno.build.os === "windows",
}, async () => {
  await using program = await ServerProcess.serve(example("sliders"), "--port", "0", "--num-procs", "2");
  await using session = await pullSession({ url: program.url, reconnect: false });
  for (let count = 0; count < 3; count++) program.signal("SIGHUP");
  for (const pid of await program.childPids()) Deno.kill(pid, "SIGHUP");
  await session.forceRoundtrip();
  assertEquals((await program.childPids()).length, 2);
  assertEquals(await program.stop(), 0);
});

Deno.test("JSON log: contains causes, users, addresses, applications and processes, and no secrets", async () => {
  const folder = await createProject({ "failing.ts": FAILING });
  const log = join(folder, "server.log");
  const auth = join(folder, "auth.ts");
  await Deno.writeTextFile(
    auth,
    'export const loginUrl = "/login";\nexport const getUser = () => ({ name: "ada" });\n',
  );
  const args = [
    "--port",
    "0",
    "--log-format",
    "json",
    "--log-file",
    log,
    "--log-level",
    "debug",
    "--auth-module",
    auth,
  ];
  const config = ["run", "-A", "--config", join(folder, "deno.json"), "jsr:@bokeh/server", "serve"];
  await using program = await ServerProcess.run([...config, join(folder, "failing.ts"), ...args], { cwd: folder });
  const id = "a-session-of-a-user";
  const file = `${"k".repeat(22)}.0.${"S".repeat(22)}`;
  for (const path of [`?bokeh-session-id=${id}`, `/files/${file}`, "/ws"]) {
    await (await fetch(program.url + path)).body?.cancel();
  }
  assertEquals(await program.stop(), 0);

  const lines = await linesOf(log);
  const failure = lines.find(({ message }) => message.startsWith("A request failed"))!;
  assertStringIncludes(failure.message, "Cannot read properties of undefined (reading 'name')");
  assertStringIncludes(String(failure["error"]), "failing.ts:4:");
  for (const line of lines) assert(typeof line["process"] === "number", line.message);
  const access = lines.find(({ message }) => message.startsWith("GET /failing 500"))!;
  assertEquals([access["application"], access["user"], access["address"]], ["/failing", "ada", "127.0.0.1"]);
  const text = await Deno.readTextFile(log);
  for (const secret of [id, file]) assert(!text.includes(secret), secret);
  await Deno.remove(folder, { recursive: true });
});

const REFUSING = `import type { ClientChange, Document } from "@bokeh/server";
import { Slider } from "@bokeh/server/models";
export default (doc: Document) => {
  const slider = new Slider({ start: 0, end: 9, value: 1 });
  slider.on_change("value", () => { throw new Error("Out of cheese"); });
  doc.add_root(slider);
};
export const acceptPatch = ({ kind }: ClientChange) => kind !== "TitleChanged";
`;

for (const processes of ["1", "2"]) {
  Deno.test(`JSON log: lines of sessions have the fields application, user and address (${processes} processes)`, async () => {
    const folder = await createProject({ "refusing.ts": REFUSING });
    const log = join(folder, "server.log");
    const auth = join(folder, "auth.ts");
    await Deno.writeTextFile(
      auth,
      'export const loginUrl = "/login";\nexport const getUser = () => ({ name: "ada" });\n',
    );
    const flags = ["--port", "0", "--num-procs", processes, "--log-format", "json", "--log-file", log];
    const config = ["run", "-A", "--config", join(folder, "deno.json"), "jsr:@bokeh/server", "serve"];
    const args = [...config, join(folder, "refusing.ts"), ...flags, "--auth-module", auth];
    await using program = await ServerProcess.run(args, { cwd: folder });
    await using session = await pullSession({ url: program.url });
    session.document.roots[0]!.set("value", 5);
    await assertRejects(() => session.forceRoundtrip(), ClientError);
    session.document.title = "refused";
    await assertRejects(() => session.forceRoundtrip(), ClientError);
    const texts = ["A callback failed (reference ", "Refused a change by a client: "];
    const found = async () => {
      const lines = await linesOf(log);
      return texts.map((text) => lines.find(({ message }) => message.startsWith(text)));
    };
    await eventually(async () => (await found()).every((line) => line !== undefined));
    for (const line of await found()) {
      assertEquals([line!["application"], line!["user"], line!["address"]], ["/refusing", "ada", "127.0.0.1"]);
    }
    assertEquals(await program.stop(), 0);
    assert(!(await Deno.readTextFile(log)).includes(session.id));
    await Deno.remove(folder, { recursive: true });
  });
}

Deno.test("--log-format json: all output of the program is JSON", async () => {
  await using program = await ServerProcess.serve(
    example("sliders"),
    "--port",
    "0",
    "--log-format",
    "json",
    "--num-procs",
    "2",
  );
  const line = JSON.parse(program.printed);
  assertEquals([line.level, line.urls], ["info", program.urls]);
  assertStringIncludes(line.message, "running at");

  const failures = {
    "does not exist": ["nowhere.ts"],
    "its default export is not a function": ["tests/fixtures/applications/no_function.ts"],
    "is already in use": [example("sliders"), "--port", String(program.port)],
    "a process exited before it listened": [
      example("sliders"),
      "--port",
      String(program.port),
      "--num-procs",
      "2",
      "--unix-socket",
      "x",
    ],
    "Unknown option": ["--nope"],
  };
  for (const [text, args] of Object.entries(failures)) {
    const { code, stdout, stderr } = await runProgram("serve", ...args, "--log-format", "json");
    assert(code > 0);
    const lines = (stdout + stderr).trim().split("\n").map((line) => JSON.parse(line));
    assert(lines.some(({ message, level }) => level === "critical" && message.includes(text)), stderr);
  }
});
