/** The commands that start the servers. */

import type { CommandOf, ServerName } from "./server.ts";

/** Command that runs a module with this checkout's import map. */
export const DENO = [Deno.execPath(), "run", "-A", "--config", pathOf("../../deno.json")];

/** Files outside this checkout that the servers need. */
export interface Tools {
  /** Path of a Python interpreter with Bokeh. */
  python: string;
  /** Path of the recording for the bare server. */
  recording: string;
}

/** An application in TypeScript and Python. */
export interface TwinApplication {
  /** Path on the server. */
  path: string;
  /** Path of its files, without the extension. */
  file: string;
}

/** Returns the application with a name, from the benchmarks or the tests. */
export function twin(name: string): TwinApplication {
  const own = ["arrays", "compute", "list_streams", "mixed", "points", "streams", "ticker"].includes(name);
  return { path: `/${name}`, file: pathOf(own ? `../apps/${name}` : `../../tests/apps/${name}`) };
}

/**
 * Returns the command that starts a server. `connect`: sessions start when the websocket opens; `store`: name of a session
 * store; `processes`: number of processes, whose sessions start so too. Only this server supports these.
 */
export function commandOf(
  server: ServerName,
  { file }: TwinApplication,
  { python, recording, connect = false, processes, store }: Tools & {
    connect?: boolean;
    processes?: number | undefined;
    store?: string | undefined;
  },
): CommandOf {
  const options = (port: number) => ["--port", String(port), "--log-level", "error"];
  switch (server) {
    case "python":
      return (port) => [python, "-m", "bokeh", "serve", `${file}.py`, ...options(port)];
    case "nodelay":
      return (port) => [python, pathOf("serve_nodelay.py"), `${file}.py`, ...options(port)];
    case "bare":
      return (port) => [...DENO, pathOf("bare_main.ts"), String(port), recording];
    case "ours":
      if (store !== undefined) {
        const stored = ["--session-store", store, "--session-ids", "signed"];
        const main = pathOf("../../mod.ts");
        return (
          port,
        ) => ["env", "BOKEH_SECRET_KEY=bench", ...DENO, main, "serve", `${file}.ts`, ...options(port), ...stored];
      }
      return connect ? (port) => [...DENO, pathOf("connect_main.ts"), String(port), `${file}.ts`] : (
        port,
      ) => [...DENO, pathOf("../../mod.ts"), "serve", `${file}.ts`, ...options(port), ...processOptions(processes)];
  }
}

function processOptions(processes: number | undefined): string[] {
  return processes === undefined ? [] : ["--num-procs", `${processes}`, "--session-creation", "connect"];
}

/** Returns the command that measures a figure in one process. */
export function inProcessCommand(server: ServerName, args: readonly string[], { python }: Tools): string[] {
  return server === "ours"
    ? [...DENO, "--v8-flags=--expose-gc", pathOf("../in_process/main.ts"), ...args]
    : [python, pathOf("../in_process/main.py"), ...args];
}

function pathOf(relative: string): string {
  return decodeURIComponent(new URL(relative, import.meta.url).pathname);
}
