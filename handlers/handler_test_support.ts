/**
 * Contexts of handlers for tests, made by hand: without a server and its options.
 *
 * @module
 */

import { DEFAULT_LIMITS, DEFAULT_SESSION_TIMES } from "../common/limits.ts";
import { Application } from "../application/application.ts";
import type { ApplicationFunction, ApplicationOptions } from "../application/application_options.ts";
import { Resources } from "../embed/resources/resources.ts";
import { SessionRegistry } from "../session/registry/registry.ts";
import type { SessionRegistryOptions } from "../session/registry/registry_options.ts";
import type { AppContext, HandlerConfig, PageContext, ServedApplication } from "./context.ts";
import { packagedBokehjs } from "./files/bokehjs_files.ts";
import { OriginList } from "./http/origins.ts";
import { sessionRequest } from "./http/session_request.ts";
import type { PageCredentials } from "./session_credentials.ts";

/**
 * Returns the settings of a server with default options, which allows the origin
 * `http://listed.example`.
 */
export function testConfig(settings: Partial<HandlerConfig> = {}): HandlerConfig {
  return {
    prefix: "",
    payloadKey: "a key for tests",
    signing: {},
    maxTokenLength: DEFAULT_LIMITS.tokenBytes,
    tokenExpirationSeconds: 300,
    generateSessionIds: true,
    sessionCreation: "page",
    filter: {},
    origins: new OriginList(["listed.example:80"]),
    sockets: { keepAliveMilliseconds: 0, connection: { limits: DEFAULT_LIMITS } },
    bokehjs: packagedBokehjs,
    resources: (absoluteUrl) => new Resources({ rootUrl: absoluteUrl ?? "" }),
    development: false,
    ...settings,
  };
}

/** Options of {@linkcode testContext}. */
export interface TestContextOptions extends ApplicationOptions {
  /** Function that fills documents. @default {() => {}} */
  fill?: ApplicationFunction;
  /** Settings of the server that differ from those of {@linkcode testConfig}. */
  config?: Partial<HandlerConfig>;
  /** Directory of the processes that share the sessions. */
  claims?: SessionRegistryOptions["claims"];
  /** Secret that signs the ids of uploads and downloads. */
  filesSecret?: string;
}

/** Returns an application that is served at a path, without sessions. */
export function testApplication(
  path: string,
  application: Application,
  options: Pick<TestContextOptions, "claims" | "filesSecret"> = {},
): ServedApplication {
  return {
    path,
    application,
    registry: new SessionRegistry(application, {
      limits: DEFAULT_LIMITS,
      ...DEFAULT_SESSION_TIMES,
      ...options,
      applicationPath: path,
    }),
    statics: packagedBokehjs,
  };
}

/** Returns the context of requests for an application at `/app`. */
export function testContext(options: TestContextOptions = {}): AppContext {
  const { fill = () => {}, config, claims, filesSecret, ...rest } = options;
  const app = testApplication("/app", new Application(fill, rest), {
    ...(claims && { claims }),
    ...(filesSecret && { filesSecret }),
  });
  return { config: testConfig(config), url: new URL("http://host/app"), app };
}

/** Returns a request for an application, and its context. */
export function testRequest(context: AppContext, query = "", init: RequestInit = {}): [Request, AppContext] {
  const url = new URL(`http://host/app${query}`);
  return [new Request(url, init), { ...context, url }];
}

/** Options of {@linkcode pageRequest}. */
export interface PageRequestOptions extends Omit<RequestInit, "credentials"> {
  /** Credentials that differ from those of a new session. */
  credentials?: Partial<PageCredentials>;
  /** Whether the session is created with the page. @default {true} */
  startsWithPage?: boolean;
}

/** Returns a request for a page of an application with verified credentials, and its context. */
export function pageRequest(
  context: AppContext,
  query = "",
  { credentials, startsWithPage = true, ...init }: PageRequestOptions = {},
): [Request, PageContext] {
  const [request, { url }] = testRequest(context, query, init);
  const own: PageCredentials = {
    sessionId: "a-session",
    token: "a-token",
    payload: {},
    request: sessionRequest({}, { url, method: request.method }, request.headers, undefined),
    user: undefined,
    userKey: undefined,
    address: undefined,
    readOnly: false,
  };
  return [request, { ...context, url, credentials: { ...own, ...credentials }, startsWithPage }];
}

/** Returns the render items of a page or a script. */
export function renderItemsOf(text: string): Record<string, unknown>[] {
  const match = /const render_items = (\[.*?\]);\n/.exec(text);
  if (match === null) throw new Error("Cannot find render items: there are none");
  return JSON.parse(match[1]!);
}

/** Returns the token of a page or a script. */
export function tokenOf(text: string): string {
  return String(renderItemsOf(text)[0]?.["token"]);
}
