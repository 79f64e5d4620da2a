import { assertEquals, assertThrows } from "@std/assert";
import { Deserializer } from "../wire/deserializer.ts";
import { applicationClassSpecs, dataModel } from "./data_model.ts";
import { Serializer } from "../wire/serializer.ts";

Deno.test("dataModel() creates a class with typed attributes and change callbacks", () => {
  const Person = dataModel("TestPerson", { first: "", age: 0, friends: [] as string[] });
  const ada = new Person({ first: "Ada" });
  const received: unknown[] = [];
  ada.on_change("age", (attr, old, age) => received.push(attr, old, age));
  ada.age = 36;
  assertEquals([ada.first, ada.age, ada.friends], ["Ada", 36, []]);
  assertEquals(received, ["age", 0, 36]);
  // @ts-expect-error the attribute is a number
  assertThrows(() => ada.age = "36", TypeError, "TestPerson.age");
  // @ts-expect-error no such attribute
  assertThrows(() => new Person({ frist: "Ada" }), TypeError, "first");
});

Deno.test("dataModel() does not share defaults between models", () => {
  const Bag = dataModel("TestBag", { things: [] as string[] });
  const bag = new Bag();
  bag.things.push("a");
  assertEquals(new Bag().things, []);
});

Deno.test("dataModel() creates models that can be serialized and deserialized", () => {
  const Point = dataModel("TestPoint", { x: 0, y: 0 });
  const rep = new Serializer().encode(new Point({ x: 3 }));
  const read = new Deserializer().decode(rep);
  assertEquals(read instanceof Point && [read.x, read.y], [3, 0]);
});

Deno.test("dataModel() rejects names of Bokeh's classes and of members of Model", () => {
  assertThrows(() => dataModel("Slider", {}), TypeError, "Cannot define Slider");
  assertThrows(() => dataModel("TestBad", { references: 1 }), TypeError, '"references" cannot be an attribute');
  assertThrows(() => dataModel("TestBad", { constructor: 1 }), TypeError, '"constructor" cannot be an attribute');
});

Deno.test("dataModel() derives classes and overrides defaults", () => {
  const Parent = dataModel("TestParent", { age: 40, name_of_dog: "" });
  const Child = dataModel("TestChild", { age: 7, toy: "bear" }, Parent);
  const child = new Child({ name_of_dog: "Bo" });
  assertEquals([child.age, child.toy, child.name_of_dog, new Parent().age], [7, "bear", "Bo", 40]);
  assertEquals(child.isA("TestParent"), true);
  assertThrows(() => child.set("age", "old"), TypeError, "TestChild.age");
  const definition = applicationClassSpecs().find(({ name }) => name === "TestChild")?.definition;
  assertEquals(definition?.extends, { id: "TestParent" });
  assertEquals(definition?.properties?.map(({ name }) => name), ["toy"]);
  assertEquals(definition?.overrides, [{ name: "age", default: 7 }]);
});
