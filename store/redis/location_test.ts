import { assertEquals, assertThrows } from "@std/assert";
import { parseRedisUrl } from "./location.ts";

Deno.test("parseRedisUrl() parses the URL of a single server", () => {
  assertEquals(parseRedisUrl("redis://valkey"), {
    topology: "single",
    tls: false,
    hosts: [{ host: "valkey", port: 6379 }],
    database: 0,
  });
  assertEquals(parseRedisUrl("rediss://me:a%40b@[::1]:7000/3"), {
    topology: "single",
    tls: true,
    hosts: [{ host: "::1", port: 7000 }],
    username: "me",
    password: "a@b",
    database: 3,
  });
  assertEquals(parseRedisUrl("redis://:secret@valkey").password, "secret");
});

Deno.test("parseRedisUrl() parses the URLs of Sentinels and clusters", () => {
  assertEquals(parseRedisUrl("redis+sentinel://a,b:26380/main"), {
    topology: "sentinel",
    tls: false,
    hosts: [{ host: "a", port: 26379 }, { host: "b", port: 26380 }],
    sentinelName: "main",
    database: 0,
  });
  assertEquals(parseRedisUrl("redis+cluster://a:1,b:2").hosts, [{ host: "a", port: 1 }, { host: "b", port: 2 }]);
});

Deno.test("parseRedisUrl() refuses other forms with a message without the password", () => {
  for (
    const url of [
      "valkey:6379",
      "http://valkey",
      "redis://",
      "redis://a,b",
      "redis://a/x",
      "redis+sentinel://a",
      "redis://u:secret@a:99999",
    ]
  ) {
    const { message } = assertThrows(() => parseRedisUrl(url), TypeError, "Cannot read Redis URL");
    assertEquals(message.includes("secret"), false, message);
  }
});
