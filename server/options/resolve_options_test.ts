import { assertEquals, assertThrows } from "@std/assert";
import type { BokehServerOptions } from "./options.ts";
import type { AuthProvider } from "../auth.ts";
import { resolveOptions } from "./resolve_options.ts";

Deno.test("resolveOptions has Bokeh's defaults", () => {
  const options = resolveOptions({});
  assertEquals(options.keepAliveMilliseconds, 37_000);
  assertEquals(options.checkUnusedSessionsMilliseconds, 17_000);
  assertEquals(options.unusedSessionLifetimeMilliseconds, 15_000);
  assertEquals(options.statsLogFrequencyMilliseconds, 15_000);
  assertEquals(options.limits.maxMessageBytes, 20 * 1024 * 1024);
  assertEquals(options.sessionTokenExpiration, 300);
  assertEquals([options.useIndex, options.redirectRoot, options.generateSessionIds], [true, true, true]);
});

Deno.test("resolveOptions gives a prefix one leading and no trailing slash", () => {
  for (const prefix of ["my/apps", "/my/apps", "my/apps/", "//my/apps//"]) {
    assertEquals(resolveOptions({ prefix }).prefix, "/my/apps");
  }
  assertEquals(resolveOptions({ prefix: "/" }).prefix, "");
});

Deno.test("resolveOptions gives origins without a port the port 80", () => {
  assertEquals(resolveOptions({ extraWebsocketOrigins: ["a", "b:1"] }).extraWebsocketOrigins, ["a:80", "b:1"]);
});

Deno.test("resolveOptions refuses numbers out of their range and names the option", () => {
  const wrong: [keyof BokehServerOptions, number][] = [
    ["keepAliveMilliseconds", -1],
    ["checkUnusedSessionsMilliseconds", 0],
    ["unusedSessionLifetimeMilliseconds", 0],
    ["statsLogFrequencyMilliseconds", 0],
    ["memLogFrequencyMilliseconds", -1],
    ["websocketMaxMessageSizeBytes", 0],
    ["sessionTokenExpiration", 0],
    ["sessionTokenExpiration", NaN],
  ];
  const most: [keyof BokehServerOptions, number, string][] = [
    ["keepAliveMilliseconds", 30 * 86_400_000, "2147483647"],
    ["keepAliveMilliseconds", Infinity, "2147483647"],
    ["sessionTokenExpiration", Infinity, "3153600000"],
  ];
  for (const [name, value, greatest] of most) {
    assertThrows(
      () => resolveOptions({ [name]: value }),
      RangeError,
      `Cannot use ${name}: ${value} is greater than ${greatest}`,
    );
  }
  for (const [name, value] of wrong) assertThrows(() => resolveOptions({ [name]: value }), RangeError, name);
  assertEquals(resolveOptions({ keepAliveMilliseconds: 0 }).keepAliveMilliseconds, 0);
});

Deno.test("resolveOptions refuses options that exclude each other", () => {
  assertThrows(() => resolveOptions({ includeHeaders: ["a"], excludeHeaders: ["b"] }), RangeError, "excludeHeaders");
  assertThrows(() => resolveOptions({ includeCookies: ["a"], excludeCookies: ["b"] }), RangeError, "excludeCookies");
  assertThrows(() => resolveOptions({ signSessions: true }), TypeError, "secretKey");
});

Deno.test("resolveOptions refuses auth providers without a way to log in", () => {
  const getUser = () => null;
  const loginUrl = "/login";
  assertThrows(() => resolveOptions({ authProvider: { getUser } }), TypeError, "loginUrl");
  assertThrows(() => resolveOptions({ authProvider: { getUser, loginUrl: "https://h/" } }), TypeError, "getLoginUrl");
  assertThrows(
    () => resolveOptions({ authProvider: { getUser, loginUrl, getLoginUrl: () => "/" } }),
    TypeError,
    "both",
  );
  assertThrows(
    () => resolveOptions({ authProvider: { getUser, getUserAsync: () => Promise.resolve(), loginUrl } }),
    TypeError,
    "both",
  );
  assertThrows(() => resolveOptions({ authProvider: { logoutHandler: () => new Response() } }), TypeError, "logoutUrl");
  const authProvider: AuthProvider = JSON.parse('{ "loginUrl": "/login", "loginHandler": "login.html" }');
  assertThrows(
    () => resolveOptions({ authProvider }),
    TypeError,
    "loginHandler is not a function",
  );
});
