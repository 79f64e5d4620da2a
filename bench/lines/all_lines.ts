/** All benchmark lines, in the order of the table. */

import type { Line } from "../line.ts";
import { browserLines } from "./browser.ts";
import { changeLines } from "./changes.ts";
import { drawingLines } from "./drawing.ts";
import { inProcessLines } from "./in_process.ts";
import { largeDataLines } from "./large_data.ts";
import { packageLines } from "./package.ts";
import { pageLines } from "./pages.ts";
import { processLines } from "./processes.ts";
import { sharedLines } from "./shared.ts";
import { storeLines } from "./stores.ts";
import { sessionLines } from "./sessions.ts";
import { takeoverLines } from "./takeovers.ts";

/** Lines over the network, in a browser, in one process, and of the package. */
export const allLines: readonly Line[] = [
  ...pageLines,
  ...sessionLines,
  ...changeLines,
  ...sharedLines,
  ...storeLines,
  ...takeoverLines,
  ...processLines,
  ...browserLines,
  ...drawingLines,
  ...largeDataLines,
  ...inProcessLines,
  ...packageLines,
];
