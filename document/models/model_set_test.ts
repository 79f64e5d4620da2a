import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { Column, ColumnDataSource, CustomJS, Div, type LayoutDOM, type Model, Slider } from "../../models/mod.ts";
import { Document } from "../document.ts";
import { syncOf } from "../document_sync.ts";

Deno.test("attach() allocates ids in order, the same in every document", () => {
  const ids = () => {
    const doc = new Document();
    const root = new Column({ children: [new Div(), new Div()] });
    doc.add_root(root);
    return [doc.config.id, root.id, ...root.children.map((child) => (child as Model).id)];
  };
  assertEquals(ids(), ids());
  assertEquals(ids()[0], "p1001");
});

Deno.test("attach() keeps existing ids and does not allocate them again", () => {
  const doc = new Document();
  const [named, other] = [new Div(), new Div()];
  named.assignId("p1004");
  doc.add_root(new Column({ children: [other, named, new Div(), new Div()] }));
  const ids = doc.models.map((model) => model.id);
  assertEquals(named.id, "p1004");
  assertEquals(new Set(ids).size, ids.length);
});

Deno.test("attach() throws for a second model with an id and adds nothing", () => {
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

Deno.test("a model can be added to another document when its document has removed it", () => {
  const [one, two] = [new Document(), new Document()];
  const div = new Div();
  one.add_root(div);
  assertThrows(() => two.add_root(div), Error, "belongs to another");
  one.remove_root(div);
  two.add_root(div);
  assertStrictEquals(div.document, two);
  assertEquals(one.models, []);
});

Deno.test("removing a model removes the models that only it refers to", () => {
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

Deno.test("get_model_by_name() finds models by their current names", () => {
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

Deno.test("cyclic references are added and removed together", () => {
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

/** Returns a generator of repeatable random numbers (mulberry32). */
function randomFrom(seed: number): (limit: number) => number {
  return (limit) => {
    seed = (seed + 0x6D2B79F5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  };
}

for (const seed of [1, 2, 3, 4, 5]) {
  Deno.test(`a document contains what its roots refer to, after random changes (seed ${seed})`, () => {
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

Deno.test("a document accepts models with the same id from two other documents", () => {
  const [a, b] = [new Div(), new Div()];
  for (const model of [a, b]) {
    const doc = new Document();
    doc.add_root(model);
    doc.clear();
    doc.models;
  }
  assertEquals(a.id, b.id);
  const doc = new Document();
  doc.add_root(new Column({ children: [a, b, new Div()] }));
  const ids = doc.models.map((model) => model.id);
  assertEquals(new Set(ids).size, 4);
  assertEquals(doc.get_model_by_id(b.id), b);
});

Deno.test("a model keeps its id when it is added again", () => {
  const doc = new Document();
  const div = new Div();
  doc.add_root(div);
  const { id } = div;
  doc.remove_root(div);
  doc.add_root(new Slider({ start: 0, end: 1, value: 0 }));
  doc.add_root(div);
  assertEquals(div.id, id);
});

Deno.test("no id is allocated twice, including ids that another document allocated", () => {
  const cached = new Div();
  const first = new Document();
  first.add_root(new Column({ children: [new Div(), new Div(), cached] }));
  first.clear();
  first.models;
  const doc = new Document();
  const ids = new Set([doc.config.id]);
  const add = (model: Model) => {
    doc.add_root(model);
    assert(!ids.has(model.id), `${model.id} is given twice`);
    ids.add(model.id);
    doc.remove_root(model);
    doc.models;
  };
  add(new Div());
  add(cached);
  for (let i = 0; i < 10; i++) add(new Div());
  const other = new Document();
  const late = new Div();
  other.add_root(late);
  other.clear();
  other.models;
  add(late);
});

Deno.test("ids allocated after a client has added models differ from those that the client allocates next", () => {
  const doc = new Document();
  const pushed = new Document();
  pushed.add_root(new Div());
  syncOf(doc).replaceWith(pushed.to_json(), undefined, {});
  const here = new Div(), there = new Div();
  doc.add_root(here);
  pushed.add_root(there);
  assert(here.id !== there.id);
});

Deno.test("assigning a model of another document throws and changes nothing", () => {
  const [doc, other] = [new Document(), new Document()];
  const foreign = new Div();
  other.add_root(foreign);
  const child = new Div();
  const box = new Column({ children: [child] });
  const source: ColumnDataSource = new ColumnDataSource({ data: { x: [1] } });
  const fresh = new Div();
  box.tags = [source];
  doc.add_root(box);
  source.stream({ x: [2] });
  const events: string[] = [];
  syncOf(doc).onEvent((event) => events.push(event.kind));
  const refused: (() => void)[] = [
    () => box.children = [fresh, foreign],
    () => void box.children.push(foreign),
    () => box.tags = [source, { deep: [foreign] }],
    () => source.data = { x: [foreign] },
    () => source.data.x = [foreign],
    () => source.stream({ x: [foreign] }),
    () => source.patch({ x: [[0, foreign]] }),
    () => doc.add_root(foreign),
    () => doc.js_on_event("document_ready", new CustomJS({ args: { foreign } })),
  ];
  for (const change of refused) assertThrows(change, Error, "belongs to another");
  assertEquals(box.children, [child]);
  assertEquals(box.tags, [source]);
  assertEquals(source.data.x, [1, 2]);
  assertEquals(doc.roots, [box]);
  assertEquals(events, []);
  assertEquals(
    doc.models,
    [box, child, source, ...source.references()].filter((model, i, all) => all.indexOf(model) === i),
  );
  assertEquals(doc.to_json().callbacks, undefined);
  assertEquals(fresh.document, null);
});
