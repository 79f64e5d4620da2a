import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { PROTOCOL_ERRORS } from "../../protocol/error.ts";
import { connectionScript, lateScript, showDocumentsScript } from "./page_scripts.ts";

Deno.test("connectionScript() has the close codes of the protocol", () => {
  const codes = (name: string) => JSON.parse(new RegExp(`const ${name} = (\\[.*?\\]);`).exec(connectionScript())![1]!);
  const { logged_out, session_gone, application_changed, token_expired } = PROTOCOL_ERRORS;
  const { malformed, wrong_frame_kind, too_big, internal } = PROTOCOL_ERRORS;
  const ended = [logged_out, session_gone, application_changed, token_expired];
  assertEquals(codes("ENDED"), ended.map(({ wsClose }) => wsClose));
  assertEquals(codes("REFUSED"), [malformed, wrong_frame_kind, too_big, internal].map(({ wsClose }) => wsClose));
});

Deno.test("connectionScript() can be inlined in a page, and has no effect without BokehJS", () => {
  assert(!connectionScript().includes("</"));
  new Function(connectionScript())();
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
