/**
 * The pages of the documentation's site.
 *
 * @module
 */

import { Marked } from "marked";
import { html } from "../../embed/escape.ts";

/** A page of the site. */
export interface SitePage {
  /** The page. */
  readonly html: string;
  /** Paths below the root of the repository of the examples that it shows live. */
  readonly examples: readonly string[];
  /** Paths below the root of the repository of the other files that it links. */
  readonly files: readonly string[];
}

/** Options of {@linkcode sitePage}. */
export interface SiteOptions {
  /** Returns whether an example is live. */
  isLive(example: string): boolean;
  /** Returns whether a path below the root of the repository is a folder. */
  isFolder(path: string): boolean;
}

const LIVE = /<!-- live: (examples\/[\w/]+\.ts) -->/g;
const PICTURE = /\[Source\]\(\.\.\/(examples\/gallery\/\w+\.ts)\)\n\n!\[[^\]]*\]\([^)]*\)/g;
const HEIGHT = 480;

/**
 * Enlarges the frames to their content, where the browser allows it. A layout that fills its frame does not change it.
 */
const RESIZE = `for (const frame of document.querySelectorAll("iframe")) {
  frame.addEventListener("load", () => {
    const page = frame.contentDocument;
    if (!page) return;
    const fit = () => {
      const roots = [...page.querySelectorAll("#bokeh-live > *")];
      const bottom = Math.ceil(Math.max(0, ...roots.map((root) => root.getBoundingClientRect().bottom)));
      if (bottom > frame.clientHeight) frame.style.height = bottom + "px";
    };
    const sizes = new ResizeObserver(fit);
    const added = () => page.querySelectorAll("#bokeh-live > *").forEach((root) => sizes.observe(root));
    new MutationObserver(added).observe(page.getElementById("bokeh-live"), { childList: true });
    added();
  });
}`;

const STYLE = `body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
pre { background: #f4f4f4; padding: 0.8rem; overflow-x: auto; }
code { font-size: 0.9em; }
table { border-collapse: collapse; }
td, th { border: 1px solid #ccc; padding: 0.3rem 0.5rem; vertical-align: top; text-align: left; }
iframe { width: 100%; border: 0; }
img { max-width: 100%; }`;

/**
 * Returns a page of the guide. Its live examples are frames with the pages that `html --live` writes.
 *
 * @param name File name of the page below `docs/`, without its ending.
 * @param markdown The text of the page.
 */
export function sitePage(name: string, markdown: string, { isLive, isFolder }: SiteOptions): SitePage {
  const examples: string[] = [];
  const frame = (example: string) => {
    examples.push(example);
    const path = livePath(example);
    return `<iframe title="Live example" loading="lazy" height="${HEIGHT}" src="${path}/index.html"></iframe>`;
  };
  const text = markdown
    .replaceAll(LIVE, (marker, example) => isLive(example) ? frame(example) : marker)
    .replaceAll(PICTURE, (entry, example) => isLive(example) ? `[Source](../${example})\n\n${frame(example)}` : entry);
  const files: string[] = [];
  const link = (href: string) => {
    if (/^(?:[a-z]+:|#)/.test(href)) return href;
    const page = /^(\w+)\.md(#.*)?$/.exec(href);
    if (page !== null) return `${page[1] === "README" ? "index" : page[1]}.html${page[2] ?? ""}`;
    const [path = ""] = decodeURIComponent(new URL(href, "file:///docs/").pathname).slice(1).split("#");
    files.push(path);
    if (isFolder(path)) return `files/${path.replace(/\/?$/, "/")}index.html`;
    return `files/${path}${/\.(?:png|svg|html)$/.test(path) ? "" : ".txt"}`;
  };
  return { html: page(title(text) ?? name, render(text, link)), examples, files };
}

/** Returns the path of the folder with an example's page, below the site. */
export function livePath(example: string): string {
  return `live/${example.replace(/^examples\//, "").replace(/\.ts$/, "")}`;
}

function title(text: string): string | undefined {
  return /^# (.+)$/m.exec(text)?.[1]?.replaceAll("`", "");
}

function render(text: string, link: (href: string) => string): string {
  const ids = new Map<string, number>();
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth, text }) {
        const id = slug(text);
        const count = ids.get(id) ?? 0;
        ids.set(id, count + 1);
        const own = count === 0 ? id : `${id}-${count}`;
        return `<h${depth} id="${own}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
    },
    walkTokens: (token) => {
      if (token.type === "link" || token.type === "image") token.href = link(token.href);
    },
  });
  return marked.parse(text, { async: false });
}

/** Returns the id of a heading, as GitHub makes it. */
function slug(text: string): string {
  return text.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").trim().replaceAll(/\s/g, "-");
}

function page(title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${html(title)}</title>
    <link rel="icon" href="data:,">
    <style>${STYLE}</style>
  </head>
  <body>
<nav><a href="index.html">Guide</a> · <a href="gallery.html">Gallery</a></nav>
<main>
${body}</main>
<script>${RESIZE}</script>
  </body>
</html>
`;
}
