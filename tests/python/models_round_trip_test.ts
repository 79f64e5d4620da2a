/**
 * One instance of each model that Python has, with a value in every property: Python's client gets back from this server
 * what it gave, and what is made here reaches Python and a browser.
 */

import { assert, assertEquals } from "@std/assert";
import { type Document, serveBokeh } from "@bokeh/server";
import { Div } from "@bokeh/server/models";
import { readDocument } from "../../document/wire/read_document.ts";
import type { Model } from "../../models/base/model.ts";
import { modelNames } from "../../models/spec/registry.ts";
import type { DocJson } from "../../protocol/message.ts";
import { ensurePython } from "../../tools/setup/python.ts";
import { openBrowser, openPage } from "../browser/browser.ts";

const SCRIPT = decodeURIComponent(new URL("every_model.py", import.meta.url).pathname);

/** Properties that the script leaves at their defaults: their values must fit those of other models. */
const UNSET = [
  ...["BoxEditTool.renderers", "FreehandDrawTool.renderers", "LineEditTool.renderers", "PointDrawTool.renderers"],
  ...[
    "PolyDrawTool.renderers",
    "PolyDrawTool.vertex_renderer",
    "PolyEditTool.renderers",
    "PolyEditTool.vertex_renderer",
  ],
  ...["Scatter.defs", "SizeBar.renderer", "StaticLayoutProvider.graph_layout"],
  // Python sends times as numbers, which it does not take back itself
  ...["TimePicker.max_time", "TimePicker.min_time", "TimePicker.value"],
];

/** Bases of models that Python can make and that BokehJS does not know: no document that has them can be shown. */
const ONLY_IN_PYTHON = ["BaseSingleIntervalTicker", "CustomDimensional", "HTMLTextAnnotation", "TextLikeInput"];

/** Bases of BokehJS alone, and what its views make for themselves: no application in Python can make these. */
const ONLY_IN_BOKEHJS = [
  ...["Area", "BaseNumericalSlider", "CSSGridBox", "CanvasPanel", "CartesianFrame", "CenterRotatable"],
  ...["ClickButton", "Control", "LRTB", "LineTool", "LinearInterpolationScale", "NumericalRangeSlider"],
  ...["OnOffButton", "OrientedControl", "ParkMillerLCG", "RandomGenerator", "RangeTransform", "Spline"],
  ...["ToolButton", "UpperLower"],
];

interface Pushed {
  readonly differences: readonly string[];
  readonly unset: Readonly<Record<string, string>>;
  /** Classes of the models in the document. */
  readonly models: readonly string[];
  /** All classes of models that Python has. */
  readonly classes: readonly string[];
  readonly doc: DocJson;
}

/** Runs the script and reads what it prints. */
async function runScript<T>(...args: string[]): Promise<T> {
  const { success, stdout, stderr } = await new Deno.Command(await ensurePython(), {
    args: ["-W", "ignore", SCRIPT, ...args],
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  assert(success, decoder.decode(stderr));
  return JSON.parse(decoder.decode(stdout));
}

/** Makes each model of a document anew, from its values, and gives them all to another document. */
function remake(json: DocJson, doc: Document): void {
  const { roots, title } = readDocument(json);
  const holder = roots[0];
  if (!(holder instanceof Div)) throw new TypeError("Cannot remake the document: its root is no Div");
  const copies = new Map<Model, Model>();
  for (const model of holder.references()) if (model !== holder) copies.set(model, model.clone());
  for (const copy of copies.values()) {
    for (const [attr, value] of Object.entries(copy.properties_with_values())) {
      const replaced = replaceModels(value, copies);
      if (replaced !== value) copy.setv(attr, replaced);
    }
  }
  doc.title = title;
  doc.add_root(new Div({ name: "holder", tags: replaceModels([...holder.tags], copies) as unknown[] }));
}

/** A value with the copies of models in place of the models. */
function replaceModels(value: unknown, copies: ReadonlyMap<Model, Model>): unknown {
  if (copies.has(value as Model)) return copies.get(value as Model);
  if (Array.isArray(value)) return value.map((item) => replaceModels(item, copies));
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, replaceModels(item, copies)]));
  if (typeof value === "object" && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value))) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceModels(item, copies)]));
  }
  return value;
}

Deno.test("models of Python come back to Python as they were, and reach browsers", {
  sanitizeOps: false, // Playwright keeps its connection and its timers to itself
  sanitizeResources: false,
}, async (t) => {
  const given: { json?: DocJson } = {};
  await using server = await serveBokeh({ "/empty": () => {}, "/made": (doc) => remake(given.json!, doc) }, {
    port: 0,
  });
  const pushed: Pushed = await runScript("push", new URL("/empty", server.url).href);

  await t.step("every model is there, with a value in every property", () => {
    assertEquals(Object.keys(pushed.unset).sort(), UNSET);
    const ours = new Set(modelNames());
    assertEquals(pushed.models.filter((name) => !ours.has(name)), []);
    const theirs = new Set(pushed.classes);
    assertEquals(ONLY_IN_PYTHON.filter((name) => !theirs.has(name)), []);
    assertEquals(modelNames().filter((name) => !theirs.has(name)).sort(), ONLY_IN_BOKEHJS.toSorted());
  });

  await t.step("what was pushed is what is pulled", () => assertEquals(pushed.differences, []));

  await t.step("so is what only Python takes", async () => {
    const { differences, unset } = await runScript<Pushed>("push-wide", new URL("/empty", server.url).href);
    assertEquals([differences, Object.keys(unset).sort()], [[], UNSET]);
  });

  given.json = pushed.doc;
  await t.step("what is made here is what Python makes", async () => {
    const { differences } = await runScript<Pushed>("pull", new URL("/made", server.url).href, "made-here");
    assertEquals(differences, []);
  });

  await t.step("a browser loads what is made here", async () => {
    await using browser = await openBrowser();
    const { page, problems } = await openPage(browser, new URL("/made", server.url).href);
    // the stand-in for any text is also the address of pictures and of data: nothing is there
    const nowhere = new URL("/text", server.url).href;
    assertEquals(problems.filter((problem) => !problem.endsWith(`(${nowhere})`)), []);
    assert(await page.evaluate("Bokeh.documents[0]._all_models.size") as number >= pushed.models.length);
  });
});
