import {
  assert,
  assertEquals,
  assertFalse,
  assertMatch,
  assertRejects,
  assertStrictEquals,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { basename } from "@std/path";
import { curdoc } from "../document/curdoc.ts";
import { Document } from "../document/document.ts";
import { Column, Slider } from "../models/gen/classes.ts";
import { Application } from "./application.ts";
import { ApplicationError } from "./application_error.ts";
import { hooksOf } from "./hooks.ts";

function fixture(name: string): URL {
  return new URL(`../tests/fixtures/applications/${name}`, import.meta.url);
}

async function titleOf(application: Application): Promise<string> {
  const doc = new Document();
  await application.fill(doc);
  return doc.title;
}

Deno.test("Application.fill calls the function with the document, which curdoc() returns", async () => {
  const doc = new Document();
  const documents: Document[] = [];
  const application = await Application.from(async (given) => {
    documents.push(given, curdoc());
    await Promise.resolve();
    documents.push(curdoc());
  });
  await application.fill(doc);
  assertEquals(documents.length, 3);
  for (const one of documents) assertStrictEquals(one, doc);
  assertStrictEquals(await Application.from(application), application);
  assertThrows(() => new Application("x" as never), TypeError, "not a function");
});

Deno.test("Application.from loads a module by path and by URL", async () => {
  const url = fixture("script.ts");
  for (const source of [url, url.href, url.pathname]) {
    const application = await Application.from(source);
    assertEquals(await titleOf(application), "Script");
    assertEquals(typeof application.metadata, "function");
    assertEquals(Object.keys(application.hooks), ["onServerLoaded"]);
    assertEquals(application.staticPath, null);
  }
});

Deno.test("Application.from loads a directory with its templates, theme, static files and hooks", async () => {
  const application = await Application.from(fixture("dash"));
  const doc = new Document();
  await application.fill(doc);
  assertEquals(doc.title, "Dash themed");
  assertEquals(doc.template?.trim(), "<h1>{{ greeting }}</h1>");
  assertEquals(Object.keys(application.templates).sort(), ["index.html", "parts/footer.html"]);
  assertEquals(application.metadata, { about: "a directory" });
  assertMatch(application.staticPath ?? "", /applications[/\\]dash[/\\]static$/);
  assertEquals(Object.keys(application.hooks), ["onSessionCreated", "processRequest"]);
  assertEquals(await application.processRequest(new Request("http://x/", { headers: { "X-Who": "ada" } })), {
    who: "ada",
  });
});

Deno.test("Application.from loads a JSON document", async () => {
  assertEquals(await titleOf(await Application.from(fixture("document.json"))), "From JSON");
});

Deno.test("Application.from throws for JSON that is not a document", async () => {
  const file = await Deno.makeTempFile({ suffix: ".json" });
  for (const text of ["{}", '{"roots": [{"type": "object", "name": "NoSuch", "id": "1"}]}', "[1"]) {
    await Deno.writeTextFile(file, text);
    await assertRejects(
      () => Application.from(file),
      TypeError,
      `Cannot serve ${basename(file)}: it is not a Bokeh document`,
    );
  }
  await Deno.remove(file);
});

Deno.test("Application.from describes what is wrong with a source", async () => {
  const cases: [string, string][] = [
    ["no_default.ts", "default export is missing"],
    ["no_function.ts", "default export is not a function"],
    ["bad_hook.ts", "onSessionCreated of bad_hook.ts: it has 2 parameters"],
    ["empty", "contains neither main.ts nor main.js"],
  ];
  for (const [name, message] of cases) await assertRejects(() => Application.from(fixture(name)), TypeError, message);
  const script = await Deno.makeTempFile({ suffix: ".py" });
  await assertRejects(() => Application.from(script), TypeError, "it is neither a module (.ts, .js)");
  await Deno.remove(script);
});

Deno.test("Application.from loads hooks from server_lifecycle.ts, as Bokeh does, but not together with app_hooks.ts", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/main.js`, "export default () => {};");
  await Deno.writeTextFile(`${folder}/server_lifecycle.js`, "export function onServerLoaded() {}");
  assertEquals(Object.keys((await Application.from(folder)).hooks), ["onServerLoaded"]);
  await Deno.writeTextFile(`${folder}/app_hooks.ts`, "");
  await assertRejects(() => Application.from(folder), TypeError, "both app_hooks.ts and server_lifecycle.js");
  await Deno.remove(folder, { recursive: true });
});

Deno.test("hooksOf throws for anything but functions", () => {
  assertThrows(() => hooksOf({ processRequest: 5 }, "x.ts"), TypeError, "processRequest of x.ts: it is not a function");
  assertEquals(hooksOf({ other: 5 }, "x.ts"), {});
  const python = { on_session_created: () => {} };
  assertThrows(() => hooksOf(python, "x.ts"), TypeError, "on_session_created of x.ts: its name is onSessionCreated");
});

Deno.test("Application.processRequest throws for reserved keys", async () => {
  for (const key of ["session_id", "session_expiry"]) {
    const application = new Application(() => {}, { hooks: { processRequest: () => ({ [key]: 1 }) } });
    await assertRejects(() => application.processRequest(new Request("http://x/")), TypeError, key);
  }
  const wrong = new Application(() => {}, { hooks: { processRequest: () => JSON.parse("[1]") } });
  await assertRejects(() => wrong.processRequest(new Request("http://x/")), TypeError, "array is not a plain object");
  assertEquals(await new Application(() => {}).processRequest(new Request("http://x/")), {});
});

Deno.test("Application.fill throws an error with the location in the author's code", async () => {
  const application = await Application.from(fixture("thrower.ts"));
  const error = await assertRejects(() => application.fill(new Document()), ApplicationError);
  assertStringIncludes(String(error.cause), "Out of cheese");
  assertStringIncludes(error.trace, "Out of cheese");
  assertStringIncludes(error.trace, "thrower.ts:6");
  assertMatch(error.at ?? "", /thrower\.ts:6:9$/, error.trace);
  assertFalse(error.trace.includes("/document/"));
  assertFalse(error.trace.includes("application.ts"));
});

Deno.test("Application.fill awaits the document's asynchronous callbacks", async () => {
  const application = new Application((doc) => {
    const slider = new Slider({ start: 0, end: 10, value: 1 });
    slider.on_change("value", () => Promise.reject(new Error("Late")));
    doc.add_root(slider);
    slider.value = 2;
  });
  const error = await assertRejects(() => application.fill(new Document()), ApplicationError);
  assert(String(error.cause).includes("Late"));
});

Deno.test("Application.fill fails for validation problems according to the validation option", async () => {
  const withError = new Application((doc) => doc.add_root(new Slider({ start: 1, end: 1, value: 1 })));
  const withWarning = new Application((doc) => doc.add_root(new Column()));
  for (const validation of ["errors", "all"] as const) {
    const { cause } = await assertRejects(() => withError.fill(new Document(), validation), ApplicationError);
    assertStringIncludes(String(cause), "E-1021 EQUAL_SLIDER_START_END");
  }
  await assertRejects(() => withWarning.fill(new Document(), "all"), ApplicationError);
  await withWarning.fill(new Document(), "errors");
  await withError.fill(new Document(), "log");
});

Deno.test("Application.fill does not validate with the validation off", async () => {
  let validations = 0;
  class CountingDocument extends Document {
    override validate() {
      validations += 1;
      return super.validate();
    }
  }
  const application = new Application(() => {});
  await application.fill(new CountingDocument(), "off");
  assertEquals(validations, 0);
  await application.fill(new CountingDocument());
  assertEquals(validations, 1);
});

Deno.test("Application.from names a value that is not an application", async () => {
  await assertRejects(
    () => Application.from(undefined as unknown as string),
    TypeError,
    "Cannot create application from undefined: it is neither a function, nor a path",
  );
});

Deno.test("Application.from reads shareSessions of a module, and throws for other values", async () => {
  const load = (value: string) =>
    Application.from(new URL(`data:text/javascript,export default () => {}; export const shareSessions = ${value};`));
  assertEquals((await load("true")).shareSessions, true);
  assertEquals(typeof (await load("() => true")).shareSessions, "function");
  assertEquals((await load("undefined")).shareSessions, undefined);
  await assertRejects(() => load("'yes'"), TypeError, "it is neither a boolean nor a function");
});
