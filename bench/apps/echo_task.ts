// A task that returns its input.
import { defineTask } from "@bokeh/server/tasks";

/** Returns the numbers that it receives. */
export const echo = defineTask(import.meta, (numbers: Float64Array) => numbers);
