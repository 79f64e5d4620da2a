import { assertEquals } from "@std/assert";
import { Settings } from "../settings/settings.ts";
import { changedSettings } from "./info.ts";

Deno.test("changedSettings() lists settings that are set, without secrets", () => {
  const environment = { BOKEH_MINIFIED: "no", BOKEH_SECRET_KEY: "very secret" };
  assertEquals(changedSettings(new Settings({ environment })), [
    "  minified (BOKEH_MINIFIED): false (environment)",
    "  secret_key (BOKEH_SECRET_KEY): (set, not shown) (environment)",
  ]);
  assertEquals(changedSettings(new Settings()), []);
});
