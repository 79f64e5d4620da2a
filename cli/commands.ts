/**
 * The commands of the program.
 *
 * @module
 */

import type { Command } from "./command.ts";
import { checkCommand } from "./commands/check.ts";
import { buildCommand } from "./commands/build.ts";
import { classesCommand } from "./commands/classes.ts";
import { htmlCommand } from "./commands/html.ts";
import { pdfCommand, pngCommand, svgCommand } from "./commands/images.ts";
import { infoCommand } from "./commands/info.ts";
import { jsonCommand } from "./commands/json.ts";
import { loadCommand } from "./commands/load.ts";
import { passwordCommand } from "./commands/password.ts";
import { secretCommand } from "./commands/secret.ts";
import { serveCommand } from "./commands/serve.ts";
import { settingsCommand } from "./commands/settings.ts";
import { staticCommand } from "./commands/static.ts";

/** All commands. The first one is the default. */
export const COMMANDS: readonly [Command, ...Command[]] = [
  serveCommand,
  staticCommand,
  jsonCommand,
  htmlCommand,
  pngCommand,
  svgCommand,
  pdfCommand,
  secretCommand,
  passwordCommand,
  buildCommand,
  classesCommand,
  settingsCommand,
  infoCommand,
  checkCommand,
  loadCommand,
];
