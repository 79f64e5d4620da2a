import { assertEquals, assertThrows } from "@std/assert";
import { scriptUrl, tokenOf } from "./page.ts";

Deno.test("tokenOf: finds the token in the render items", () => {
  assertEquals(tokenOf('const render_items = [{"token":"abc-_.d","roots":{}}];'), "abc-_.d");
  assertThrows(() => tokenOf("<html>"), Error, "token");
});

Deno.test("scriptUrl: resolves the URL in the page relative to the page", () => {
  const page = '<script type="text/javascript" src="static/js/bokeh.min.js?v=12"></script>';
  assertEquals(scriptUrl(page, "/sliders", "bokeh.min.js"), "/static/js/bokeh.min.js?v=12");
  assertEquals(scriptUrl("", "/sliders", "bokeh.min.js"), "/static/js/bokeh.min.js");
});
