import { assertEquals } from "@std/assert";
import { Settings } from "../settings/settings.ts";
import { setSettings } from "./info.ts";

Deno.test("setSettings() lists settings that are set, without secrets", () => {
  const environment = { BOKEH_MINIFIED: "no", BOKEH_SECRET_KEY: "very secret" };
  assertEquals(setSettings(new Settings({ environment })), [
    "  minified (BOKEH_MINIFIED): false (environment)",
    "  secret_key (BOKEH_SECRET_KEY): (set, not shown) (environment)",
  ]);
  assertEquals(setSettings(new Settings()), []);
});
