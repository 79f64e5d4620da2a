/**
 * Users, and which applications they may use.
 *
 * @module
 */

import { isRecord } from "../common/is_record.ts";

/** A user, as applications read it from `doc.session_context.request.user`. */
export interface User {
  /** Identifies the user. Sessions belong to it. */
  readonly id: string;
  /** Name to show. */
  readonly name: string;
  /** Address for mail, if known. */
  readonly email?: string;
  /** Groups that the user belongs to. */
  readonly groups: readonly string[];
}

/** Options of all logins of this folder. */
export interface AuthorizeOptions {
  /**
   * Groups whose members may use an application, by its path: `{ "/admin": ["staff"] }`. All users
   * may use the other applications.
   */
  groups?: Readonly<Record<string, readonly string[]>>;
  /** Returns whether a user may use the application at a path. It replaces `groups`. */
  authorize?: (user: User, appPath: string) => boolean | Promise<boolean>;
}

/** Returns whether a value is a user. */
export function isUser(value: unknown): value is User {
  return isRecord(value) && typeof value.id === "string" && typeof value.name === "string" &&
    Array.isArray(value.groups);
}

/** Returns the id of a user. */
export function userId(user: unknown): string {
  if (!isUser(user)) throw new TypeError("Cannot identify the user: it has no id");
  return user.id;
}

/** Returns the function that decides which applications a user may use. */
export function authorizer(
  { groups = {}, authorize }: AuthorizeOptions,
): (user: unknown, appPath: string) => boolean | Promise<boolean> {
  return (user, appPath) => {
    if (!isUser(user)) return false;
    if (authorize !== undefined) return authorize(user, appPath);
    const allowed = Object.hasOwn(groups, appPath) ? groups[appPath]! : undefined;
    return allowed === undefined || allowed.some((group) => user.groups.includes(group));
  };
}

/** Returns the texts of a list of groups; a text stands for a list, separated by commas. */
export function groupsOf(value: unknown): string[] {
  const list = typeof value === "string" ? value.split(",") : Array.isArray(value) ? value : [];
  return list.filter((item) => typeof item === "string").map((item) => item.trim()).filter((item) => item !== "");
}
