/**
 * What tests of handlers and servers have in common.
 *
 * @module
 */

import { Application } from "../application/application.ts";
import type { ApplicationFunction, ApplicationOptions } from "../application/application_options.ts";
import { Resources } from "../embed/resources.ts";
import { packagedBokehjs } from "../handlers/files/bokehjs_files.ts";
import type { AppContext, HandlerConfig } from "../handlers/context.ts";
import { OriginList } from "../handlers/http/origins.ts";
import { hostApplication } from "./hosted_application.ts";
import { resolveOptions } from "./options/resolve_options.ts";

/** The settings of a server with nothing special about it. */
export function testConfig(settings: Partial<HandlerConfig> = {}): HandlerConfig {
  return {
    prefix: "",
    payloadKey: "a key for tests",
    signing: {},
    tokenExpirationSeconds: 300,
    generateSessionIds: true,
    sessionCreation: "page",
    filter: {},
    origins: new OriginList(["listed.example:80"]),
    sockets: { keepAliveMilliseconds: 0, connection: {} },
    bokehjs: packagedBokehjs,
    resources: (absoluteUrl) => new Resources({ rootUrl: absoluteUrl ?? "" }),
    development: false,
    ...settings,
  };
}

/** Options of {@linkcode testContext}. */
export interface TestContextOptions extends ApplicationOptions {
  /** Function that fills documents. An empty one by default. */
  fill?: ApplicationFunction;
  /** Settings of the server. */
  config?: Partial<HandlerConfig>;
}

/** The context of requests for an application at `/app`. */
export function testContext(options: TestContextOptions = {}): AppContext {
  const { fill = () => {}, config, ...rest } = options;
  const app = hostApplication("/app", new Application(fill, rest), resolveOptions({}));
  return { config: testConfig(config), url: new URL("http://host/app"), app };
}

/** A request and its context, told apart by path and query. */
export function visiting(
  context: AppContext,
  query = "",
  init: RequestInit = {},
): [request: Request, context: AppContext] {
  const url = new URL(`http://host/app${query}`);
  return [new Request(url, init), { ...context, url }];
}

/** The render items in a page or a script. */
export function renderItemsOf(text: string): Record<string, unknown>[] {
  const match = /const render_items = (\[.*?\]);\n/.exec(text);
  if (match === null) throw new Error("Cannot find render items: there are none");
  return JSON.parse(match[1]!);
}

/** The token in a page or a script. */
export function tokenOf(text: string): string {
  return String(renderItemsOf(text)[0]?.["token"]);
}
