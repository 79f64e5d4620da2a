/**
 * The page that stands for one that could not be made.
 *
 * @module
 */

import { html } from "../escape.ts";

/** Options of {@linkcode renderError}. */
export interface ErrorPageOptions {
  /** Status of HTTP. */
  status: number;
  /** What happened, in a few words for anybody. */
  title: string;
  /** What to do or why it happened. */
  text?: string;
  /** The error with its stack: for the developer's eyes only. */
  detail?: string;
}

/** What a visitor may make of a status. */
const TEXTS: Readonly<Record<number, string>> = {
  401: "Log in, and come back.",
  403: "This server does not let the request in.",
  404: "There is nothing at this address. It may have been mistyped, or the application is no longer here.",
  500: "Something went wrong on the server, and its log says what. Try again later, or tell whoever looks after it.",
  503: "The server takes no visitors just now. Try again in a moment.",
};

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 52rem; padding: 12vh 1.25rem 3rem; font: 1rem/1.5 system-ui, sans-serif; }
small { color: #2a7ab8; font-size: 1rem; font-weight: 600; letter-spacing: .05em; }
h1 { margin: 0 0 .5rem; font-size: 1.75rem; font-weight: 600; }
p { margin: 0; max-width: 36rem; opacity: .8; }
pre { overflow: auto; margin: 1.5rem 0 0; padding: 1rem 1.25rem; border: 1px solid #8884; border-left: 3px solid #c0392b; border-radius: 4px; font-size: .875rem; }
`;

/** A page that says what went wrong. */
export function renderError({ status, title, text, detail }: ErrorPageOptions): string {
  // who sees the error needs no comfort
  const comfort = text ?? (detail === undefined ? TEXTS[status] : undefined);
  const paragraph = comfort === undefined ? "" : `\n    <p>${html(comfort)}</p>`;
  const stack = detail === undefined ? "" : `\n    <pre>${html(detail)}</pre>`;
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${status} ${html(title)}</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <small>${status}</small>
    <h1>${html(title)}</h1>${paragraph}${stack}
  </body>
</html>
`;
}
