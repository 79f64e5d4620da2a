/**
 * Returns where a user goes after the login: the path in the argument `next` of `url` if it is one of this server, else the index.
 *
 * A browser takes a path that begins with two slashes for the name of another host. `/.//host` becomes such a path when it is parsed, so
 * the parsed path is what is checked.
 */
export function safeNext(url: URL, prefix: string): string {
  const next = url.searchParams.get("next") ?? "";
  const target = next.startsWith("/") && URL.canParse(next, url) ? new URL(next, url) : undefined;
  const isOwn = target?.origin === url.origin && !target.pathname.startsWith("//");
  return isOwn ? target.pathname + target.search : `${prefix}/`;
}
