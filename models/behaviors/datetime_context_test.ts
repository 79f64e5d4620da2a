import { assertEquals } from "@std/assert";
import { RELATIVE_DATETIME_CONTEXT } from "./datetime_context.ts";
import { DatetimeTickFormatter } from "../gen/classes.ts";

Deno.test("RELATIVE_DATETIME_CONTEXT() creates a new context for each call", () => {
  const [one, other] = [RELATIVE_DATETIME_CONTEXT(), RELATIVE_DATETIME_CONTEXT()];
  assertEquals([one === other, one.hours, one.days, one.years], [false, "%F", "%Y", ""]);
  assertEquals(new DatetimeTickFormatter({ context: one }).context === one, true);
});
