/**
 * No client can make the server run code, request a URL or access a file: the test pushes and changes a document with every model
 * that has code or URLs, and sends its events.
 */

import { assert, assertEquals } from "@std/assert";
import { Document, serveBokeh } from "@bokeh/server";
import { pullSession, pushSession } from "@bokeh/server/client";
import { ButtonClick, DocumentReady } from "@bokeh/server/events";
import {
  AjaxDataSource,
  Button,
  CustomAction,
  CustomJS,
  Div,
  HTMLTemplateFormatter,
  TextInput,
} from "@bokeh/server/models";
import type { Model } from "../models/base/model.ts";
import { modelClass, modelNames } from "../models/spec/registry.ts";
import { syncOf } from "../document/document_sync.ts";

/** Attributes that contain code or URLs. */
const CODE = ["code", "func", "v_func", "major_code", "minor_code", "template"];
const ADDRESSES = ["url", "data_url"];

/** Counts of evaluations and requests, which must stay 0. */
const happened: string[] = [];
Reflect.set(globalThis, "inertTestRan", (what: string) => happened.push(what));

const SCRIPT = `globalThis.inertTestRan?.("code")`;

/** Returns one model of each class that has some of the attributes, with all of them set. */
function carriersOf(attrs: readonly string[], value: string): Model[] {
  return modelNames().flatMap((name) => {
    const cls = modelClass(name)!;
    const model = new cls() as Model;
    const carried = attrs.filter((attr) => model.spec.property(attr) !== undefined);
    // A string would be the name of a column.
    for (const attr of carried) model.set(attr, name === "ImageURL" ? { value } : value);
    const isComplete = model.spec.required.every(({ attr }) => carried.includes(attr));
    return carried.length > 0 && isComplete ? [model] : [];
  });
}

/** Records the code that the process evaluates and the URLs that it requests, until it is disposed of. */
function watchProcess(): Disposable {
  const { fetch, eval: evaluate, Function: construct } = globalThis;
  globalThis.fetch = (input) => {
    happened.push(`fetch ${input}`);
    return Promise.reject(new TypeError("Cannot fetch: the test forbids it"));
  };
  const spies = { eval: evaluate, Function: construct };
  for (const [name, original] of Object.entries(spies)) {
    const spy = new Proxy(original, {
      apply: () => happened.push(name),
      construct: () => (happened.push(name), {}),
    });
    Reflect.set(globalThis, name, spy);
  }
  return {
    [Symbol.dispose]() {
      globalThis.fetch = fetch;
      Object.assign(globalThis, spies);
    },
  };
}

/** Returns a document with every model that has code, and with callbacks for all events. */
function makeDocument(address: string): Document {
  const doc = new Document({ title: "<script>globalThis.inertTestRan?.('title')</script>" });
  const callback = new CustomJS({ code: SCRIPT, args: { deep: new Div({ text: SCRIPT }) } });
  const button = new Button({ name: "button", label: "b" });
  button.js_on_event(ButtonClick, callback);
  const input = new TextInput({ name: "input", value: "a" });
  input.js_on_change("value", callback);
  input.js_link("value", button, "label");
  doc.js_on_event(DocumentReady, callback);
  const action = new CustomAction({ callback, active_callback: callback });
  const source = new AjaxDataSource({ data_url: address, adapter: callback, polling_interval: 1 });
  const carriers = [...carriersOf(CODE, SCRIPT), ...carriersOf(ADDRESSES, address)];
  const html = new HTMLTemplateFormatter({ template: `<%= ${SCRIPT} %>` });
  doc.add_root(button);
  doc.add_root(input);
  doc.add_root(new Div({ name: "carriers", tags: [...carriers, action, source, html] }));
  return doc;
}

Deno.test("CustomJS: the server never runs code of documents", async () => {
  await using server = await serveBokeh({ "/app": () => {} }, { port: 0 });
  const url = new URL("/app", server.url).href;
  const pushed = makeDocument(new URL("/app/metadata?stolen", server.url).href);
  const count = (pushed.get_model_by_name("carriers")!.tags as unknown[]).length;
  using _watch = watchProcess();
  await using session = await pushSession(pushed, { url });

  pushed.get_model_by_name<TextInput>("input").value = SCRIPT;
  syncOf(pushed).sendEvent(new ButtonClick({ model: pushed.get_model_by_name("button")! }));
  pushed.get_model_by_name<Div>("carriers").text = `<img src=x onerror='${SCRIPT}'>`;
  await session.flushed();

  await using other = await pullSession({ url, sessionId: session.id });
  const carriers = other.document.get_model_by_name("carriers")!.tags as Model[];
  assertEquals(carriers.length, count);
  const served = server.getSession("/app", session.id).document;
  assertEquals(served.get_model_by_name<TextInput>("input").value, SCRIPT);
  assertEquals(served.get_model_by_name<Button>("button").label, "b", "js_link is for browsers");
  assertEquals(happened, []);
});

Deno.test("CustomJS: the test covers every class with code", () => {
  const types = carriersOf(CODE, SCRIPT).map((model) => model.type);
  for (const type of ["CustomJS", "CustomJSExpr", "CustomJSFilter", "CustomJSHover", "CustomJSTicker"]) {
    assert(types.includes(type), type);
  }
  for (const type of ["CustomJSTickFormatter", "CustomJSTransform", "CustomLabelingPolicy", "HTMLTemplateFormatter"]) {
    assert(types.includes(type), type);
  }
});
