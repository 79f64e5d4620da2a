/** Every line of the table, in its order. */

import type { Line } from "../line.ts";
import { browserLines } from "./browser.ts";
import { changeLines } from "./changes.ts";
import { inProcessLines } from "./in_process.ts";
import { pageLines } from "./pages.ts";
import { sessionLines } from "./sessions.ts";

/** Lines over the wire, in the browser, and inside of one process. */
export const allLines: readonly Line[] = [
  ...pageLines,
  ...sessionLines,
  ...changeLines,
  ...browserLines,
  ...inProcessLines,
];
