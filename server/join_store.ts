import type { SessionStorage } from "./session_storage.ts";

/** Joins the session store of a server; returns undefined if it has none. */
export async function joinStore(
  ...args: Parameters<typeof SessionStorage.join>
): Promise<SessionStorage | undefined> {
  if (args[0].sessionStore === undefined) return undefined;
  // Imported only here: servers without a store start faster.
  const { SessionStorage } = await import("./session_storage.ts");
  return await SessionStorage.join(...args);
}
