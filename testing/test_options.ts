/**
 * Options of tests: the application under test, and the request that opens a session of it.
 *
 * @module
 */

import type { Application } from "../application/application.ts";
import type { ApplicationFunction } from "../application/application_options.ts";
import { sessionRequest } from "../handlers/http/session_request.ts";
import type { RecordOption } from "../session/recording/recording.ts";
import type { SessionInfo } from "../session/registry/session_info.ts";

/**
 * An application to test: a function, the path or URL of a module or a folder, or an `Application`.
 */
export type TestSource = ApplicationFunction | Application | string | URL;

/** Options of the application under test. */
export interface TestAppOptions {
  /**
   * Arguments that the application reads as `serverContext.argv`.
   *
   * @default {[]}
   */
  argv?: readonly string[] | undefined;
  /**
   * URL that the application reads as `logoutUrl`.
   *
   * @default {null}
   */
  logoutUrl?: string | undefined;
  /** File to which the messages of the clients are recorded, for `replay`. Not recorded by default. */
  record?: RecordOption | undefined;
}

/** The request that opens a session. */
export interface TestRequest {
  /** Query arguments of the page's URL. */
  arguments?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** Headers of the request. */
  headers?: HeadersInit | undefined;
  /** Cookies by name. */
  cookies?: Readonly<Record<string, string>> | undefined;
  /** The user, as the server's auth provider would have returned it. */
  user?: unknown;
  /**
   * Id of the session. A second request with the same id joins the session.
   *
   * @default A random id.
   */
  sessionId?: string | undefined;
}

/**
 * Returns the data of a request for its session. Uses the same code as requests over the network.
 */
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
