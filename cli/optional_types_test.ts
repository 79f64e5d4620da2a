import { assertEquals } from "@std/assert";
import * as exporting from "../export/mod.ts";
import * as redis from "../store/redis/mod.ts";
import type { ExportModule, RedisModule } from "./optional_types.ts";

Deno.test("ExportModule and RedisModule are types of the modules", () => {
  const modules: [ExportModule, RedisModule] = [exporting, redis];
  assertEquals(modules, [exporting, redis]);
});
