import { assertEquals } from "@std/assert";
import { browserCommand } from "./open_browser.ts";

Deno.test("browserCommand puts the address where the user's command wants it", () => {
  assertEquals(browserCommand("http://x/", "firefox --new-tab %s"), ["firefox", "--new-tab", "http://x/"]);
  assertEquals(browserCommand("http://x/", "firefox"), ["firefox", "http://x/"]);
});

Deno.test("browserCommand takes the system's without one", () => {
  assertEquals(browserCommand("http://x/", undefined, "linux"), ["xdg-open", "http://x/"]);
  assertEquals(browserCommand("http://x/", undefined, "darwin"), ["open", "http://x/"]);
});
