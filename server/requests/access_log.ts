/**
 * The log of requests.
 *
 * @module
 */

import { getLogger, type Logger, type LogLevel } from "@logtape/logtape";
import { definedFields, userName } from "../../session/observability/session_log.ts";

const logger = getLogger(["bokeh", "server", "access"]);

const ACCESS = "{method} {path} {status} {milliseconds} ms";

/** A request that was answered. Members that are undefined do not appear in the log. */
export interface Access {
  readonly method: string;
  /** Path without the query, which may hold a session's id or its token. */
  readonly path: string;
  readonly status: number;
  /** When the request came, by `performance.now()`. */
  readonly start: number;
  /** Path of the application that the request was for. */
  readonly application: string | undefined;
  /** What the auth provider returned. */
  readonly user: unknown;
  /** Where the request came from. */
  readonly address: string | undefined;
}

/** URLs of uploads and downloads are secrets of their session: they end with an id that cannot be guessed. */
const FILE_ID = /(\/files\/)[0-9a-f-]{36}(?=\/?$)/i;

/** Longest path in a log or a trace: a client can send 64 KiB. */
const MAX_PATH = 500;

/** Returns a path as a log or a trace may hold it: not too long, and without the id of an upload or a download. */
export function publicPath(path: string): string {
  const shown = path.replace(FILE_ID, "$1…");
  return shown.length > MAX_PATH ? `${shown.slice(0, MAX_PATH)}…` : shown;
}

/** Writes a line for a request: a warning if it was refused or failed, else at debug level. */
export function logAccess(access: Access): void {
  if (access.status >= 400) logger.warn(ACCESS, fieldsOf(access));
  else if (logsEveryRequest()) logger.debug(ACCESS, () => fieldsOf(access));
}

/** Returns whether requests that succeed are logged too. */
export function logsEveryRequest(): boolean {
  return mayBeRead(logger, "debug");
}

function fieldsOf({ method, path, status, start, application, user, address }: Access): Record<string, unknown> {
  return {
    method,
    path: publicPath(path),
    status,
    milliseconds: Math.round(performance.now() - start),
    ...definedFields({ application, user: userName(user), address }),
  };
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
