/**
 * What a page of another origin needs to show an application.
 *
 * @module
 */

import { getLogger } from "@logtape/logtape";
import { COMMON_COMPONENTS, COMPONENTS, showMath } from "../../embed/needed_components.ts";
import type { Resources, ScriptLink } from "../../embed/resources.ts";
import type { AppContext } from "../context.ts";
import { CREDENTIALS, embedderOf } from "../http/cors.ts";
import { Refusal } from "../http/refusal.ts";
import { openVisit, type Visit } from "../credentials/session_credentials.ts";
import { embeddedPrefix } from "./page_prefix.ts";

const logger = getLogger(["bokeh", "handlers"]);

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

/**
 * Returns the visit of a script or token that a page of another site loads. Only pages of allowed origins get one for the user.
 * For others it tells nothing of the cookies and headers that say who the user is: the page can read the token.
 *
 * @throws {Refusal} As {@linkcode openVisit}, and if the page asks as a user who has logged in.
 */
export async function openEmbeddedVisit(request: Request, context: AppContext): Promise<Visit> {
  if (embedderOf(request.headers, context) !== "foreign") return await openVisit(request, context);
  if (context.user !== undefined) {
    logger.warn(
      "Refused to embed an application in a page of an origin that is not allowed, for a user who has logged in: --allow-websocket-origin permits it",
    );
    throw new Refusal(403, "Origin is not allowed");
  }
  return await openVisit(withoutCredentials(request), context);
}

/** Headers that browsers send with scripts of other sites, whoever the user is, and the one that names a session. */
const SCRIPT_HEADERS = /^(?:accept|accept-.*|bokeh-session-id|dnt|host|referer|sec-.*|user-agent)$/;

/**
 * Returns a request without what may say who the user is. Without `Origin` the browser loads a script, for which it sends cookies: a
 * proxy can take them for its login and add headers of any name, with the user's access token for example. A page cannot add headers
 * to such a request. To one with `Origin` it can, and then it cannot read the response if the browser has sent cookies.
 */
function withoutCredentials({ url, method, headers }: Request): Request {
  const isScript = !headers.has("origin");
  const kept = [...headers].filter(([name]) => !CREDENTIALS.includes(name) && (!isScript || SCRIPT_HEADERS.test(name)));
  return new Request(url, { method, headers: kept });
}

/** Begins the session of a visit, where sessions begin with pages. */
export async function openEmbedding(
  visit: Visit,
  { config, app, url }: AppContext,
  resources: Resources,
): Promise<Embedding> {
  // where another process may hold the session, it begins with the websocket
  const session = config.sessionCreation === "page" && config.peers === undefined
    ? await app.registry.getOrCreate(visit.sessionId, {
      ...visit,
      token: undefined,
      prefix: embeddedPrefix({ config, url }),
    })
    : undefined;
  const math = session !== undefined && showMath(session.document.models);
  return {
    token: visit.token,
    scripts: resources.scripts(math ? COMPONENTS : COMMON_COMPONENTS),
    lateScripts: math ? [] : resources.scripts(["bokeh-mathjax"]),
    logLevel: resources.logLevel,
  };
}
