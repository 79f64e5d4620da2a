import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { PROTOCOL_ERRORS } from "../../protocol/error.ts";
import { CONNECTION_SCRIPT, lateScript, showDocumentsScript } from "./page_scripts.ts";

Deno.test("CONNECTION_SCRIPT has the close codes of the protocol", () => {
  const codes = (name: string) => JSON.parse(new RegExp(`const ${name} = (\\[.*?\\]);`).exec(CONNECTION_SCRIPT)![1]!);
  const { logged_out, session_gone, token_expired, malformed, wrong_frame_kind, too_big, internal } = PROTOCOL_ERRORS;
  assertEquals(codes("ENDED"), [logged_out, session_gone, token_expired].map(({ wsClose }) => wsClose));
  assertEquals(codes("REFUSED"), [malformed, wrong_frame_kind, too_big, internal].map(({ wsClose }) => wsClose));
});

Deno.test("CONNECTION_SCRIPT can be inlined in a page, and has no effect without BokehJS", () => {
  assert(!CONNECTION_SCRIPT.includes("</"));
  new Function(CONNECTION_SCRIPT)();
});

Deno.test("showDocumentsScript calls embed_items as Bokeh's pages do", () => {
  const script = showDocumentsScript("{}", '[{"token":"t"}]');
  assertStringIncludes(script, 'const render_items = [{"token":"t"}];\n');
  assertStringIncludes(script, "Bokeh.embed.embed_items(docs_json, render_items);");
});

Deno.test("lateScript is empty without scripts", () => {
  assertEquals(lateScript([]), "");
  assertStringIncludes(lateScript([{ src: "/a.js" }]), '[{"src":"/a.js"}]');
});
