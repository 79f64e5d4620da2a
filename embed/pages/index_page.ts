/**
 * The page that lists the applications of a server.
 *
 * @module
 */

import { html } from "../escape.ts";
import { iconLink } from "./page.ts";

/** An application in the list. */
export interface IndexEntry {
  /** URL of the application's page; undefined if its path has variable parts. */
  readonly url: string | undefined;
  /** Path of the application without its first slash. */
  readonly name: string;
  /** Title of the application, shown above its name. */
  readonly title?: string | undefined;
  /** Description of the application, shown below its name. */
  readonly description?: string | undefined;
  /** URL of a picture of the application. */
  readonly picture?: string | undefined;
}

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#c5ccd4, #4a5562); --accent: light-dark(#1f6391, #86bfea); }
html { background: Canvas; color: CanvasText; }
body { margin: 0 auto; max-width: 60rem; padding: 3rem 1.25rem; font: 1rem/1.5 system-ui, sans-serif; }
h1 { margin: 0 0 1.5rem; font-size: 1.5rem; font-weight: 600; }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); }
li { position: relative; padding: 1rem 1.25rem; border: 1px solid var(--line); border-top: 3px solid var(--accent); border-radius: 6px; }
li:hover, li:focus-within { border-color: var(--accent); box-shadow: 0 2px 10px #0002; }
a { color: var(--accent); text-decoration: none; }
a::after { content: ""; position: absolute; inset: 0; }
a:only-child, b { font-weight: 600; }
b { display: block; }
p { margin: .4rem 0 0; font-size: .95rem; }
img { display: block; width: 100%; aspect-ratio: 16 / 9; object-fit: cover; margin-bottom: .75rem; border-radius: 4px; }
a:focus-visible { outline: none; }
li:focus-within { outline: 3px solid #f5a623; }
`;

/**
 * Returns a page with a link to each application. It needs no script and no other resource than its
 * icon.
 *
 * @param iconUrl URL of the icon. Browsers request `/favicon.ico` by default.
 */
export function renderIndex(entries: readonly IndexEntry[], iconUrl?: string): string {
  const items = entries.map((entry) => `        <li>${renderEntry(entry)}</li>`);
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Bokeh applications</title>
    ${iconLink(iconUrl)}<style>${STYLE}</style>
  </head>
  <body>
    <main>
      <h1>Bokeh applications</h1>
      <ul>
${items.join("\n")}
      </ul>
    </main>
  </body>
</html>
`;
}

function renderEntry({ url, name, title, description, picture }: IndexEntry): string {
  const image = picture === undefined ? "" : `<img src="${html(picture)}" alt="" loading="lazy">`;
  const heading = title === undefined ? "" : `<b>${html(title)}</b>`;
  const text = description === undefined ? "" : `<p>${html(description)}</p>`;
  const link = url === undefined ? `<span>${html(name)}</span>` : `<a href="${html(url)}">${html(name)}</a>`;
  return image + heading + link + text;
}
