/**
 * Returns a path without the slashes at its end. Takes linear time: `/\/+$/` takes quadratic time on a long run of slashes that
 * something else follows.
 */
export function trimTrailingSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === "/") end--;
  return path.slice(0, end);
}

/** Returns a path without the slashes at its beginning and its end. */
export function trimSlashes(path: string): string {
  return trimTrailingSlashes(path.replace(/^\/+/, ""));
}
