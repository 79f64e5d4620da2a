/**
 * Opening a page in the user's browser.
 *
 * @module
 */

/**
 * Returns the command line that opens a URL.
 *
 * @param browser The user's command, in which `%s` stands for the URL; the system's default browser
 * if undefined or empty.
 */
export function browserCommand(url: string, browser: string | undefined, os = Deno.build.os): [string, ...string[]] {
  if (browser) {
    const [program, ...args] = browser.split(/\s+/);
    const filled = args.map((arg) => arg.replaceAll("%s", url));
    return [program!, ...filled, ...browser.includes("%s") ? [] : [url]];
  }
  if (os === "windows") return ["cmd", "/c", "start", "", url];
  return [os === "darwin" ? "open" : "xdg-open", url];
}

/**
 * Opens a URL in a browser without waiting for the browser to exit. Returns false if the program
 * does not exist.
 */
export function openBrowser(url: string, browser: string | undefined): boolean {
  const [program, ...args] = browserCommand(url, browser);
  try {
    new Deno.Command(program, { args, stdin: "null", stdout: "null", stderr: "null" }).spawn().unref();
    return true;
  } catch {
    return false;
  }
}
