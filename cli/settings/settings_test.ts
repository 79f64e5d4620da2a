import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { CommandError } from "../exit.ts";
import { Settings } from "./settings.ts";
import { SETTINGS } from "./settings_table.ts";

Deno.test("Settings looks up argument, configuration file, environment, user file and default, in this order", () => {
  const config = { default_server_port: 1 };
  const environment = { BOKEH_DEFAULT_SERVER_PORT: "2" };
  const user = { default_server_port: 3 };
  const port = (settings: Settings, argument?: number) => settings.explain("default_server_port", argument);
  assertEquals(port(new Settings({ config, environment, user }), 0), { value: 0, source: "argument" });
  assertEquals(port(new Settings({ config, environment, user })), { value: 1, source: "configuration file" });
  assertEquals(port(new Settings({ environment, user })), { value: 2, source: "environment" });
  assertEquals(port(new Settings({ user })), { value: 3, source: "user file" });
  assertEquals(port(new Settings()), { value: 5006, source: "default" });
});

Deno.test("Settings converts values by the type of the setting", () => {
  const settings = new Settings({
    environment: { BOKEH_SIGN_SESSIONS: "Yes", BOKEH_MINIFIED: "no", BOKEH_ALLOW_WS_ORIGIN: "a.com, b.com:80" },
  });
  assertEquals(settings.value("sign_sessions"), true);
  assertEquals(settings.value("minified"), false);
  assertEquals(settings.value("allowed_ws_origin"), ["a.com", "b.com:80"]);
  assertEquals(settings.value("secret_key"), null);
});

Deno.test("Settings accepts the names of Bokeh's configuration files", () => {
  const settings = new Settings({ config: { validate_doc: false }, user: { version: "3.9.0" } });
  assertEquals(settings.value("perform_document_validation"), false);
  assertEquals(settings.value("cdn_version"), "3.9.0");
});

Deno.test("Settings uses development defaults if BOKEH_DEV is set", () => {
  const settings = new Settings({ environment: { BOKEH_DEV: "1", BOKEH_MINIFIED: "yes" } });
  assertEquals(settings.explain("log_level"), { value: "debug", source: "development default" });
  assertEquals(settings.explain("minified"), { value: true, source: "environment" });
  assertEquals(new Settings({ environment: { BOKEH_DEV: "no" } }).value("log_level"), "info");
});

Deno.test("Settings.read() rejects a file that is not a map", async () => {
  const file = await Deno.makeTempFile({ suffix: ".yaml" });
  await Deno.writeTextFile(file, "- log_level\n");
  await assertRejects(() => Settings.read(file), CommandError, file);
  await Deno.writeTextFile(file, "# nothing yet\n");
  assertEquals((await Settings.read(file)).value("log_level"), "info");
  await Deno.remove(file);
});

Deno.test("Settings rejects values that it cannot convert", () => {
  const settings = new Settings({ environment: { BOKEH_SIGN_SESSIONS: "perhaps", BOKEH_RESOURCES: "moon" } });
  assertThrows(() => settings.value("sign_sessions"), CommandError, 'BOKEH_SIGN_SESSIONS: "perhaps" is not yes or no');
  assertThrows(() => settings.value("resources"), CommandError, "is not one of server");
});

Deno.test("SETTINGS contains the variables of Bokeh's server", async () => {
  const recorded = JSON.parse(await Deno.readTextFile(new URL("../../tests/fixtures/cli.json", import.meta.url)));
  const printed: string = recorded.find(({ args }: { args: string[] }) => args.join(" ") === "settings").stdout;
  const theirs = printed.match(/BOKEH_\w+/g) ?? [];
  /** Variables that only Bokeh's tests, documentation build and image export read. */
  const elsewhere = /CHROMEDRIVER|DOCS|EXPORT|IGNORE_FILENAME|NODEJS|ERROR_DIAGNOSTICS/;
  const ours = new Set<string>(Object.values(SETTINGS).map((setting) => setting.variable));
  assertEquals(theirs.filter((variable) => !elsewhere.test(variable) && !ours.has(variable)), []);
});
