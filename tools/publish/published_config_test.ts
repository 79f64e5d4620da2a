import { assertEquals } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { jsrSpecifier, publishedConfig } from "./published_config.ts";

Deno.test("jsrSpecifier() maps modules of deno-std to JSR, and nothing else", () => {
  assertEquals(jsrSpecifier("npm:deno-std@1.4.0/media_types/mod.js"), "jsr:@std/media-types@^1");
  assertEquals(jsrSpecifier("npm:deno-std@1.4.0/http/status.js"), "jsr:@std/http@^1/status");
  assertEquals(jsrSpecifier("npm:hono@^4.13.0"), undefined);
});

Deno.test("publishedConfig() keeps the dependencies that published files import", () => {
  const imported = new Set(["@std/html", "#bokehjs/bokeh.min.js.json", "@logtape/logtape"]);
  const { imports, exports, version } = publishedConfig(config, imported);
  assertEquals(imports, {
    "#bokehjs/": config.imports["#bokehjs/"],
    "@logtape/logtape": config.imports["@logtape/logtape"],
    "@std/html": "jsr:@std/html@^1",
  });
  assertEquals([exports, version], [config.exports, config.version]);
});
