/**
 * What a page of another origin needs to embed an application.
 *
 * @module
 */

import { anyShowsMath, COMMON_COMPONENTS, COMPONENTS } from "../../embed/resources/bokehjs_components.ts";
import { joinScripts, servedExtensions } from "../../embed/extensions/page_extensions.ts";
import type { Resources, ScriptLink } from "../../embed/resources/resources.ts";
import type { PageContext } from "../context.ts";
import { embeddedPrefix } from "./page_prefix.ts";

/** The token of a session, and the scripts that show it. */
export interface Embedding {
  /** Token of the session. */
  readonly token: string;
  /** Scripts of BokehJS to load, unless the page has loaded them. */
  readonly scripts: readonly ScriptLink[];
  /** Scripts to load after the document is shown. */
  readonly lateScripts: readonly ScriptLink[];
  /** Log level of BokehJS. */
  readonly logLevel: string;
}

/** Returns the embedding of a session. Creates the session if it starts with the page. */
export async function openEmbedding(context: PageContext, resources: Resources): Promise<Embedding> {
  const { app, credentials, startsWithPage } = context;
  const session = startsWithPage
    ? await app.registry.getOrCreate(credentials.sessionId, {
      ...credentials,
      token: undefined,
      prefix: embeddedPrefix(context),
    })
    : undefined;
  const math = session !== undefined && anyShowsMath(session.document.models);
  const extensions = await servedExtensions(resources, context.config.development);
  return {
    token: credentials.token,
    scripts: joinScripts(resources.scripts(math ? COMPONENTS : COMMON_COMPONENTS), extensions.scripts),
    lateScripts: math ? [] : resources.scripts(["bokeh-mathjax"]),
    logLevel: resources.logLevel,
  };
}
