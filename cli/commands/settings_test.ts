import { assertEquals } from "@std/assert";
import { SETTING_NAMES } from "../settings/settings_table.ts";
import { matching, notFound } from "./settings.ts";

Deno.test("matching() prefers an exact name to parts of names", () => {
  assertEquals(matching("log_level"), ["log_level"]);
  assertEquals(matching("BOKEH_SECRET_KEY"), ["secret_key"]);
  assertEquals(matching("ssl"), ["ssl_certfile", "ssl_keyfile", "ssl_password"]);
  assertEquals(matching("nothing"), []);
});

Deno.test("notFound() suggests similar names, or all names", () => {
  const named = (text: string) => notFound(text).split("\n").slice(1).filter(Boolean).map((line) => line.trim());
  assertEquals(named("log_levle")[0], "log_level");
  assertEquals(named("secretkey")[0], "secret_key");
  assertEquals(named("zzz"), [...SETTING_NAMES]);
});
