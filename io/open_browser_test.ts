import { assertEquals } from "@std/assert";
import { browserCommand } from "./open_browser.ts";

Deno.test("browserCommand() replaces %s in the user's command, or appends the URL", () => {
  assertEquals(browserCommand("http://x/", "firefox --new-tab %s"), ["firefox", "--new-tab", "http://x/"]);
  assertEquals(browserCommand("http://x/", "firefox"), ["firefox", "http://x/"]);
});

Deno.test("browserCommand() uses the system's command by default", () => {
  assertEquals(browserCommand("http://x/", undefined, "linux"), ["xdg-open", "http://x/"]);
  assertEquals(browserCommand("http://x/", undefined, "darwin"), ["open", "http://x/"]);
});
