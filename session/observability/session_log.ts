/**
 * The logger of a session.
 *
 * @module
 */

import { getLogger, type Logger } from "@logtape/logtape";

/** Fields of the log lines of a session. They contain no ids and no tokens. */
export interface SessionLogFields {
  /** Path of the application. */
  readonly application?: string | undefined;
  /** The user who opened the session. Log lines contain only the name: see {@linkcode userName}. */
  readonly user?: unknown;
  /** Address of the client that opened the session. */
  readonly address?: string | undefined;
}

/** Returns the logger of a session. Its lines have those of the fields that are defined. */
export function sessionLogger({ application, user, address }: SessionLogFields = {}): Logger {
  return getLogger(["bokeh", "session"]).with(definedFields({ application, user: userName(user), address }));
}

/** Returns the fields that are not undefined. */
export function definedFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Properties of user objects that can hold a name, in order of preference. */
const NAMES = ["name", "username", "preferred_username", "email", "login", "sub", "id"];

/**
 * Returns the name of a user for logs: the user itself if it is a string or a number, else the
 * first of the usual properties (`name`, `username`, `email`, …) that is one; undefined if there is
 * none.
 */
export function userName(user: unknown): string | undefined {
  if (typeof user === "string" || typeof user === "number") return String(user);
  if (typeof user !== "object" || user === null) return undefined;
  for (const name of NAMES) {
    const value: unknown = Reflect.get(user, name);
    if (typeof value === "string" || typeof value === "number") return String(value);
  }
  return undefined;
}
