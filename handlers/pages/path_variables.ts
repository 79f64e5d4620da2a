/**
 * Variable parts of the paths of applications, such as `:id` in `/user/:id`.
 *
 * @module
 */

/** Returns whether the path of an application has variable parts, so that it is not the path of a page. */
export function hasPathVariables(path: string): boolean {
  return /\/:\w/.test(path);
}
