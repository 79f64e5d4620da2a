import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { LegendItemClick } from "../events.ts";
import { Button, CustomJS, Legend } from "../mod.ts";

Deno.test("Legend.on_click() is called for clicks of items", () => {
  const legend = new Legend();
  const onClick = () => {};
  legend.on_click(onClick);
  assertEquals(legend.eventCallbacks(LegendItemClick.event_name), [onClick]);
  assertEquals(legend.subscribed_events.has("legend_item_click"), true);
  const code = new CustomJS({ code: "1" });
  legend.js_on_click(code);
  assertStrictEquals(legend.js_event_callbacks["legend_item_click"]?.[0], code);
});

Deno.test("js_on_event() throws for unknown events", () => {
  const button = new Button({ label: "b" });
  const code = new CustomJS({ code: "1" });
  assertThrows(() => button.js_on_event("button_clik", code), TypeError, "button_click");
  button.js_on_event("button_click", code);
  assertEquals(button.js_event_callbacks, { button_click: [code] });
});
