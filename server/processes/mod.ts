/**
 * What a program needs that starts several server processes on one port itself. The command `serve`
 * does so with `--num-procs`.
 *
 * @module
 */

export { SessionDirectory } from "./session_directory.ts";
