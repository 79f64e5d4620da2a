import { assertEquals } from "@std/assert";
import { forwardedRequest } from "./forwarded.ts";

function ask(headers: Record<string, string>, believed = true): [href: string, prefix: string] {
  const { url, prefix } = forwardedRequest(new Request("http://inside:5006/app?a=1", { headers }), believed);
  return [url.href, prefix];
}

Deno.test("forwardedRequest ignores the headers of proxies that are not trusted", () => {
  const headers = { "x-forwarded-proto": "https", "x-forwarded-host": "evil", "x-forwarded-prefix": "/evil" };
  assertEquals(ask(headers, false), ["http://inside:5006/app?a=1", ""]);
});

Deno.test("forwardedRequest uses scheme, host and prefix of the nearest proxy", () => {
  assertEquals(ask({ "x-scheme": "https" }), ["https://inside:5006/app?a=1", ""]);
  assertEquals(ask({ "x-forwarded-proto": "http, https" }), ["https://inside:5006/app?a=1", ""]);
  assertEquals(ask({ "x-forwarded-host": "a.example, b.example:8443" }), ["http://b.example:8443/app?a=1", ""]);
  assertEquals(ask({ "x-forwarded-host": "b.example" }), ["http://b.example/app?a=1", ""]);
  assertEquals(ask({ "x-forwarded-prefix": "/apps/" }), ["http://inside:5006/app?a=1", "/apps"]);
});

Deno.test("forwardedRequest reads the header Forwarded", () => {
  assertEquals(ask({ forwarded: 'for=1.2.3.4;proto=http, for=5.6.7.8;Host="b.example:1";proto=https' }), [
    "https://b.example:1/app?a=1",
    "",
  ]);
});

Deno.test("forwardedRequest ignores values that are no scheme, host or path", () => {
  for (const prefix of ["//evil.com", "/a b", '/"><script>', "apps", "/a?b", "/..%2f"]) {
    assertEquals(ask({ "x-forwarded-prefix": prefix })[1], "");
  }
  assertEquals(ask({ "x-scheme": "javascript", "x-forwarded-host": "a/b" })[0], "http://inside:5006/app?a=1");
});
