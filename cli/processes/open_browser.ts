/**
 * Opening a page in the user's browser.
 *
 * @module
 */

/** The command that opens an address: the user's, whose `%s` is the address, or the system's. */
export function browserCommand(url: string, browser: string | undefined, os = Deno.build.os): [string, ...string[]] {
  if (browser) {
    const [program, ...args] = browser.split(/\s+/);
    const filled = args.map((arg) => arg.replaceAll("%s", url));
    return [program!, ...filled, ...browser.includes("%s") ? [] : [url]];
  }
  if (os === "windows") return ["cmd", "/c", "start", "", url];
  return [os === "darwin" ? "open" : "xdg-open", url];
}

/** Opens an address, and does not wait for the browser to end; false where there is none. */
export function openBrowser(url: string, browser: string | undefined): boolean {
  const [program, ...args] = browserCommand(url, browser);
  try {
    new Deno.Command(program, { args, stdin: "null", stdout: "null", stderr: "null" }).spawn().unref();
    return true;
  } catch {
    return false;
  }
}
