/**
 * Serving anew after each change of an application's files: `--dev`.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { dirname, resolve } from "@std/path";
import { ChildProgram } from "./child_program.ts";
import { firstSignal } from "./signals.ts";

const logger = getLogger(["bokeh", "cli"]);

/** What an application is made of. */
const WATCHED = /\.(?:[cm]?[jt]sx?|html|css|ya?ml|json)$/;
const IGNORED = /[\\/](?:node_modules|\.git)[\\/]/;
/** Editors write a file in several steps: all of them are one change. */
const QUIET_MILLISECONDS = 100;

/**
 * Runs the program in a process below this one, and starts that anew after each change, until a signal ends both.
 *
 * @param application the application's file or folder
 * @param files more files to watch
 * @param args the words of the command line that the process is started with
 */
export async function runDevelopment(
  application: string,
  files: readonly string[],
  args: readonly string[],
): Promise<number> {
  const watched = [folderOf(application), ...files.map((file) => resolve(file))];
  const also = new Set(files.map((file) => resolve(file)));
  using watcher = Deno.watchFs(watched);
  const signal = firstSignal().then(() => watcher.close());
  let child = ChildProgram.start(args, { stdout: "inherit" });
  for await (const paths of changes(watcher, (path) => also.has(path) || isWatched(path))) {
    logger.info("{path} has changed: starting anew", { path: paths[0] });
    await child.end();
    child = ChildProgram.start(args, { stdout: "inherit" });
  }
  await signal;
  await child.end();
  return 0;
}

/** Whether a file belongs to an application's source. */
export function isWatched(path: string): boolean {
  return WATCHED.test(path) && !IGNORED.test(path);
}

/** Changes of files, those in quick succession as one. */
async function* changes(watcher: Deno.FsWatcher, counts: (path: string) => boolean): AsyncGenerator<string[]> {
  let pending: string[] = [];
  let wake = Promise.withResolvers<void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const reading = (async () => {
    for await (const event of watcher) {
      const paths = event.kind === "access" ? [] : event.paths.filter(counts);
      if (paths.length === 0) continue;
      pending.push(...paths);
      clearTimeout(timer);
      timer = setTimeout(() => wake.resolve(), QUIET_MILLISECONDS);
    }
  })();
  const over = reading.then(() => true);
  while (!await Promise.race([over, wake.promise.then(() => false)])) {
    const paths = pending;
    pending = [];
    wake = Promise.withResolvers();
    yield paths;
  }
  clearTimeout(timer);
}

function folderOf(path: string): string {
  const full = resolve(path);
  return Deno.statSync(full).isDirectory ? full : dirname(full);
}
