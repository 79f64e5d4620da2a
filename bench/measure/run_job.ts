/** Runs the load client and other commands. */

import type { Job, Measurement } from "../client/job.ts";
import { DENO } from "../servers/commands.ts";
import { pinned } from "./placement.ts";

const CLIENT = decodeURIComponent(new URL("../client/main.ts", import.meta.url).pathname);

/** Runs a job in a new load client process on a core, and returns its measurement. */
export async function runJob(job: Job, core: number): Promise<Measurement> {
  return JSON.parse(await runOn(core, [...DENO, CLIENT], JSON.stringify(job)));
}

/** Runs a command on one core. Returns its output. */
export async function runOn(core: number, command: string[], input = ""): Promise<string> {
  return await run(pinned(core, command), input);
}

/** Working directory and environment of a command. */
export type Where = Pick<Deno.CommandOptions, "cwd" | "env">;

/**
 * Runs a command on all cores. Returns its output.
 *
 * @throws {Error} If the command fails.
 */
export async function run(command: string[], input = "", where: Where = {}): Promise<string> {
  const [program, ...args] = command;
  const options = { ...where, args, stdin: "piped", stdout: "piped", stderr: "piped" } as const;
  const child = new Deno.Command(program!, options).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  if (!success) throw new Error(`Cannot measure: ${new TextDecoder().decode(stderr).trim().slice(-2000)}`);
  return new TextDecoder().decode(stdout);
}
