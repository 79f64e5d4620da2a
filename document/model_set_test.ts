import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { Column, Div, type LayoutDOM, type Model, Slider } from "../models/mod.ts";
import { Document } from "./document.ts";

Deno.test("attach() gives ids in order of arrival, the same in every document", () => {
  const ids = () => {
    const doc = new Document();
    const root = new Column({ children: [new Div(), new Div()] });
    doc.add_root(root);
    return [doc.config.id, root.id, ...root.children.map((child) => (child as Model).id)];
  };
  assertEquals(ids(), ids());
  assertEquals(ids()[0], "p1001");
});

Deno.test("attach() keeps ids that models bring, and gives them to no other", () => {
  const doc = new Document();
  const [named, other] = [new Div(), new Div()];
  named.assignId("p1004");
  doc.add_root(new Column({ children: [other, named, new Div(), new Div()] }));
  const ids = doc.models.map((model) => model.id);
  assertEquals(named.id, "p1004");
  assertEquals(new Set(ids).size, ids.length);
});

Deno.test("attach() refuses a second model of an id and takes nothing of it in", () => {
  const doc = new Document();
  const [one, two, child] = [new Div(), new Column(), new Div()];
  one.assignId("x");
  two.assignId("x");
  two.children = [child];
  doc.add_root(one);
  assertThrows(() => doc.add_root(two), Error, "has this id");
  assertEquals([two.document, child.document], [null, null]);
  assertEquals(doc.roots, [one]);
  assertStrictEquals(doc.get_model_by_id("x"), one);
});

Deno.test("a model belongs to one document, until that one has dropped it", () => {
  const [one, two] = [new Document(), new Document()];
  const div = new Div();
  one.add_root(div);
  assertThrows(() => two.add_root(div), Error, "belongs to another");
  one.remove_root(div);
  two.add_root(div);
  assertStrictEquals(div.document, two);
  assertEquals(one.models, []);
});

Deno.test("a model that is dropped leaves with what only it refers to", () => {
  const doc = new Document();
  const [kept, dropped] = [new Div(), new Div({ tags: [] })];
  dropped.tags = [kept, new Slider({ start: 0, end: 1, value: 0 })];
  const root = new Column({ children: [dropped], tags: [kept] });
  doc.add_root(root);
  root.children = [];
  assertEquals(doc.select(Slider), []);
  assertEquals(doc.models, [root, kept]);
  assertEquals([dropped.document, kept.document], [null, doc]);
});

Deno.test("models are found by the names that they have now", () => {
  const doc = new Document();
  const [one, two] = [new Div({ name: "a" }), new Div()];
  doc.add_root(one);
  doc.add_root(two);
  one.name = "b";
  two.name = "b";
  assertEquals(doc.get_model_by_name("a"), null);
  assertThrows(() => doc.get_model_by_name("b"), Error, "2 have this name");
  doc.remove_root(one);
  assertStrictEquals(doc.get_model_by_name("b"), two);
  one.name = "c";
  assertEquals(doc.get_model_by_name("c"), null);
});

Deno.test("cycles of references come and go as one", () => {
  const doc = new Document();
  const [a, b] = [new Div(), new Div()];
  a.tags = [b];
  b.tags = [a];
  const root = new Div({ tags: [a] });
  doc.add_root(root);
  assertEquals(doc.models.length, 3);
  root.tags = [];
  assertEquals(doc.models, [root]);
});

/** Small repeatable random numbers (mulberry32). */
function randomFrom(seed: number): (limit: number) => number {
  return (limit) => {
    seed = (seed + 0x6D2B79F5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
}

for (const seed of [1, 2, 3, 4, 5]) {
  Deno.test(`whatever is done, a document holds what its roots refer to (seed ${seed})`, () => {
    const random = randomFrom(seed);
    const doc = new Document();
    const pool: Model[] = Array.from({ length: 30 }, (_, i) => i % 3 === 0 ? new Column() : new Div());
    const pick = () => pool[random(pool.length)]!;
    const some = () => Array.from({ length: random(4) }, pick);
    for (let step = 0; step < 400; step++) {
      const model = pick();
      const action = random(10);
      if (action < 2) doc.add_root(model);
      else if (action < 3) doc.remove_root(model);
      else if (action < 4) model.name = ["a", "b", null][random(3)] ?? null;
      else if (action < 6 && model instanceof Column) model.children = some() as LayoutDOM[];
      else if (action < 9) model.tags = [some(), { deep: some() }];
      else pool[random(pool.length)] = new Div({ tags: some() });
      if (random(4) === 0) assertHoldsWhatRootsReferTo(doc, pool);
    }
    assertHoldsWhatRootsReferTo(doc, pool);
  });
}

function assertHoldsWhatRootsReferTo(doc: Document, pool: readonly Model[]): void {
  const expected = new Set(doc.roots.flatMap((root) => [...root.references()]));
  const models = doc.models;
  assertEquals(models.length, expected.size);
  assert(models.every((model) => expected.has(model)));
  for (const model of new Set([...pool, ...expected])) {
    assertStrictEquals(model.document, expected.has(model) ? doc : null);
    if (expected.has(model)) assertStrictEquals(doc.get_model_by_id(model.id), model);
  }
  for (const name of ["a", "b"]) {
    assertEquals(new Set(doc.select(name)), new Set([...expected].filter((model) => model.name === name)));
  }
}
