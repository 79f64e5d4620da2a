/**
 * The folder that keeps installed programs from one run of the tests to the next.
 *
 * @module
 */

/** Returns the path of this project's folder in the user's cache folder. It may not exist yet. */
export function cacheFolder(): string {
  return `${Deno.env.get("XDG_CACHE_HOME") || `${Deno.env.get("HOME")}/.cache`}/bokeh-server-tests`;
}

/** Returns whether a file or folder exists at the path. */
export async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}
