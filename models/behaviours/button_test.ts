import { assertEquals, assertStrictEquals } from "@std/assert";
import { LegendItemClick } from "../events.ts";
import { CustomJS, Legend } from "../mod.ts";

Deno.test("legends tell of clicks of their items", () => {
  const legend = new Legend();
  const onClick = () => {};
  legend.on_click(onClick);
  assertEquals(legend.eventCallbacks(LegendItemClick.event_name), [onClick]);
  assertEquals(legend.subscribed_events.has("legend_item_click"), true);
  const code = new CustomJS({ code: "1" });
  legend.js_on_click(code);
  assertStrictEquals(legend.js_event_callbacks["legend_item_click"]?.[0], code);
});
