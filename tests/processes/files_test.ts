/** Uploads that arrive at another process than the one that owns their session. */

import { assert, assertEquals } from "@std/assert";
import { pullSession } from "../../client/mod.ts";
import { ServerProcess } from "../kit/server_process.ts";

const APP = decodeURIComponent(new URL("measured.ts", import.meta.url).pathname);

Deno.test({
  name: "uploads: are forwarded to the owner of their session",
  ignore: Deno.build.os !== "linux",
}, async () => {
  await using program = await ServerProcess.serve(APP, "--port", "0", "--num-procs", "2");
  await using session = await pullSession({ url: program.url });
  const url = new URL(session.document.title, program.url);
  const answers: { bytes: number; pid: number }[] = [];
  // The system assigns each connection to one of the processes.
  for (let count = 0; count < 12; count++) {
    using client = Deno.createHttpClient({});
    const response = await fetch(url, { method: "POST", body: new Uint8Array(1_000_000), client });
    answers.push(await response.json());
  }
  assertEquals(new Set(answers.map(({ bytes }) => bytes)), new Set([1_000_000]));
  assertEquals(new Set(answers.map(({ pid }) => pid)).size, 1);
});

Deno.test({
  name: "uploads: are forwarded to the owner of their session while another process is replaced",
  ignore: Deno.build.os !== "linux",
}, async () => {
  await using server = await ServerProcess.start({ apps: [APP], args: ["--num-procs", "3"] });
  const base = `http://localhost:${server.port}/measured`;
  const children = await Deno.readTextFile(`/proc/${server.pid}/task/${server.pid}/children`);
  const first = Number(children.split(" ")[0]);
  const upload = async (url: URL) => {
    using client = Deno.createHttpClient({});
    const response = await fetch(url, { method: "POST", body: "x", client });
    const text = await response.text();
    return { status: response.status, pid: response.ok ? JSON.parse(text).pid : undefined };
  };
  for (let tries = 0; tries < 32; tries++) {
    await using session = await pullSession({ url: base });
    const url = new URL(session.document.title, base);
    if ((await upload(url)).pid === first) continue;
    // Its replacement takes longer to start than the requests.
    Deno.kill(first, "SIGKILL");
    // A connection may have been accepted by the killed process.
    const answers = await Promise.allSettled(Array.from({ length: 12 }, () => upload(url)));
    const statuses = answers.filter((answer) => answer.status === "fulfilled").map(({ value }) => value.status);
    assert(statuses.length > 0);
    assertEquals(new Set(statuses), new Set([200]));
    return;
  }
  throw new Error("All sessions belong to the first process");
});
