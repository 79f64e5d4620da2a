/**
 * The command `secret`.
 *
 * @module
 */

import { randomText } from "../../session/credentials/session_id.ts";
import type { Command } from "../command.ts";
import { printLine } from "../print.ts";

/** Generates a key for `BOKEH_SECRET_KEY` and prints it. */
export const secretCommand: Command = {
  name: "secret",
  summary: "Generate a key that signs sessions, for BOKEH_SECRET_KEY",
  options: {},
  run() {
    printLine(randomText());
    return 0;
  },
};
