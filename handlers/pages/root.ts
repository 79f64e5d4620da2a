/**
 * The route `/`: an index of the applications, or a redirect to the only one.
 *
 * @module
 */

import { type IndexEntry, renderIndex } from "../../embed/pages/index_page.ts";
import type { RequestContext, ServedApplication } from "../context.ts";
import { iconUrl } from "../files/favicon.ts";
import { belowApplication } from "./page_metadata.ts";
import { metadataOf } from "./metadata.ts";
import { hasPathVariables } from "./path_variables.ts";
import { redirect, textResponse } from "../http/responses.ts";

/** Context of {@linkcode handleRoot}. */
export interface RootContext extends RequestContext {
  /** Applications that the user may use. */
  readonly apps: readonly ServedApplication[];
  /** Whether to redirect to the application if there is only one. */
  readonly redirects: boolean;
  /** Path of the index's template; undefined for the built-in one. */
  readonly template: string | undefined;
}

/** Returns the index of the applications, or a redirect to the only one. */
export async function handleRoot(request: Request, context: RootContext): Promise<Response> {
  const { apps, config, url } = context;
  const [only] = apps;
  if (only !== undefined && apps.length === 1 && context.redirects && !hasPathVariables(only.path)) {
    return redirect(config.prefix + only.path + url.search);
  }
  const html = context.template === undefined
    ? renderIndex(await indexEntries(apps, config.prefix), iconUrl(config.prefix))
    : await templateIndex(context.template, context);
  return await textResponse(request, "text/html; charset=utf-8", html);
}

async function templateIndex(file: string, { apps, config }: RootContext): Promise<string> {
  // Imported only here: the template engine is a tenth of the package's code.
  const { renderTemplate } = await import("../../embed/pages/template_page.ts");
  const { fromTornado, PYTHON_FUNCTIONS } = await import("../../embed/pages/tornado_template.ts");
  return renderTemplate(fromTornado(await Deno.readTextFile(file)), {
    ...PYTHON_FUNCTIONS,
    items: apps.map(({ path }) => path).sort(),
    prefix: config.prefix,
  });
}

async function indexEntries(apps: readonly ServedApplication[], prefix: string): Promise<IndexEntry[]> {
  const entries = await Promise.all(apps.map((app) => indexEntry(app, prefix)));
  return entries.sort((a, b) => a.name < b.name ? -1 : 1);
}

async function indexEntry(app: ServedApplication, prefix: string): Promise<IndexEntry> {
  const metadata = await metadataOf(app);
  const text = (key: string) => {
    const value: unknown = typeof metadata === "object" && metadata !== null ? Reflect.get(metadata, key) : undefined;
    return typeof value === "string" ? value : undefined;
  };
  const picture = text("picture");
  return {
    url: hasPathVariables(app.path) ? undefined : prefix + app.path,
    name: app.path === "/" ? "/" : app.path.slice(1),
    title: text("title"),
    description: text("description"),
    picture: picture === undefined ? undefined : belowApplication(picture, prefix + app.path),
  };
}
