import { assert, assertEquals, assertThrows } from "@std/assert";
import { dataModel } from "../../models/spec/data_model.ts";
import { Div } from "../../models/gen/classes.ts";
import type { Model } from "../../models/base/model.ts";
import type { DocJson } from "../../protocol/message.ts";
import { Document } from "../document.ts";
import { PatchError } from "../patches/patch_error.ts";
import { syncOf } from "../document_sync.ts";

const PERSON = {
  type: "model",
  name: "Person",
  properties: [
    { name: "first", kind: "Str" },
    { name: "age", kind: ["Nullable", "Int"], default: 3 },
    { name: "home", kind: ["Ref", { id: "Address" }], default: null },
  ],
};
const ADDRESS = { type: "model", name: "Address", properties: [{ name: "street", kind: "Any", default: "?" }] };

function documentWith(defs: unknown[], attributes: object): DocJson {
  const person = { type: "object", name: "Person", id: "p2", attributes };
  const roots = [{ type: "object", name: "Div", id: "p1", attributes: { tags: [person] } }];
  return { version: "3.10.2", title: "t", roots, defs };
}

function personOf(doc: Document): Model {
  return (doc.roots[0] as Div).tags[0] as Model;
}

Deno.test("from_json() and to_json() keep the classes that a document defines", () => {
  const home = { type: "object", name: "Address", id: "p3", attributes: { street: "Main Street" } };
  const doc = Document.from_json(documentWith([ADDRESS, PERSON], { first: "Ada", home }));
  const person = personOf(doc);
  assertEquals([person.get("first"), person.get("age")], ["Ada", 3]);
  assertEquals((person.get("home") as Model).get("street"), "Main Street");
  assertThrows(() => person.set("age", "old"), TypeError, "Person.age");
  const { defs, roots } = doc.to_json();
  assertEquals(defs, [ADDRESS, PERSON]);
  assertEquals(personOf(Document.from_json({ version: "", title: "", roots, defs: defs! })).get("first"), "Ada");
});

Deno.test("from_json() and to_json() keep overridden defaults of classes", () => {
  const CHILD = {
    type: "model",
    name: "Child",
    extends: { id: "Person" },
    properties: [{ name: "toy", kind: "Str", default: "bear" }],
    overrides: [{ name: "age", default: 7 }],
  };
  const child = { type: "object", name: "Child", id: "p2", attributes: { first: "Bo" } };
  const older = { type: "object", name: "Child", id: "p3", attributes: { first: "Al", age: 3 } };
  const roots = [{ type: "object", name: "Div", id: "p1", attributes: { tags: [child, older] } }];
  const json = { version: "3.10.2", title: "t", roots, defs: [ADDRESS, PERSON, CHILD] };
  const doc = Document.from_json(json);
  const [first, second] = (doc.roots[0] as Div).tags as Model[];
  assertEquals([first!.get("age"), first!.get("toy"), second!.get("age")], [7, "bear", 3]);
  assertThrows(() => first!.set("age", "old"), TypeError, "Child.age");
  const written = doc.to_json();
  assertEquals([written.roots, written.defs!.slice(-3)], [json.roots, json.defs]);
});

Deno.test("applyPatch() accepts models of classes that the document defines", () => {
  const doc = Document.from_json(documentWith([ADDRESS, PERSON], { first: "Ada" }));
  const made = { type: "object", name: "Address", id: "p9", attributes: { street: "new" } };
  syncOf(doc).applyPatch([{ kind: "ModelChanged", model: { id: "p2" }, attr: "home", new: made }]);
  assertEquals((personOf(doc).get("home") as Model).get("street"), "new");
});

Deno.test("classes of one document do not exist in another", () => {
  Document.from_json(documentWith([ADDRESS, PERSON], { first: "Ada" }));
  assertThrows(() => Document.from_json(documentWith([], { first: "Ada" })), PatchError, "unknown model type");
});

Deno.test("from_json() does not replace existing classes", () => {
  const Known = dataModel("TestKnown", { x: 1 });
  const defs = [{ type: "model", name: "TestKnown", properties: [] }, { type: "model", name: "Div", properties: [] }];
  const doc = Document.from_json({ version: "", title: "", roots: [], defs });
  doc.add_root(new Known({ x: 2 }));
  assertEquals(new Known().x, 1);
  assert(doc.to_json().defs!.length >= 1);
});

for (
  const [what, def] of Object.entries({
    "an unknown base": { ...ADDRESS, extends: { id: "Unknown" } },
    "an unknown kind": { ...ADDRESS, properties: [{ name: "a", kind: "Function" }] },
    "kinds without end": { ...ADDRESS, properties: [{ name: "a", kind: nested(100) }] },
    "a method's name": { ...ADDRESS, properties: [{ name: "setv", kind: "Any" }] },
    "the name of a prototype": { ...ADDRESS, properties: [{ name: "__proto__", kind: "Any" }] },
    "overrides of nothing": { ...ADDRESS, overrides: [{ name: "zip", default: 1 }] },
    "overrides that are no list": { ...ADDRESS, overrides: 3 },
    "no properties": { ...ADDRESS, properties: 3 },
    "no name": { type: "model" },
    "another type": { type: "function" },
  })
) {
  Deno.test(`from_json() throws for ${what} in defs`, () => {
    assertThrows(() => Document.from_json(documentWith([def], {})), PatchError);
  });
}

function nested(depth: number): unknown {
  return depth === 0 ? "Any" : ["List", nested(depth - 1)];
}

Deno.test("from_json() throws for definitions that create many models or large defaults", () => {
  const plain = (name: string, rest: object) => ({ type: "model", name, ...rest });
  const model = (name: string) => ({ type: "object", name });
  const doubling = (i: number) =>
    plain(`C${i}`, {
      properties: [
        { name: "a", kind: "Any", default: i === 0 ? model("Div") : model(`C${i - 1}`) },
        { name: "b", kind: "Any", default: i === 0 ? model("Div") : model(`C${i - 1}`) },
      ],
    });
  const overriding = (value: unknown) => ({
    extends: { id: "Plot" },
    overrides: [{ name: "title", default: value }],
  });
  const refused: [string, unknown[]][] = [
    ["a default of its own class", [plain("A", overriding(model("A")))]],
    ["a default that holds its own class", [
      plain("A", overriding({ ...model("Title"), attributes: { tags: [model("A")] } })),
    ]],
    ["defaults that double with each class", Array.from({ length: 30 }, (_, i) => doubling(i))],
    ["a long default for each model", [
      plain("A", overriding({ ...model("Title"), attributes: { text: "x".repeat(20_000) } })),
    ]],
    ["a kind of many parts", [plain("A", { properties: [{ name: "a", kind: ["Or", ...Array(1000).fill("Str")] }] })]],
    [
      "a deep hierarchy of many properties",
      Array.from({ length: 500 }, (_, i) =>
        plain(`C${i}`, {
          ...i === 0 ? {} : { extends: { id: `C${i - 1}` } },
          properties: Array.from({ length: 10 }, (_, j) => ({ name: `p${i}_${j}`, kind: "Any", default: 0 })),
        })),
    ],
  ];
  for (const [name, defs] of refused) {
    const json = { version: "3.10.2", title: "t", roots: [], defs } as unknown as DocJson;
    assertThrows(() => Document.from_json(json), PatchError, undefined, name);
  }
});
