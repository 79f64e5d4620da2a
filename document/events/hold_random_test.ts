/** Documents of watchers after holds in which data and values change, and callbacks change them again. */

import { assert, assertEquals } from "@std/assert";
import { ColumnDataSource, Div, Slider } from "../../models/mod.ts";
import { Document } from "../document.ts";
import { syncOf } from "../document_sync.ts";
import type { DocumentEvent } from "./events.ts";

/** A document whose callbacks change it, and a second document that receives its events. */
class Watched {
  readonly doc = new Document();
  readonly source: ColumnDataSource = new ColumnDataSource({ data: { x: [1], y: Float64Array.of(1) } });
  readonly slider = new Slider({ start: 0, end: 1000, value: 1 });
  readonly #watcher = new Document();
  readonly #client = {};
  #events: DocumentEvent[] = [];

  constructor() {
    this.doc.add_root(new Div({ tags: [this.source, this.slider] }));
    this.#watcher.replace_with_json(JSON.parse(JSON.stringify(this.doc.to_json())));
    syncOf(this.doc).noteSnapshot(this.#client);
    syncOf(this.doc).onEvent((event) => this.#events.push(event));
  }

  /** Sends the events since the last call to the watcher, and compares the documents. */
  compare(message: string): void {
    const events = this.#events;
    this.#events = [];
    const encoded = syncOf(this.doc).encode(events, { clients: [this.#client] });
    syncOf(this.doc).noteSent(encoded.models, [this.#client]);
    const buffers = new Map(encoded.buffers.map(({ id, data }) => [id, data.slice()]));
    syncOf(this.#watcher).applyPatch(encoded.events, buffers, {});
    assertEquals(valuesOf(this.#watcher), valuesOf(this.doc), message);
  }
}

function valuesOf(doc: Document): unknown {
  const { data } = doc.select_one(ColumnDataSource)!;
  const columns = Object.entries(data).map(([name, column]) => [name, [...column as Iterable<unknown>]]);
  return [columns, doc.select_one(Slider)!.value, doc.title];
}

Deno.test("a callback that streams at unhold() gives watchers the rows in the order of the server", () => {
  for (const policy of ["combine", "collect"] as const) {
    const watched = new Watched();
    const { doc, source } = watched;
    let isFirst = true;
    source.on_change("data", () => {
      if (!isFirst) return;
      isFirst = false;
      source.stream({ x: [30], y: [30] });
    });
    doc.hold(policy);
    source.stream({ x: [10], y: [10] });
    source.stream({ x: [20], y: [20] });
    doc.unhold();
    assertEquals([...source.data.x!], [1, 10, 20, 30]);
    watched.compare(policy);
  }
});

Deno.test("columns that are set again after a stream in a hold are those of the server", () => {
  const watched = new Watched();
  const { doc, source } = watched;
  doc.hold("combine");
  source.data = { x: [2], y: [2] };
  source.stream({ x: [3], y: [3] });
  source.data = { x: [4], y: [4] };
  doc.unhold();
  watched.compare("set again");
});

Deno.test("watchers have the server's values after random changes in holds", () => {
  let compared = 0;
  for (let seed = 1; seed <= 30; seed++) {
    let random = seed;
    const pick = (count: number) => ((random = (Math.imul(random, 1664525) + 1013904223) >>> 0) >>> 16) % count;
    const watched = new Watched();
    const { doc, source, slider } = watched;
    let [step, depth] = [0, 0];
    const changes: (() => unknown)[] = [
      () => source.stream({ x: [step], y: [step] }),
      () => source.stream({ x: [step, step], y: [step, -step] }, 5),
      () => source.patch({ y: [[0, step]] }),
      () => source.patch({ x: [[0, `${step}`]] }),
      () => source.data = { x: [step], y: Float64Array.of(step) },
      () => source.data["x"] = Array.from({ length: source.length }, () => step),
      () => slider.value = step,
      () => doc.title = `${step}`,
      () => doc.hold("combine"),
      () => doc.hold("collect"),
      ...Array.from({ length: 3 }, () => () => doc.unhold()),
    ];
    const change = () => {
      step++;
      changes[pick(changes.length)]!();
    };
    const callback = () => {
      if (depth++ < 3) change();
      depth--;
    };
    source.on_change("data", callback);
    slider.on_change("value", callback);
    doc.on_change(callback);
    for (let i = 0; i < 30; i++) {
      change();
      if (doc.hold_value !== null) continue;
      watched.compare(`seed ${seed}, step ${step}`);
      compared++;
    }
  }
  assert(compared > 100);
});
