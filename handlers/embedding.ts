/**
 * What a page of another origin needs to show an application.
 *
 * @module
 */

import { COMMON_COMPONENTS, COMPONENTS, showMath } from "../embed/needed_components.ts";
import type { Resources, ScriptLink } from "../embed/resources.ts";
import type { AppContext } from "./context.ts";
import type { Visit } from "./visit.ts";

/** A session for a page of another origin, and the scripts that show it. */
export interface Embedding {
  /** Token of the session. */
  readonly token: string;
  /** Scripts to load, unless the page has them. */
  readonly scripts: readonly ScriptLink[];
  /** Scripts that are loaded after everything else. */
  readonly lateScripts: readonly ScriptLink[];
  /** Level of BokehJS's log. */
  readonly logLevel: string;
}

/** Begins the session of a visit, where sessions begin with pages. */
export async function openEmbedding(visit: Visit, { site, app }: AppContext, resources: Resources): Promise<Embedding> {
  // where another process may hold the session, it begins with the websocket
  const session = site.sessionCreation === "page" && site.peers === undefined
    ? await app.registry.getOrCreate(visit.sessionId, { ...visit, token: undefined, prefix: site.prefix })
    : undefined;
  const math = session !== undefined && showMath(session.document.models);
  return {
    token: visit.token,
    scripts: resources.scripts(math ? COMPONENTS : COMMON_COMPONENTS),
    lateScripts: math ? [] : resources.scripts(["bokeh-mathjax"]),
    logLevel: resources.logLevel,
  };
}
