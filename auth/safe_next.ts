/**
 * Returns the path to open after a login: the argument `next` of a URL if it is a path of this
 * server, otherwise the index. Prevents open redirects.
 *
 * Browsers treat a path that begins with two slashes as the name of another host. `/.//host`
 * becomes such a path when it is parsed: the parsed path is checked.
 */
export function safeNext(url: URL, prefix: string): string {
  const next = url.searchParams.get("next") ?? "";
  const target = next.startsWith("/") && URL.canParse(next, url) ? new URL(next, url) : undefined;
  const isOwn = target?.origin === url.origin && !target.pathname.startsWith("//");
  return isOwn ? target.pathname + target.search : `${prefix}/`;
}
