import { assert, assertEquals } from "@std/assert";
import { html, indent, scriptJson } from "./escape.ts";

Deno.test("scriptJson writes equivalent JSON without characters that end a script", () => {
  const value = { text: "</script><!-- & \u2028\u2029 'a' \"b\"", list: [1, null, true] };
  const json = scriptJson(value);
  assertEquals(JSON.parse(json), value);
  assert(!/[<>&\u2028\u2029]/.test(json));
});

Deno.test("html escapes text for content and for attributes", () => {
  assertEquals(html(`<a b="c" d='e'>&`), "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;");
});

Deno.test("indent leaves empty lines empty", () => {
  assertEquals(indent("a\n\n  b", 2), "  a\n\n    b");
});
