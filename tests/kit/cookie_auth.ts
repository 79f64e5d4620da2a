/** An auth module for tests. Any value of the cookie `who` is a user; requests without it are refused. */

import { parseCookies } from "../../handlers/http/request_filter.ts";

export const loginUrl = "/login";
export const logoutUrl = "/logout";

export function getUser(request: Request): unknown {
  const { who } = parseCookies(request.headers.get("cookie") ?? "");
  return who === undefined ? null : { name: who };
}

export function logoutHandler(): Response {
  return new Response("Logged out", { headers: { "set-cookie": "who=; Path=/; Max-Age=0" } });
}
