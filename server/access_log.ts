/**
 * The log of requests.
 *
 * @module
 */

import { getLogger, type Logger, type LogLevel } from "@logtape/logtape";

const logger = getLogger(["bokeh", "server", "access"]);

const ACCESS = "{method} {path} {status} {milliseconds} ms";

/** A request that was answered. */
export interface Access {
  readonly method: string;
  /** Never the query, which may hold a session's id or its token. */
  readonly path: string;
  readonly status: number;
  /** When the request came, by `performance.now()`. */
  readonly start: number;
}

/** Writes a line for a request: a warning where it was refused or failed. */
export function logAccess({ method, path, status, start }: Access): void {
  const line = () => ({ method, path, status, milliseconds: Math.round(performance.now() - start) });
  if (status >= 400) logger.warn(ACCESS, line());
  else if (mayBeRead(logger, "debug")) logger.debug(ACCESS, line);
}

/**
 * Whether somebody may read lines of a level. LogTape 1 makes a record of every line before it looks for readers, which costs a third of
 * what the runtime takes for a whole request; later ones look first. A logger that cannot be asked, or that follows a context, is not.
 */
function mayBeRead(logger: Logger, level: LogLevel): boolean {
  if (!("getSinks" in logger) || typeof logger.getSinks !== "function") return true;
  const root = getLogger([]);
  if ("contextLocalStorage" in root && root.contextLocalStorage !== undefined) return true;
  return !logger.getSinks(level).next().done;
}
