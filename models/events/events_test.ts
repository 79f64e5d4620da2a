import { assert, assertEquals, assertInstanceOf, assertStrictEquals, assertThrows } from "@std/assert";
import known from "../../tests/fixtures/events.json" with { type: "json" };
import * as events from "../events.ts";
import { Button, Plot, Slider } from "../mod.ts";

Deno.test("event_class() returns all of Bokeh's events by name, with the same base classes", () => {
  for (const [name, { event_name, bases }] of Object.entries(known)) {
    const cls = events.event_class(event_name);
    assertStrictEquals(Reflect.get(events, name), cls);
    const prototype = cls?.prototype ?? null;
    for (const base of bases.filter((base) => base !== "Serializable")) {
      assert(prototype instanceof Reflect.get(events, base), `${name} is a ${base}`);
    }
  }
});

Deno.test("event_class() returns undefined for unknown names", () => {
  assertEquals(events.event_class("__proto__"), undefined);
  assertEquals(events.event_class("Tap"), undefined);
});

Deno.test("fromValues() creates an event from received values", () => {
  const model = new Plot();
  const event = events.Tap.fromValues({ model, sx: 1, sy: 2, x: NaN, y: null });
  assertInstanceOf(event, events.Tap);
  assertEquals(event.event_values(), { model, sx: 1, sy: 2, x: NaN, y: null, modifiers: null });
});

Deno.test("fromValues() ignores unknown fields", () => {
  assertEquals(events.DocumentReady.fromValues({ later: 1 }).event_values(), {});
});

Deno.test("fromValues() throws for missing fields and wrong types", () => {
  const model = new Plot();
  assertThrows(() => events.Tap.fromValues({ model, sx: "1" }), TypeError, "Tap.sx");
  assertThrows(() => events.Tap.fromValues({ sx: 1 }), TypeError, "Tap.model");
  assertThrows(() => events.Tap.fromValues({ model: new Slider() }), TypeError, "Tap.model");
  assertThrows(() => events.ButtonClick.fromValues({ model: { type: "Button" } }), TypeError, "ButtonClick.model");
  assertThrows(() => events.ValueSubmit.fromValues({ model: null }), TypeError, "ValueSubmit.value");
  assertThrows(() => events.FileInputChange.fromValues({ model: null, value: ["a", 1] }), TypeError, "value");
});

Deno.test("ModelEvent accepts models of derived classes", () => {
  const button = new Button();
  assertStrictEquals(new events.ButtonClick({ model: button }).model, button);
});

Deno.test("registerEvents() adds an event class of an application", () => {
  class Blink extends events.ModelEvent {
    static override readonly event_name = "test_blink";
  }
  events.registerEvents(Blink);
  assertInstanceOf(events.event_class("test_blink")?.fromValues({ model: null }), Blink);
});

Deno.test("fields of events are read-only", () => {
  const event = new events.RangesUpdate({ model: null, x0: 1 });
  assertThrows(() => Object.assign(event, { x0: 2 }), TypeError);
});
