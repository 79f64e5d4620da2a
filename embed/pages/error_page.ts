/**
 * Error pages.
 *
 * @module
 */

import { html } from "../escape.ts";

/** Options of {@linkcode renderError}. */
interface ErrorPageOptions {
  /** HTTP status. */
  status: number;
  /** Short description of the error, as "Not Found". */
  title: string;
  /**
   * Reason, or advice to the user. The default depends on the status, and is empty if there is a
   * detail.
   */
  text?: string;
  /** Error with its stack. Only for pages in development. */
  detail?: string;
}

/** Advice to users by status. */
const TEXTS: Readonly<Record<number, string>> = {
  401: "Log in and try again.",
  403: "This server refuses the request.",
  404: "There is no page at this address. The address may be wrong, or the application is no longer served.",
  500: "An error occurred on the server; its log has the details. Try again later, or contact the administrator.",
  503: "The server does not accept requests at present. Try again later.",
};

const STYLE = `
:root { color-scheme: light dark; }
html { background: Canvas; color: CanvasText; }
body { margin: 0 auto; max-width: 52rem; padding: 12vh 1.25rem 3rem; font: 1rem/1.5 system-ui, sans-serif; }
small { color: light-dark(#1f6391, #86bfea); font-size: 1rem; font-weight: 600; letter-spacing: .05em; }
h1 { margin: 0 0 .5rem; font-size: 1.75rem; font-weight: 600; }
p { margin: 0; max-width: 36rem; }
pre { overflow: auto; margin: 1.5rem 0 0; padding: 1rem 1.25rem; border: 1px solid #8884; border-left: 3px solid #c0392b; border-radius: 4px; font-size: .875rem; }
`;

/** Returns an error page. It needs no script and no other resource. */
export function renderError({ status, title, text, detail }: ErrorPageOptions): string {
  const advice = text ?? (detail === undefined ? TEXTS[status] : undefined);
  const paragraph = advice === undefined ? "" : `\n      <p>${html(advice)}</p>`;
  const stack = detail === undefined ? "" : `\n      <pre tabindex="0">${html(detail)}</pre>`;
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${status} ${html(title)}</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>
      <small>${status}</small>
      <h1>${html(title)}</h1>${paragraph}${stack}
    </main>
  </body>
</html>
`;
}
