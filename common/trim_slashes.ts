/**
 * Removing slashes from the ends of URL paths.
 *
 * @module
 */

/**
 * Returns `path` without trailing slashes, in linear time. The regular expression `/\/+$/` takes
 * quadratic time on a long run of slashes that is followed by another character.
 */
export function trimTrailingSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === "/") end--;
  return path.slice(0, end);
}

/** Returns `path` without leading and trailing slashes. */
export function trimSlashes(path: string): string {
  return trimTrailingSlashes(path.replace(/^\/+/, ""));
}
