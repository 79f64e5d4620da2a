/**
 * The pages of logins.
 *
 * @module
 */

import { html } from "../embed/escape.ts";

/** Options of the pages of logins, which an operator can set. */
export interface LoginPageOptions {
  /** Name of the site. @default {"Log in"} */
  title?: string;
  /** Text below the name. */
  text?: string;
  /** URL of a picture above the name, on this server or another one. */
  logo?: string;
  /** Color of the button, as CSS writes colors in hexadecimal: `#0b5cad`. */
  color?: string;
  /** Language of the texts. @default {"en"} */
  lang?: string;
}

/** The form of a login. */
interface LoginForm {
  /** XSRF token. */
  readonly xsrf: string;
  /** Name that the user entered before. */
  readonly name?: string;
  /** Why the last attempt failed. */
  readonly problem?: string | undefined;
}

/** Maximum length of the fields of the form, in UTF-16 code units. */
export const MAX_LENGTH = { name: 200, password: 1000 } as const;

const STYLE = `
:root { color-scheme: light dark; --line: #767676; }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif;
  background: light-dark(#f3f5f8, #14181d); color: light-dark(#1a1a1a, #f0f0f0); }
main { width: min(24rem, 100%); padding: 2rem; border: 1px solid light-dark(#d5dae1, #39424e); border-radius: 12px;
  background: light-dark(#fff, #1d232b); }
img { display: block; max-width: 100%; max-height: 4rem; margin-bottom: 1rem; }
h1 { margin: 0 0 .25rem; font-size: 1.5rem; font-weight: 600; }
p { margin: 0 0 1rem; }
label { display: block; margin-bottom: 1rem; }
input { width: 100%; margin-top: .25rem; padding: .6rem; border: 1px solid var(--line); border-radius: 6px; font: inherit;
  background: transparent; color: inherit; }
button, .button { display: block; width: 100%; padding: .7rem; border: 0; border-radius: 6px; background: var(--accent);
  color: #fff; font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; }
:focus-visible { outline: 3px solid #f5a623; outline-offset: 2px; }
[role=alert] { padding: .6rem .8rem; border-left: 4px solid #c0392b; background: light-dark(#fdecea, #40211f); }
`;

/** Returns the page with the form for name and password. */
export function loginForm(options: LoginPageOptions, { xsrf, name = "", problem }: LoginForm): string {
  const alert = problem === undefined ? "" : `<p role="alert" id="problem">${html(problem)}</p>`;
  const described = problem === undefined ? "" : ' aria-describedby="problem"';
  // the first field that is empty has the focus
  const [first, second] = name === "" ? [" autofocus", ""] : ["", " autofocus"];
  return page(
    options,
    `${alert}
      <form method="post">
        <input type="hidden" name="_xsrf" value="${html(xsrf)}">
        <label>Name <input name="name" value="${
      html(name)
    }" autocomplete="username" maxlength="${MAX_LENGTH.name}" required${first}></label>
        <label>Password <input name="password" type="password" autocomplete="current-password" maxlength="${MAX_LENGTH.password}" required${described}${second}></label>
        <button>Log in</button>
      </form>`,
  );
}

/** Returns a page with a text and a link. */
export function loginMessage(options: LoginPageOptions, text: string, link?: { href: string; label: string }): string {
  const button = link === undefined
    ? ""
    : `\n      <a class="button" href="${html(link.href)}">${html(link.label)}</a>`;
  return page(options, `<p>${html(text)}</p>${button}`);
}

function page(
  { title = "Log in", text, logo, color = "#0b5cad", lang = "en" }: LoginPageOptions,
  content: string,
): string {
  if (!/^#[0-9a-f]{3,8}$/i.test(color)) throw new TypeError(`Cannot use the color ${color}: write it as #0b5cad`);
  return `<!DOCTYPE html>
<html lang="${html(lang)}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${html(title)}</title>
    <style>:root { --accent: ${color}; }${STYLE}</style>
  </head>
  <body>
    <main>
      ${logo === undefined ? "" : `<img src="${html(logo)}" alt="">`}
      <h1>${html(title)}</h1>
      ${text === undefined ? "" : `<p>${html(text)}</p>`}
      ${content}
    </main>
  </body>
</html>
`;
}

/** Returns a page as a response that no cache keeps, and that no other site can show or fill in. */
export function pageResponse(text: string, status: number, cookies: readonly string[] = []): Response {
  const headers = new Headers({
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; img-src *; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    "x-frame-options": "DENY",
  });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(text, { status, headers });
}

/** Returns a redirect after a login, which also sets cookies. */
export function redirectResponse(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ location, "cache-control": "no-store" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}
