import { assertEquals, assertThrows } from "@std/assert";
import { figure } from "../../plotting/mod.ts";
import { dataModel, LayoutDOM, type Model, Plot, Slider } from "../mod.ts";
import { modelClass, modelNames } from "../spec/registry.ts";

/** Assigns an attribute without type checks. */
function assign(model: Model, attr: string, value: unknown): void {
  Reflect.set(model, attr, value);
}

Deno.test("Model rejects an assignment to an attribute that it does not have and suggests a similar one", () => {
  const plot = figure();
  assertThrows(
    () => assign(plot, "backgroud_fill_color", "red"),
    TypeError,
    "Figure.backgroud_fill_color: there is no such attribute, similar ones are background_fill_color",
  );
  assertThrows(
    () => Object.assign(new Slider({ start: 0, end: 1 }), { vlaue: 1 }),
    TypeError,
    "similar ones are value",
  );
  assertThrows(() => assign(new (dataModel("Typo", { a: 1 }))(), "b", 1), TypeError, "Typo.b: there is no such");
  assertEquals(Object.hasOwn(plot, "backgroud_fill_color"), false);
});

Deno.test("Model rejects an unknown attribute in all classes", () => {
  for (const name of modelNames()) {
    if (name === "Model") continue;
    const model = new (modelClass(name)!)() as Model;
    assertThrows(() => assign(model, "no_such_attribute", 1), TypeError, "no_such_attribute");
  }
});

Deno.test("Model accepts members with symbols and, as in Python, names that begin with an underscore", () => {
  const slider = new Slider({ start: 0, end: 1, value: 0 });
  const mark = Symbol("mark");
  assign(slider, "_mine", 3);
  Reflect.set(slider, mark, 4);
  assertEquals([Reflect.get(slider, "_mine"), Reflect.get(slider, mark)], [3, 4]);
  assertEquals(slider.serializableAttributes().map(([attr]) => attr), ["start", "end", "value"]);
});

Deno.test("Model accepts methods that are added to classes", () => {
  Reflect.set(Slider.prototype, "double", function (this: Slider) {
    return this.value * 2;
  });
  const slider = new Slider({ start: 0, end: 9, value: 4 });
  assertEquals(Reflect.apply(Reflect.get(slider, "double"), slider, []), 8);
  Reflect.deleteProperty(Slider.prototype, "double");
});

Deno.test("Model rejects instances of subclasses of Bokeh's classes", () => {
  class Panel extends LayoutDOM {}
  class MyPlot extends Plot {}
  class MyFigure extends (figure().constructor as typeof Plot) {}
  assertThrows(() => new Panel(), TypeError, "Cannot make a Panel: it extends LayoutDOM");
  assertThrows(() => new MyPlot(), TypeError, "Cannot make a MyPlot: it extends Plot");
  assertThrows(() => new MyFigure(), TypeError, "Cannot make a MyFigure: it extends Figure");
});

Deno.test("Model accepts methods and fields in subclasses of classes of dataModel()", () => {
  class Person extends dataModel("PersonWithMethods", { first: "", last: "" }) {
    greeted = 0;
    greet(): string {
      this.greeted++;
      return `Hello ${this.first} ${this.last}`;
    }
  }
  const ada = new Person({ first: "Ada", last: "Lovelace" });
  assertEquals([ada.greet(), ada.greeted, ada.type], ["Hello Ada Lovelace", 1, "PersonWithMethods"]);
});
