import { assert, assertEquals } from "@std/assert";
import { PROTOCOL_ERRORS } from "../../protocol/error.ts";
import { CONNECTION_SCRIPT, withoutComments } from "./page_scripts.ts";

Deno.test("CONNECTION_SCRIPT knows the close codes of the protocol", () => {
  const codes = (name: string) => JSON.parse(new RegExp(`const ${name} = (\\[.*?\\]);`).exec(CONNECTION_SCRIPT)![1]!);
  const { logged_out, session_gone, token_expired, malformed, wrong_frame_kind, too_big, internal } = PROTOCOL_ERRORS;
  assertEquals(codes("ENDED"), [logged_out, session_gone, token_expired].map(({ wsClose }) => wsClose));
  assertEquals(codes("REFUSED"), [malformed, wrong_frame_kind, too_big, internal].map(({ wsClose }) => wsClose));
});

Deno.test("CONNECTION_SCRIPT may stand in a page, and does nothing without BokehJS", () => {
  assert(!CONNECTION_SCRIPT.includes("</"));
  new Function(CONNECTION_SCRIPT)();
});

Deno.test("withoutComments removes lines of comments only", () => {
  assertEquals(
    withoutComments("/** a\n * b\n */\nlet x; // c\n\n  // d\nx = 2 *\n  3;\n"),
    "let x; // c\nx = 2 *\n  3;",
  );
});
