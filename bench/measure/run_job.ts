/** Runs the load client on its core. */

import type { Job, Measurement } from "../client/job.ts";
import { pinned } from "./placement.ts";

const CLIENT = decodeURIComponent(new URL("../client/main.ts", import.meta.url).pathname);
const CONFIG = decodeURIComponent(new URL("../../deno.json", import.meta.url).pathname);

/** Gives a job to a load client of its own process, and waits for what it found. */
export async function runJob(job: Job, core: number): Promise<Measurement> {
  return JSON.parse(await runOn(core, [Deno.execPath(), "run", "-A", "--config", CONFIG, CLIENT], JSON.stringify(job)));
}

/** What a command on a core prints, once it has ended well. */
export async function runOn(core: number, command: string[], input = ""): Promise<string> {
  const [program, ...args] = pinned(core, command);
  const child = new Deno.Command(program!, { args, stdin: "piped", stdout: "piped", stderr: "piped" }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  if (!success) throw new Error(`Cannot measure: ${new TextDecoder().decode(stderr).trim().slice(-2000)}`);
  return new TextDecoder().decode(stdout);
}
