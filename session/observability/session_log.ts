/**
 * The logger of a session.
 *
 * @module
 */

import { getLogger, type Logger } from "@logtape/logtape";

/** What the log lines of a session state: never ids or tokens. */
export interface SessionLogFields {
  /** Path of the application. */
  readonly application?: string | undefined;
  /** The user who opened the session; the lines state the name: see {@linkcode userName}. */
  readonly user?: unknown;
  /** Address of the client that opened the session. */
  readonly address?: string | undefined;
}

/** Returns a logger whose lines have the fields that are known. */
export function sessionLogger({ application, user, address }: SessionLogFields = {}): Logger {
  return getLogger(["bokeh", "session"]).with(definedFields({ application, user: userName(user), address }));
}

/** Returns the fields that are not undefined. */
export function definedFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** Members by which a user is named, the first that is a text or a number. */
const NAMES = ["name", "username", "preferred_username", "email", "login", "sub", "id"];

/** Returns the name of a user as logs have it: a user that is a text or a number itself, or the first of the usual members. */
export function userName(user: unknown): string | undefined {
  if (typeof user === "string" || typeof user === "number") return String(user);
  if (typeof user !== "object" || user === null) return undefined;
  for (const name of NAMES) {
    const value: unknown = Reflect.get(user, name);
    if (typeof value === "string" || typeof value === "number") return String(value);
  }
  return undefined;
}
