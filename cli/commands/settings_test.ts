import { assertEquals, assertThrows } from "@std/assert";
import { CommandError } from "../exit.ts";
import { matching } from "./settings.ts";

Deno.test("matching takes a whole name before parts of names", () => {
  assertEquals(matching("log_level"), ["log_level"]);
  assertEquals(matching("BOKEH_SECRET_KEY"), ["secret_key"]);
  assertEquals(matching("ssl"), ["ssl_certfile", "ssl_keyfile", "ssl_password"]);
  assertThrows(() => matching("nothing"), CommandError, "nothing");
});
