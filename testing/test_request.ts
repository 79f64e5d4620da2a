/**
 * The request that a session is opened by.
 *
 * @module
 */

import { sessionRequest } from "../handlers/http/session_request.ts";
import type { Application } from "../application/application.ts";
import type { SessionInfo } from "../session/registry/session_info.ts";

/** The visitor that a session is opened for. */
export interface TestRequest {
  /** Arguments of the page's address. */
  arguments?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** Headers of the request. */
  headers?: HeadersInit | undefined;
  /** Cookies by name. */
  cookies?: Readonly<Record<string, string>> | undefined;
  /** The user that an auth provider would have found. */
  user?: unknown;
  /**
   * Id of the session; one of an id that is there already is shared.
   *
   * @default {a new one}
   */
  sessionId?: string | undefined;
}

/** What a session is told of its visitor, by the same code as for requests of a network. */
export async function sessionInfo(application: Application, test: TestRequest): Promise<SessionInfo> {
  const url = new URL("http://localhost/");
  for (const [name, values] of Object.entries(test.arguments ?? {})) {
    for (const value of [values].flat()) url.searchParams.append(name, value);
  }
  const headers = new Headers(test.headers);
  const cookies = Object.entries(test.cookies ?? {}).map(([name, value]) => `${name}=${value}`);
  if (cookies.length > 0) headers.append("cookie", cookies.join("; "));
  const payload = await application.processRequest(new Request(url, { headers }));
  return { payload, request: sessionRequest({}, { url, method: "GET", address: "127.0.0.1" }, headers, test.user) };
}
