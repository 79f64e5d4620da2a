import { assertEquals, assertStringIncludes } from "@std/assert";
import { warningsOf } from "./warnings.ts";

Deno.test("warningsOf() returns nothing for options without problems", () => {
  const options = { secretKey: "k".repeat(32), extraWebsocketOrigins: ["*.example.com:443"] };
  assertEquals(warningsOf({}, options, ["app.ts", "dash"]), []);
});

Deno.test("warningsOf() reports options without effect, access for any site, short keys, and main files served alone", () => {
  const options = { secretKey: "short", extraWebsocketOrigins: ["*:80"] };
  const [compression, origins, key, main, ...more] = warningsOf(
    { websocketCompressionLevel: 6, websocketCompressionMemLevel: 1 },
    options,
    ["dash/main.ts"],
  );
  assertEquals(more, []);
  assertStringIncludes(compression!, "--websocket-compression-level");
  assertStringIncludes(origins!, "*");
  assertStringIncludes(key!, "32 bytes");
  assertStringIncludes(main!, "dash");
});
