/** Files that come to another process than that of their session. */

import { assertEquals } from "@std/assert";
import { pullSession } from "../../client/mod.ts";
import { Program } from "../program.ts";

const APP = decodeURIComponent(new URL("measured.ts", import.meta.url).pathname);

Deno.test({
  name: "files find the process of their session",
  ignore: Deno.build.os !== "linux",
}, async () => {
  await using program = await Program.serve(APP, "--port", "0", "--num-procs", "2");
  await using session = await pullSession({ url: program.url });
  const url = new URL(session.document.title, program.url);
  const answers: { bytes: number; pid: number }[] = [];
  // each connection comes to one of the processes
  for (let count = 0; count < 12; count++) {
    using client = Deno.createHttpClient({});
    const response = await fetch(url, { method: "POST", body: new Uint8Array(1_000_000), client });
    answers.push(await response.json());
  }
  assertEquals(new Set(answers.map(({ bytes }) => bytes)), new Set([1_000_000]));
  assertEquals(new Set(answers.map(({ pid }) => pid)).size, 1);
});
