/**
 * The page that stands for one that could not be made.
 *
 * @module
 */

import { html } from "./escape.ts";

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

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0 auto; max-width: 60rem; padding: 3rem 1.25rem; font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; font-weight: 600; }
pre { overflow: auto; padding: 1rem; border: 1px solid #8884; border-radius: 4px; font-size: .875rem; }
`;

/** A page that says what went wrong. */
export function renderError({ status, title, text, detail }: ErrorPageOptions): string {
  const paragraph = text === undefined ? "" : `\n    <p>${html(text)}</p>`;
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
    <h1>${html(title)}</h1>${paragraph}${stack}
  </body>
</html>
`;
}
