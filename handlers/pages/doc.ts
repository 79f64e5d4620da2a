/**
 * The page of an application.
 *
 * @module
 */

import { COMMON_COMPONENTS, type Component, COMPONENTS, showMath } from "../../embed/needed_components.ts";
import { type PageOptions, renderPage } from "../../embed/page.ts";
import type { ScriptLink } from "../../embed/resources.ts";
import { rootElements, rootsOfItem } from "../../embed/render_item.ts";
import { renderTemplatePage } from "../../embed/template.ts";
import { withoutUploads } from "../../session/file_table.ts";
import type { Session } from "../../session/session.ts";
import type { AppContext } from "../context.ts";
import { answerFailure } from "../http/failure.ts";
import { iconUrl } from "../files/favicon.ts";
import { relayedBy } from "../relay/relay_header.ts";
import { methodNotAllowed, privateResponse } from "../http/responses.ts";
import { beginsAtPage, openVisit, type Visit } from "../credentials/session_credentials.ts";

const TYPE = "text/html; charset=utf-8";

/** Answers with the page of a session, which begins now or when the page's websocket opens. */
export async function handleDoc(request: Request, context: AppContext): Promise<Response> {
  if (request.method !== "GET" && request.method !== "HEAD") return methodNotAllowed(["GET", "HEAD"]);
  try {
    const visit = await openVisit(request, context);
    const atPage = beginsAtPage(context);
    const holder = atPage ? context.config.peers?.holderOf(visit.sessionId) : undefined;
    if (holder !== undefined) return await holder.fetch(request, relayedBy(context));
    const policy = context.config.contentSecurityPolicy;
    const nonce = policy === undefined ? undefined : crypto.randomUUID();
    const html = atPage
      ? await sessionPage(
        await context.app.registry.getOrCreate(visit.sessionId, {
          ...visit,
          token: undefined,
          prefix: context.config.prefix,
        }),
        visit,
        context,
        nonce,
      )
      : renderPage(await pageOptions(visit, UNKNOWN, context, nonce));
    return privateResponse(
      request,
      TYPE,
      visit.readOnly ? withoutUploads(html, context.app.registry.files.uploadsOf(visit.sessionId)) : html,
      policyHeader(policy, nonce),
    );
  } catch (error) {
    return answerFailure(error, context.config);
  }
}

function policyHeader(policy: string | undefined, nonce: string | undefined): Record<string, string> {
  if (policy === undefined || nonce === undefined) return {};
  return { "content-security-policy": policy.replaceAll("{nonce}", nonce) };
}

async function sessionPage(
  { document }: Session,
  visit: Visit,
  context: AppContext,
  nonce: string | undefined,
): Promise<string> {
  const roots = rootElements(document.roots);
  const math = showMath(document.models);
  const title = document.title || UNTITLED;
  const options = await pageOptions(visit, { roots, math, title }, context, nonce);
  const { template, template_variables: variables } = document;
  if (template === null) return renderPage(options);
  return renderTemplatePage({ template, variables, others: context.app.application.templates }, options);
}

/** What Bokeh's own pages are called whose document has no title. */
const UNTITLED = "Bokeh Plot";

const NONE: readonly ScriptLink[] = [];
const LATE: readonly Component[] = ["bokeh-mathjax"];

/** What is known of the document when its page is made. */
interface PageContent extends Pick<PageOptions, "roots" | "title"> {
  /** Whether it holds formulas. */
  readonly math: boolean;
}

/** Of a document that is made when the websocket opens. */
const UNKNOWN: PageContent = { roots: [], title: "Bokeh Application", math: false };

/**
 * Every page has all components, because a document may come to need another at any time; only MathJax, which is larger than the
 * others together, comes late to the pages that do not begin with formulas.
 */
async function pageOptions(
  { token }: Visit,
  { roots, title, math }: PageContent,
  { config }: AppContext,
  nonce: string | undefined,
): Promise<PageOptions> {
  const resources = config.resources();
  const components = math ? COMPONENTS : COMMON_COMPONENTS;
  return {
    title,
    iconUrl: iconUrl(config.prefix),
    scripts: resources.scripts(components),
    inlineScripts: await resources.texts(components),
    lateScripts: math ? NONE : resources.scripts(LATE),
    logLevel: resources.logLevel,
    docs: {},
    renderItems: [{ token, ...rootsOfItem(roots), use_for_title: true }],
    roots,
    ...(nonce === undefined ? {} : { nonce }),
  };
}
