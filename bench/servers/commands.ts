/** The commands that start the servers. */

import { freePort } from "../../cli/processes/workers.ts";
import { join } from "@std/path";
import type { Installation, PublishedPackage } from "./published_package.ts";
import type { CommandOf, ServerName } from "./server.ts";

/** Command that runs a module with this checkout's import map. */
export const DENO = [Deno.execPath(), "run", "-A", "--config", pathOf("../../deno.json")];

/** Lets glibc keep the memory of sent frames, as this server does: else large answers take twice the CPU time. */
const KEPT_MEMORY = ["MALLOC_TRIM_THRESHOLD_=16777216", "MALLOC_MMAP_THRESHOLD_=16777216"];

/** Files outside this checkout that the servers need. */
export interface Tools {
  /** Path of a Python interpreter with Bokeh. */
  python: string;
  /** Path of the recording for the bare server. */
  recording: string;
  /** The published form of the package. */
  published: PublishedPackage;
}

/** How this server runs. Only this server supports these options. */
export interface OwnOptions {
  /** Whether sessions start when the websocket opens. @default {false} */
  connect?: boolean | undefined;
  /** Name of a session store. @default none */
  store?: string | undefined;
  /** Whether other servers of the store reach this one at an address of its own. @default {false} */
  peers?: boolean | undefined;
  /** Number of server processes. If given, sessions start when the websocket opens, and the server serves metrics. @default {1} */
  processes?: number | undefined;
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
  const own = [
    "arrays",
    "compute",
    "large_points",
    "list_streams",
    "mixed",
    "points",
    "shared_streams",
    "streams",
    "ticker",
  ].includes(
    name,
  );
  return { path: `/${name}`, file: pathOf(own ? `../apps/${name}` : `../../tests/apps/${name}`) };
}

/** Returns the command that starts a server. `own`: options of this server. */
export function commandOf(
  server: ServerName,
  { file }: TwinApplication,
  { python, recording }: Tools,
  own: OwnOptions = {},
): CommandOf {
  switch (server) {
    case "python":
      return (port) => [python, "-m", "bokeh", "serve", `${file}.py`, ...optionsOf(port)];
    case "nodelay":
      return (port) => [python, pathOf("serve_nodelay.py"), `${file}.py`, ...optionsOf(port)];
    case "bare":
      return (port) => ["env", ...KEPT_MEMORY, ...DENO, pathOf("bare_main.ts"), String(port), recording];
    case "ours":
      return ownCommand(`${file}.ts`, own);
  }
}

/** Returns the command that starts this server from an installation of the published package. */
export function publishedCommand({ command, program, folder }: Installation, application: string): CommandOf {
  return (port) => [...command, program, "serve", join(folder, `${application}.ts`), ...optionsOf(port)];
}

/** Returns the command that measures a figure in one process. */
export function inProcessCommand(server: ServerName, args: readonly string[], { python }: Tools): string[] {
  return server === "ours"
    ? [...DENO, "--v8-flags=--expose-gc", pathOf("../in_process/main.ts"), ...args]
    : [python, pathOf("../in_process/main.py"), ...args];
}

function ownCommand(file: string, { connect = false, store, peers = false, processes }: OwnOptions): CommandOf {
  if (connect) return (port) => [...DENO, pathOf("connect_main.ts"), String(port), file];
  const environment = store === undefined ? [] : ["env", "BOKEH_SECRET_KEY=bench"];
  const further = [
    ...store === undefined ? [] : ["--session-store", store, "--session-ids", "signed"],
    ...processes === undefined ? [] : ["--num-procs", String(processes), "--session-creation", "connect", "--metrics"],
  ];
  if (peers) further.push("--peer-address", `127.0.0.1:${freePort("127.0.0.1")}`);
  const main = pathOf("../../mod.ts");
  return (port) => [...environment, ...DENO, main, "serve", file, ...optionsOf(port), ...further];
}

/** Returns the options with which `serve` listens on a port. */
function optionsOf(port: number): string[] {
  return ["--port", String(port), "--log-level", "error"];
}

function pathOf(relative: string): string {
  return decodeURIComponent(new URL(relative, import.meta.url).pathname);
}
