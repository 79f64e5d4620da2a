/** A task as the default export of its module. */

import type { TaskContext } from "@bokeh/server/tasks";

export default function ({ base, exponent }: { base: number; exponent: number }, context: TaskContext<string>): number {
  context.progress("half");
  return base ** exponent;
}
