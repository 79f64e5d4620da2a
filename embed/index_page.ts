/**
 * The page that lists the applications of a server.
 *
 * @module
 */

import { html } from "./escape.ts";

/** One application in the list. */
export interface IndexEntry {
  /** URL of the application's page. */
  readonly url: string;
  /** Its path without the slash before it. */
  readonly name: string;
  /** A title to show beside the name. */
  readonly title?: string | undefined;
  /** A sentence or two about it. */
  readonly description?: string | undefined;
}

const STYLE = `
:root { color-scheme: light dark; --line: #8884; --accent: #2a7ab8; }
body { margin: 0 auto; max-width: 44rem; padding: 3rem 1.25rem; font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; font-weight: 600; }
ul { list-style: none; margin: 2rem 0; padding: 0; border-top: 1px solid var(--line); }
li { padding: .9rem 0; border-bottom: 1px solid var(--line); }
a { color: var(--accent); font-weight: 600; text-decoration: none; }
a:hover { text-decoration: underline; }
p { margin: .2rem 0 0; opacity: .75; }
`;

/** A page with a link to each application. It needs nothing from elsewhere. */
export function renderIndex(entries: readonly IndexEntry[]): string {
  const items = entries.map((entry) => `      <li>${renderEntry(entry)}</li>`);
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Bokeh applications</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <h1>Bokeh applications</h1>
    <ul>
${items.join("\n")}
    </ul>
  </body>
</html>
`;
}

function renderEntry({ url, name, title, description }: IndexEntry): string {
  const link = `<a href="${html(url)}">${html(name)}</a>`;
  const heading = title === undefined ? link : `${link} ${html(title)}`;
  return description === undefined ? heading : `${heading}<p>${html(description)}</p>`;
}
