/**
 * Returns a path without trailing slashes. Takes linear time, unlike the expression `/\/+$/`, which
 * takes quadratic time on a long run of slashes in the middle of a path.
 */
export function trimTrailingSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === "/") end--;
  return path.slice(0, end);
}

/** Returns a path without leading and trailing slashes. */
export function trimSlashes(path: string): string {
  return trimTrailingSlashes(path.replace(/^\/+/, ""));
}
