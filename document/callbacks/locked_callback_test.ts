import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Document } from "../document.ts";
import type { SessionContext } from "../document.ts";
import { syncOf } from "../document_sync.ts";

const context: SessionContext = {
  id: "session",
  request: null,
  tokenPayload: {},
  serverContext: { sessions: [], argv: [] },
  logoutUrl: null,
  destroyed: false,
  files: { acceptUploads: () => "", offerDownload: () => "" },
  withLockedDocument: () => Promise.reject(new Error("Not in these tests")),
};

/** A document whose session callbacks run when told. */
function setUp() {
  const doc = new Document();
  doc.session_context = context;
  const tick = async () => {
    for (const { callback } of doc.session_callbacks) await callback();
  };
  return { doc, tick, seen: [] as string[] };
}

Deno.test("locked_callback() runs every call in order, one a turn", async () => {
  const { doc, tick, seen } = setUp();
  const say = doc.locked_callback((word: string) => seen.push(word));
  say("a");
  say("b");
  assertEquals([seen, say.pending, say.policy], [[], true, "every"]);
  await tick();
  assertEquals([seen, say.pending], [["a"], true]);
  await tick();
  assertEquals([seen, say.pending], [["a", "b"], false]);
});

Deno.test("locked_callback() may keep the latest call only", async () => {
  const { doc, tick, seen } = setUp();
  const say = doc.locked_callback((word: string) => seen.push(word), { policy: "latest" });
  say("a");
  say("b");
  await tick();
  await tick();
  assertEquals([seen, say.pending], [["b"], false]);
});

Deno.test("locked_callback() goes on after an error", async () => {
  const { doc, tick } = setUp();
  const fail = doc.locked_callback(() => {
    throw new Error("on purpose");
  });
  fail();
  fail();
  await assertRejects(tick, Error, "on purpose");
  assertEquals(fail.pending, true);
});

Deno.test("locked_callback() does nothing once it is closed or the session has ended", async () => {
  const { doc, tick, seen } = setUp();
  const say = doc.locked_callback((word: string) => seen.push(word));
  const other = doc.locked_callback((word: string) => seen.push(word));
  say("a");
  say.close();
  await tick();
  await syncOf(doc).destroy(context);
  other("b");
  assertEquals([seen, say.closed, other.closed, other.pending], [[], true, true, false]);
});

Deno.test("locked_callback() needs a session", () => {
  assertThrows(() => new Document().locked_callback(() => {}), Error, "no session");
  assertThrows(() => setUp().doc.locked_callback(() => {}, { policy: JSON.parse('"some"') }), TypeError, "policies");
});
