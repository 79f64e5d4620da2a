/** The commands of docs/deploying/Containerfile, run as the container does: in the folder of an application and with the same permissions. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { dirname } from "@std/path";
import { parse } from "@std/yaml";
import { freePort } from "../../cli/processes/workers.ts";
import { pullSession } from "../../client/mod.ts";
import { Div } from "../../models/mod.ts";
import { generateSessionId } from "../../session/credentials/session_id.ts";
import { generateToken } from "../../session/credentials/token.ts";
import { firstLine } from "../kit/first_line.ts";
import { rawRequest } from "../kit/raw_socket.ts";
import { RedisServer } from "../kit/redis_server.ts";
import { createProject } from "../kit/project_folder.ts";

const CONTAINERFILE = await Deno.readTextFile(new URL("../../docs/deploying/Containerfile", import.meta.url));
const SECRET = "a key of this test that is long enough";
const APP = `import type { Document } from "@bokeh/server";
import { Div } from "@bokeh/server/models";
export default (doc: Document) => doc.add_root(new Div({ text: "in a container" }));
`;

/** Returns the command of an instruction of the file, with the path of this Deno. */
function wordsOf(instruction: string, port: number): string[] {
  const [, json] = new RegExp(`^${instruction} (\\[.*\\])$`, "m").exec(CONTAINERFILE)!;
  const words: string[] = JSON.parse(json!);
  return words.map((word) =>
    word.replace(/^(--allow-run=|)deno$/, `$1${Deno.execPath()}`).replace(":5006/", `:${port}/`)
  );
}

/** Starts the container's program, optionally without one of its arguments. */
function start(folder: string, port: number, change: { without?: string; more?: string[] } = {}): Deno.ChildProcess {
  const [command, ...words] = [...wordsOf("ENTRYPOINT", port), ...wordsOf("CMD", port), "--port", String(port)];
  return new Deno.Command(command!, {
    args: [...words.filter((word) => word !== change.without), ...change.more ?? []],
    cwd: folder,
    env: { BOKEH_SECRET_KEY: SECRET, DENO_NO_PROMPT: "1", TMPDIR: "/tmp" },
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
}

Deno.test("Containerfile: builds in a project that links a checkout of the package", async () => {
  const folder = await createProject({ "app.ts": APP });
  const [, command] = /^RUN (.*)$/m.exec(CONTAINERFILE)!;
  const PATH = `${dirname(Deno.execPath())}:${Deno.env.get("PATH")}`;
  const shell = new Deno.Command("sh", { args: ["-c", command!], cwd: folder, env: { PATH }, stdin: "null" });
  const { code, stderr } = await shell.output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  await Deno.remove(folder, { recursive: true });
});

Deno.test("Containerfile: the container serves, is healthy also with --allowed-host, and exits with 0", async () => {
  const folder = await createProject({ "app.ts": APP });
  const port = freePort();
  await using child = start(folder, port, { more: ["--allowed-host", "apps.example.com"] });
  assertStringIncludes(await firstLine(child.stdout), `:${port}/app`);
  const get = (host: string) => rawRequest(port, `GET /app HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  assertEquals((await get(`localhost:${port}`))?.status, 421);
  assertEquals((await get("apps.example.com"))?.status, 200);
  const [command, ...args] = wordsOf("HEALTHCHECK CMD", port);
  assertEquals((await new Deno.Command(command!, { args, stdin: "null" }).output()).code, 0);
  child.kill("SIGTERM");
  assertEquals((await child.status).code, 0);
  assertEquals((await new Deno.Command(command!, { args, stdin: "null", stderr: "null" }).output()).code, 1);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("Containerfile: the program needs all its permissions", async (t) => {
  const folder = await createProject({ "app.ts": APP });
  for (const right of wordsOf("ENTRYPOINT", 0).filter((word) => word.startsWith("--allow-"))) {
    await t.step(right.replace(Deno.execPath(), "deno"), async () => {
      await using child = start(folder, freePort(), { without: right });
      assertEquals(await firstLine(child.stdout), "");
      assertEquals((await child.status).success, false);
    });
  }
  await Deno.remove(folder, { recursive: true });
});

/** The parts of docs/deploying/compose.yaml that the test uses. */
interface ComposeFile {
  readonly services: Readonly<
    Record<string, { readonly command: string[]; readonly networks: { readonly servers?: { ipv4_address: string } } }>
  >;
}

Deno.test("compose.yaml: both servers share sessions through Valkey, at the addresses of haproxy.cfg", async () => {
  const folder = new URL("../../docs/deploying/", import.meta.url);
  const compose = parse(await Deno.readTextFile(new URL("compose.yaml", folder)), { merge: true }) as ComposeFile;
  const { first, second, valkey } = compose.services;
  const addresses = [first!, second!].map(({ networks }) => `${networks.servers?.ipv4_address}:5006`);
  for (const file of ["haproxy.cfg", "nginx_servers.conf"]) {
    const text = await Deno.readTextFile(new URL(file, folder));
    assertEquals([...text.matchAll(/^ +server .*?(\d+\.\S+:\d+)/gm)].map(([, address]) => address), addresses);
  }
  assertEquals(valkey!.command.slice(-2), ["--maxmemory-policy", "noeviction"]);

  await using store = await RedisServer.start("valkey", ...valkey!.command.slice(1));
  const project = await createProject({ "app.ts": APP });
  const [entry, ...words] = wordsOf("ENTRYPOINT", 0);
  const programs = [first!, second!].map(({ command }) => {
    const options = command.map((word) => word.replace("valkey:6379", `127.0.0.1:${store.port}`));
    return new Deno.Command(entry!, {
      args: [...words, ...options, "--port", `${freePort()}`],
      cwd: project,
      env: { BOKEH_SECRET_KEY: SECRET, DENO_NO_PROMPT: "1", TMPDIR: "/tmp" },
      stdin: "null",
      stdout: "piped",
      stderr: "null",
    }).spawn();
  });
  const signing = { secretKey: SECRET, signed: true };
  const sessionId = await generateSessionId(signing);
  for (const program of programs) {
    const url = JSON.parse(await firstLine(program.stdout)).urls[0];
    await using session = await pullSession({ url, token: await generateToken(sessionId, signing) });
    assertEquals(session.document.select_one(Div).text, "in a container");
    assertEquals(session.document.title, program === programs[0] ? "Bokeh Application" : "from the first server");
    session.document.title = "from the first server";
    await session.flushed();
    program.kill("SIGTERM");
    assertEquals((await program.status).code, 0);
  }
  await Deno.remove(project, { recursive: true });
});
