import { assertEquals, assertThrows } from "@std/assert";
import { modelId, scriptUrl, tokenOf } from "./page.ts";

Deno.test("tokenOf: finds the token in the render items", () => {
  assertEquals(tokenOf('const render_items = [{"token":"abc-_.d","roots":{}}];'), "abc-_.d");
  assertThrows(() => tokenOf("<html>"), Error, "token");
});

Deno.test("modelId: finds a nested model by name", () => {
  const slider = { type: "object", name: "Slider", id: "p7", attributes: { name: "freq" } };
  const doc = { doc: { roots: [{ type: "object", name: "Row", id: "p1", attributes: { children: [slider] } }] } };
  assertEquals(modelId(JSON.stringify(doc), "freq"), "p7");
  assertThrows(() => modelId("{}", "freq"), Error, "named freq");
});

Deno.test("scriptUrl: resolves the URL in the page relative to the page", () => {
  const page = '<script type="text/javascript" src="static/js/bokeh.min.js?v=12"></script>';
  assertEquals(scriptUrl(page, "/sliders", "bokeh.min.js"), "/static/js/bokeh.min.js?v=12");
  assertEquals(scriptUrl("", "/sliders", "bokeh.min.js"), "/static/js/bokeh.min.js");
});
