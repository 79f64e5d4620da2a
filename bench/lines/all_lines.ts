/** Every line of the table, in its order. */

import type { Line } from "../line.ts";
import { browserLines } from "./browser.ts";
import { changeLines } from "./changes.ts";
import { inProcessLines } from "./in_process.ts";
import { packageLines } from "./package.ts";
import { pageLines } from "./pages.ts";
import { sessionLines } from "./sessions.ts";

/** Lines over the wire, in the browser, inside of one process, and of the package itself. */
export const allLines: readonly Line[] = [
  ...pageLines,
  ...sessionLines,
  ...changeLines,
  ...browserLines,
  ...inProcessLines,
  ...packageLines,
];
