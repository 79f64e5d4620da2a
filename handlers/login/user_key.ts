/**
 * Identity of users.
 *
 * @module
 */

import type { AuthProvider } from "./auth.ts";

/**
 * Returns a text that is equal for two values of `getUser` exactly if they are the same user. Sessions and tokens are
 * bound to it. The auth provider's `userId` says it; without one all data of the user counts.
 *
 * @throws {TypeError} If the user holds no data to tell it by and the provider has no `userId`, or `userId` does not
 * return a text.
 */
export function userKey(user: unknown, provider: Partial<Pick<AuthProvider, "userId">>): string {
  if (provider.userId === undefined) return `data ${canonical(user)}`;
  const id: unknown = provider.userId(user);
  if (typeof id !== "string" || id === "") {
    throw new TypeError(`Cannot tell the user: userId returned ${Deno.inspect(id, { depth: 0 })}, not a text`);
  }
  return `id ${id}`;
}

/** JSON with the names of objects in order. Functions are left out, as JSON does. */
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
  // a Map, a promise or a class with private fields only: all of them would look alike
  if (entries.length === 0) throw noData(value);
  return `{${
    entries.sort(([a], [b]) => a < b ? -1 : 1).map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`)
      .join()
  }}`;
}

function noData(value: unknown): TypeError {
  const text = Deno.inspect(value, { depth: 0 });
  return new TypeError(
    `Cannot tell the user: ${text} holds no data that tells users apart; export a function userId(user) from the auth provider`,
  );
}
