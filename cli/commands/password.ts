/**
 * The command `password`.
 *
 * @module
 */

import { TextLineStream } from "@std/streams/text-line-stream";
import type { Command } from "../command.ts";
import { CommandError } from "../exit.ts";
import { importOptional } from "../optional_module.ts";
import { printLine } from "../print.ts";

/** Reads a password from the standard input and prints its hash, for the file of `--basic-auth`. */
export const passwordCommand: Command = {
  name: "password",
  summary: "Read a password and print its hash, for the file of --basic-auth",
  options: {},
  async run() {
    const { hashPassword } = await importOptional<typeof import("../../auth/mod.ts")>("auth", "the command password");
    const password = await readPassword();
    if (password === "") throw new CommandError("Cannot hash the password: it is empty");
    printLine(await hashPassword(password));
    return 0;
  },
};

/** Returns the first line of the standard input. A terminal does not show what the user types. */
async function readPassword(): Promise<string> {
  if (Deno.stdin.isTerminal()) return await readHidden();
  const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream()).pipeThrough(new TextLineStream());
  const { value = "" } = await lines.getReader().read();
  return String(value);
}

async function readHidden(): Promise<string> {
  await Deno.stderr.write(new TextEncoder().encode("Password: "));
  Deno.stdin.setRaw(true, { cbreak: true });
  try {
    const decoder = new TextDecoder();
    let password = "";
    for (;;) {
      const bytes = new Uint8Array(256);
      const length = await Deno.stdin.read(bytes);
      if (length === null) return password;
      for (const character of decoder.decode(bytes.subarray(0, length), { stream: true })) {
        if (character === "\r" || character === "\n") return password;
        if (character === "\x7f" || character === "\b") password = password.slice(0, -1);
        else password += character;
      }
    }
  } finally {
    Deno.stdin.setRaw(false);
    await Deno.stderr.write(new TextEncoder().encode("\n"));
  }
}
