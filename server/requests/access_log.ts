/**
 * The access log.
 *
 * @module
 */

import { getLogger, type Logger, type LogLevel } from "@logtape/logtape";
import { FILE_ID_PATTERN } from "../../session/ownership/file_id.ts";
import { definedFields, userName } from "../../session/observability/session_log.ts";

const logger = getLogger(["bokeh", "server", "access"]);

const ACCESS = "{method} {path} {status} {milliseconds} ms";

/** A request with its response. Fields that are undefined do not appear in the log. */
export interface Access {
  readonly method: string;
  /** Path without the query, which can hold a session id or a token. */
  readonly path: string;
  readonly status: number;
  /** Time at which the request arrived, as `performance.now()`. */
  readonly start: number;
  /** Path of the application that the route belongs to. */
  readonly application: string | undefined;
  /** User that the auth provider returned. */
  readonly user: unknown;
  /** IP address of the client. */
  readonly address: string | undefined;
}

/** Last part of the path of an upload or a download: an unguessable id, a secret of its session. */
const FILE_ID = new RegExp(`(/files/)${FILE_ID_PATTERN}(?=/?$)`, "i");

/** Maximum length of a path in logs and traces. Clients can send 64 KiB. */
const MAX_PATH = 500;

/** Returns a path for logs and traces: truncated, and without the id of an upload or a download. */
export function publicPath(path: string): string {
  const shown = path.replace(FILE_ID, "$1…");
  return shown.length > MAX_PATH ? `${shown.slice(0, MAX_PATH)}…` : shown;
}

/** Logs a request: as a warning if its status is an error, otherwise at debug level. */
export function logAccess(access: Access): void {
  if (access.status >= 400) logger.warn(ACCESS, fieldsOf(access));
  else if (logsEveryRequest()) logger.debug(ACCESS, () => fieldsOf(access));
}

/** Returns whether successful requests are logged, too. */
export function logsEveryRequest(): boolean {
  return hasSink(logger, "debug");
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
 * Returns whether lines of a level may reach a sink. LogTape 1 creates a record of each line before
 * it looks for sinks, which takes a third of the time of a whole request; later versions look
 * first. Returns true for loggers whose sinks cannot be determined, or depend on a context.
 */
function hasSink(logger: Logger, level: LogLevel): boolean {
  if (!("getSinks" in logger) || typeof logger.getSinks !== "function") return true;
  const root = getLogger([]);
  if ("contextLocalStorage" in root && root.contextLocalStorage !== undefined) return true;
  return !logger.getSinks(level).next().done;
}
