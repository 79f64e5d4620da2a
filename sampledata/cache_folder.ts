/** Returns the path of this package's folder in the user's cache folder. It may not exist yet. */
export function cacheFolder(): string {
  const home = Deno.env.get("HOME") ?? ".";
  const folders: Partial<Record<typeof Deno.build.os, string>> = {
    darwin: `${home}/Library/Caches`,
    windows: Deno.env.get("LOCALAPPDATA") ?? home,
  };
  const parent = folders[Deno.build.os] ?? (Deno.env.get("XDG_CACHE_HOME") || `${home}/.cache`);
  return `${parent}/bokeh-server`;
}
