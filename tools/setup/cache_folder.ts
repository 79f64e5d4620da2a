/**
 * Where what the tests need is kept from one run to the next.
 *
 * @module
 */

/** A folder of ours in the user's cache. */
export function cacheFolder(): string {
  return `${Deno.env.get("XDG_CACHE_HOME") || `${Deno.env.get("HOME")}/.cache`}/bokeh-server-tests`;
}

/** Whether there is a file or folder. */
export async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
