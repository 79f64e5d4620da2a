/** The login page, in the style of the server's own pages. */

const STYLE = `
:root { color-scheme: light dark; --accent: #2a7ab8; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 1rem/1.5 system-ui, sans-serif; }
form { width: min(20rem, 90vw); padding: 2rem; border: 1px solid #8884; border-radius: 8px; }
h1 { margin: 0 0 1rem; font-size: 1.25rem; font-weight: 600; }
label { display: block; margin-bottom: .8rem; }
input { box-sizing: border-box; width: 100%; padding: .5rem; border: 1px solid #8888; border-radius: 4px; font: inherit; }
button { width: 100%; padding: .6rem; border: 0; border-radius: 4px; background: var(--accent); color: #fff; font: inherit; cursor: pointer; }
[role=alert] { margin: 0 0 .8rem; color: #c0392b; }
`;

/** Contents of the page. */
export interface LoginPageOptions {
  /** XSRF token of the form. */
  readonly xsrf: string;
  /** Error message of the previous attempt. */
  readonly problem?: string;
}

/** Returns the HTML of the page. Its form is submitted to the URL of the page. */
export function loginPage({ xsrf, problem }: LoginPageOptions): string {
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Log in</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <form method="post">
      <h1>Log in</h1>
      ${problem === undefined ? "" : `<p role="alert">${problem}</p>`}
      <input type="hidden" name="_xsrf" value="${xsrf}">
      <label>Name <input name="name" autocomplete="username" required autofocus></label>
      <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
      <button>Log in</button>
    </form>
  </body>
</html>
`;
}
