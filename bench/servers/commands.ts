/** How each server is started. */

import type { CommandOf, ServerName } from "./server.ts";

/** A Deno that runs a module with what this checkout imports. */
export const DENO = [Deno.execPath(), "run", "-A", "--config", pathOf("../../deno.json")];

/** What starting servers needs beside this checkout. */
export interface Tools {
  /** A Python with Bokeh in it. */
  python: string;
  /** The file with what the bare server repeats. */
  recording: string;
}

/** An application that both languages have: its path on the server, and where its files lie. */
export interface TwinApplication {
  path: string;
  /** Without the ending. */
  file: string;
}

/** A twin of the tests or of the measurements, by its name. */
export function twin(name: string): TwinApplication {
  const own = ["points", "streams", "ticker"].includes(name);
  return { path: `/${name}`, file: pathOf(own ? `../apps/${name}` : `../../tests/apps/${name}`) };
}

/** The command of a server; `connect` starts sessions at the socket, which only this project's server can. */
export function commandOf(
  server: ServerName,
  { file }: TwinApplication,
  { python, recording, connect = false }: Tools & { connect?: boolean },
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
      return connect
        ? (port) => [...DENO, pathOf("connect_main.ts"), String(port), `${file}.ts`]
        : (port) => [...DENO, pathOf("../../mod.ts"), "serve", `${file}.ts`, ...options(port)];
  }
}

/** The command that measures a figure in one process, in Python or here. */
export function inProcessCommand(server: ServerName, args: readonly string[], { python }: Tools): string[] {
  return server === "ours"
    ? [...DENO, "--v8-flags=--expose-gc", pathOf("../in_process/main.ts"), ...args]
    : [python, pathOf("../in_process/main.py"), ...args];
}

function pathOf(relative: string): string {
  return decodeURIComponent(new URL(relative, import.meta.url).pathname);
}
