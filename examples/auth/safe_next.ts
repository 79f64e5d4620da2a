/** Where a visitor goes after the login: the page that was asked for, if it is one of this server. */
export function safeNext(url: URL, prefix: string): string {
  const next = url.searchParams.get("next") ?? "";
  const target = URL.canParse(next, url) ? new URL(next, url) : undefined;
  return target?.origin === url.origin && next.startsWith("/") ? target.pathname + target.search : `${prefix}/`;
}
