/**
 * One instance of each of Python's models, with a value for every property: Python's client gets back from this server what it
 * pushed, and instances created here reach Python and a browser.
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

/** Properties that the script leaves at their defaults, because their values must match those of other models. */
const UNSET = [
  ...["BoxEditTool.renderers", "FreehandDrawTool.renderers", "LineEditTool.renderers", "PointDrawTool.renderers"],
  ...[
    "PolyDrawTool.renderers",
    "PolyDrawTool.vertex_renderer",
    "PolyEditTool.renderers",
    "PolyEditTool.vertex_renderer",
  ],
  ...["Scatter.defs", "SizeBar.renderer", "StaticLayoutProvider.graph_layout"],
  // Python sends times as numbers, but does not accept them.
  ...["TimePicker.max_time", "TimePicker.min_time", "TimePicker.value"],
];

/** Base classes that Python can instantiate but BokehJS does not know, so that no page can show them. */
const ONLY_IN_PYTHON = ["BaseSingleIntervalTicker", "CustomDimensional", "HTMLTextAnnotation", "TextLikeInput"];

/** Classes that only BokehJS has. Applications in Python cannot create them. */
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
  /** All model classes of Python. */
  readonly classes: readonly string[];
  readonly doc: DocJson;
}

/** Runs the script and parses its output. */
async function runScript<T>(...args: string[]): Promise<T> {
  const { success, stdout, stderr } = await new Deno.Command(await ensurePython(), {
    args: ["-W", "ignore", SCRIPT, ...args],
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  assert(success, decoder.decode(stderr));
  return JSON.parse(decoder.decode(stdout));
}

/** Creates copies of all models of a document from their values, and adds them to another document. */
function remake(json: DocJson, doc: Document): void {
  const { roots, title } = readDocument(json);
  const container = roots[0];
  if (!(container instanceof Div)) throw new TypeError("Cannot remake the document: its root is no Div");
  const copies = new Map<Model, Model>();
  for (const model of container.references()) if (model !== container) copies.set(model, model.clone());
  for (const copy of copies.values()) {
    for (const [attr, value] of Object.entries(copy.properties_with_values())) {
      const replaced = replaceModels(value, copies);
      if (replaced !== value) copy.setv(attr, replaced);
    }
  }
  doc.title = title;
  doc.add_root(new Div({ name: "container", tags: replaceModels([...container.tags], copies) as unknown[] }));
}

/** Replaces models in a value by their copies. */
function replaceModels(value: unknown, copies: ReadonlyMap<Model, Model>): unknown {
  if (copies.has(value as Model)) return copies.get(value as Model);
  if (Array.isArray(value)) return value.map((item) => replaceModels(item, copies));
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, replaceModels(item, copies)]));
  if (typeof value === "object" && value !== null && [Object.prototype, null].includes(Object.getPrototypeOf(value))) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaceModels(item, copies)]));
  }
  return value;
}

Deno.test("models: all of Python's models survive a round trip and reach browsers", {
  sanitizeOps: false, // Playwright does not close its connection and timers during a test.
  sanitizeResources: false,
}, async (t) => {
  const given: { json?: DocJson } = {};
  await using server = await serveBokeh({ "/empty": () => {}, "/made": (doc) => remake(given.json!, doc) }, {
    port: 0,
  });
  const pushed: Pushed = await runScript("push", new URL("/empty", server.url).href);

  await t.step("every model has a value for every property", () => {
    assertEquals(Object.keys(pushed.unset).sort(), UNSET);
    const ours = new Set(modelNames());
    assertEquals(pushed.models.filter((name) => !ours.has(name)), []);
    const theirs = new Set(pushed.classes);
    assertEquals(ONLY_IN_PYTHON.filter((name) => !theirs.has(name)), []);
    assertEquals(modelNames().filter((name) => !theirs.has(name)).sort(), ONLY_IN_BOKEHJS.toSorted());
  });

  await t.step("the pulled document equals the pushed one", () => assertEquals(pushed.differences, []));

  await t.step("also for values that only Python accepts", async () => {
    const { differences, unset } = await runScript<Pushed>("push-wide", new URL("/empty", server.url).href);
    assertEquals([differences, Object.keys(unset).sort()], [[], UNSET]);
  });

  given.json = pushed.doc;
  await t.step("models created here equal Python's", async () => {
    const { differences } = await runScript<Pushed>("pull", new URL("/made", server.url).href, "made-here");
    assertEquals(differences, []);
  });

  await t.step("a browser loads models created here", async () => {
    await using browser = await openBrowser();
    const { page, problems } = await openPage(browser, new URL("/made", server.url).href);
    // The sample text is also used as URL of images and data, which do not exist.
    const nowhere = new URL("/text", server.url).href;
    assertEquals(problems.filter((problem) => !problem.endsWith(`(${nowhere})`)), []);
    assert(await page.evaluate("Bokeh.documents[0]._all_models.size") as number >= pushed.models.length);
  });
});
