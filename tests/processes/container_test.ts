/** The commands of docs/deploying/Containerfile, run as the container does: in the folder of an application and with the same permissions. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { dirname } from "@std/path";
import { freePort } from "../../cli/processes/workers.ts";
import { firstLine } from "../kit/first_line.ts";
import { rawRequest } from "../kit/raw_socket.ts";
import { createProject } from "../kit/project_folder.ts";

const CONTAINERFILE = await Deno.readTextFile(new URL("../../docs/deploying/Containerfile", import.meta.url));
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
    env: { BOKEH_SECRET_KEY: "a key of this test that is long enough", DENO_NO_PROMPT: "1", TMPDIR: "/tmp" },
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
