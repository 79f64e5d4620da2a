import { assertEquals, assertThrows } from "@std/assert";
import { hostPatterns, isListed, matchHost, OriginList } from "./origins.ts";

interface Fixture {
  match_host: [host: string, pattern: string, expected: boolean][];
  check_allowlist: [host: string, patterns: string[], expected: boolean][];
  create_hosts_allowlist: { hosts: string[] | null; list?: string[]; error?: string }[];
}

const fixture: Fixture = JSON.parse(
  await Deno.readTextFile(new URL("../../tests/fixtures/origins.json", import.meta.url)),
);

function headers(init: Record<string, string>): Headers {
  return new Headers({ host: "apps.example:5006", ...init });
}

Deno.test("matchHost returns what Bokeh returns", () => {
  const wrong = fixture.match_host.filter(([host, pattern, expected]) => matchHost(host, pattern) !== expected);
  assertEquals(wrong, []);
});

Deno.test("isListed returns what Bokeh returns", () => {
  const wrong = fixture.check_allowlist.filter(([host, patterns, expected]) => isListed(host, patterns) !== expected);
  assertEquals(wrong, []);
});

Deno.test("hostPatterns returns what Bokeh returns", () => {
  for (const { hosts, list, error } of fixture.create_hosts_allowlist) {
    if (hosts === null || hosts.length === 0) continue;
    if (error === undefined) assertEquals(hostPatterns(hosts), list);
    else assertThrows(() => hostPatterns(hosts), RangeError);
  }
});

Deno.test("hostPatterns accepts a wildcard for the port, and IPv6 addresses", () => {
  assertEquals(hostPatterns(["a:*", "[::1]:80", "[::1]"]), ["a:*", "[::1]:80", "[::1]:80"]);
});

Deno.test("OriginList allows listed origins and no others", () => {
  const origins = new OriginList(["example.com:80", "*.example.org:8080"]);
  const allowed = ["http://example.com", "http://EXAMPLE.com:80", "http://a.example.org:8080"];
  const refused = [
    "http://example.com:8080",
    "http://example.com.evil.com",
    "http://evilexample.com",
    "http://example.com@evil.com",
    "http://example.com#.evil.com",
    "http://example.com.",
    "http://a.b.example.org:8080",
    "null",
    "",
    "http://example.com, http://evil.com",
    "http://evil.com, http://example.com",
    "http://example.com/path",
    "http://example.com\\.evil.com",
  ];
  for (const origin of allowed) assertEquals(origins.allows(headers({ origin })), true, origin);
  for (const origin of refused) assertEquals(origins.allows(headers({ origin })), false, origin);
});

Deno.test("OriginList allows the origin null only if it allows all", () => {
  assertEquals(new OriginList(["*"]).allows(headers({ origin: "null" })), true);
  assertEquals(new OriginList(["*:80"]).allows(headers({ origin: "null" })), false);
});

Deno.test("OriginList matches https origins without a port with port 443", () => {
  const origins = new OriginList(["example.com:443"]);
  assertEquals(origins.lists("https://example.com"), true);
  assertEquals(origins.lists("http://example.com"), false);
});

Deno.test("OriginList allows pages of the server itself by localhost and IP addresses only", () => {
  const origins = new OriginList([]);
  const own = (host: string) => origins.allows(new Headers({ host, origin: `http://${host}` }));
  for (const host of ["localhost:1", "127.0.0.1:1", "10.1.2.3", "[::1]:1"]) assertEquals(own(host), true, host);
  for (const host of ["evil.com:5006", "localhost.evil.com", "127.0.0.1.evil.com"]) {
    assertEquals(own(host), false, host);
  }
});

Deno.test("OriginList allows requests without an origin unless another site causes them", () => {
  const origins = new OriginList([]);
  assertEquals(origins.allows(headers({})), true);
  assertEquals(origins.allows(headers({ "sec-fetch-site": "same-origin" })), true);
  assertEquals(origins.allows(headers({ "sec-fetch-site": "cross-site" })), false);
  assertEquals(origins.allows(headers({ "sec-fetch-site": "same-site" })), false);
});
