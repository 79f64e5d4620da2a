/**
 * Keys that identify users.
 *
 * @module
 */

import type { AuthProvider } from "./auth.ts";

/**
 * Returns the key of a user that an auth provider returned. Two users have the same key exactly if
 * they are the same user. Sessions and tokens are bound to it. The key is the result of the
 * provider's `userId`, or else all data of the user.
 *
 * @throws {TypeError} If the provider has no `userId` and the user has no data that identifies it,
 * or if `userId` does not return a text.
 */
export function userKey(user: unknown, provider: Partial<Pick<AuthProvider, "userId">>): string {
  if (provider.userId === undefined) return `data ${canonical(user)}`;
  const id: unknown = provider.userId(user);
  if (typeof id !== "string" || id === "") {
    throw new TypeError(`Cannot identify the user: userId returned ${Deno.inspect(id, { depth: 0 })}, not a text`);
  }
  return `id ${id}`;
}

/**
 * Returns a value as JSON with sorted property names, so that equal data has one form. Functions
 * are left out, as in JSON.
 */
function canonical(value: unknown): string {
  switch (typeof value) {
    case "bigint":
      return `${value}n`;
    case "object":
      return value === null ? "null" : canonicalObject(value);
    case "symbol":
    case "function":
      throw noData(value);
    case "number":
      return String(value);
    default:
      return JSON.stringify(value) ?? "undefined";
  }
}

function canonicalObject(value: object): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if ("toJSON" in value && typeof value.toJSON === "function") return canonical(value.toJSON());
  const entries = Object.entries(value).filter(([, item]) => typeof item !== "function" && item !== undefined);
  // for example a Map, a promise, or an instance with private fields only: all of them have the
  // same JSON
  if (entries.length === 0) throw noData(value);
  return `{${
    entries.sort(([a], [b]) => a < b ? -1 : 1).map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`)
      .join()
  }}`;
}

function noData(value: unknown): TypeError {
  const text = Deno.inspect(value, { depth: 0 });
  return new TypeError(
    `Cannot identify the user: ${text} holds no data that distinguishes users; export a function userId(user) from the auth provider`,
  );
}
