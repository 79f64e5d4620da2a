/**
 * The page of an application: the route `/app`.
 *
 * @module
 */

import {
  anyShowsMath,
  COMMON_COMPONENTS,
  type Component,
  COMPONENTS,
} from "../../embed/resources/bokehjs_components.ts";
import { joinScripts, servedExtensions } from "../../embed/extensions/page_extensions.ts";
import { type PageOptions, renderPage } from "../../embed/pages/page.ts";
import type { ScriptLink } from "../../embed/resources/resources.ts";
import { rootElements, rootsOfItem } from "../../embed/render_item.ts";
import { withoutUploads } from "../../session/file_table.ts";
import type { Session } from "../../session/session.ts";
import type { PageContext } from "../context.ts";
import { pageMetadata } from "./page_metadata.ts";
import { iconUrl } from "../files/favicon.ts";
import { connectionScriptLink } from "../files/connection_script.ts";
import { privateResponse } from "../http/responses.ts";

const TYPE = "text/html; charset=utf-8";

/**
 * Returns the page of a session. The session is created now, or when the page's websocket opens.
 *
 * @throws What the application throws while it fills the document.
 */
export async function handleDoc(request: Request, context: PageContext): Promise<Response> {
  const { config, app, credentials } = context;
  const policy = config.contentSecurityPolicy;
  const nonce = policy === undefined ? undefined : crypto.randomUUID();
  const html = context.startsWithPage
    ? await sessionPage(
      await app.registry.getOrCreate(credentials.sessionId, {
        ...credentials,
        token: undefined,
        prefix: config.prefix,
      }),
      context,
      nonce,
    )
    : renderPage(await pageOptions(UNKNOWN, context, nonce));
  return privateResponse(
    request,
    TYPE,
    credentials.readOnly ? withoutUploads(html, app.registry.files.uploadsOf(credentials.sessionId)) : html,
    policyHeader(policy, nonce),
  );
}

function policyHeader(policy: string | undefined, nonce: string | undefined): Record<string, string> {
  if (policy === undefined || nonce === undefined) return {};
  return { "content-security-policy": policy.replaceAll("{nonce}", nonce) };
}

async function sessionPage(
  { document }: Session,
  context: PageContext,
  nonce: string | undefined,
): Promise<string> {
  const roots = rootElements(document.roots);
  const math = anyShowsMath(document.models);
  const title = document.title || UNTITLED;
  const options = await pageOptions({ roots, math, title }, context, nonce);
  const { template, template_variables: variables } = document;
  if (template === null) return renderPage(options);
  // Imported only here: the template engine is a tenth of the package's code.
  const { renderTemplatePage } = await import("../../embed/pages/template_page.ts");
  return renderTemplatePage({ template, variables, others: context.app.application.templates }, options);
}

/** Bokeh's title of pages whose document has none. */
const UNTITLED = "Bokeh Plot";

const NONE: readonly ScriptLink[] = [];
const LATE: readonly Component[] = ["bokeh-mathjax"];

/** What the page needs of the document. */
interface PageContent extends Pick<PageOptions, "roots" | "title"> {
  /** Whether the document contains formulas. */
  readonly math: boolean;
}

/** Content of a page whose document is created when its websocket opens. */
const UNKNOWN: PageContent = { roots: [], title: "Bokeh Application", math: false };

/**
 * Returns the options of a page. It loads all components of BokehJS, because a document can need
 * another one at any time. MathJax, which is larger than the others together, is loaded last unless
 * the document contains formulas from the start.
 */
async function pageOptions(
  { roots, title, math }: PageContent,
  { app, config, credentials: { token } }: PageContext,
  nonce: string | undefined,
): Promise<PageOptions> {
  const resources = config.resources();
  const components = math ? COMPONENTS : COMMON_COMPONENTS;
  const extensions = await servedExtensions(resources, config.development);
  return {
    title,
    iconUrl: iconUrl(config.prefix),
    ...pageMetadata(app, config.prefix + app.path),
    scripts: joinScripts(resources.scripts(components), extensions.scripts),
    inlineScripts: [...await resources.texts(components), ...extensions.inlineScripts],
    connectionLink: await connectionScriptLink(resources),
    lateScripts: math ? NONE : resources.scripts(LATE),
    logLevel: resources.logLevel,
    docs: {},
    renderItems: [{ token, ...rootsOfItem(roots), use_for_title: true }],
    roots,
    ...(nonce === undefined ? {} : { nonce }),
  };
}
