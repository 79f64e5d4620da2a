import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Document } from "../document.ts";
import { syncOf } from "../document_sync.ts";
import { sessionContext } from "../document_test_support.ts";

const context = sessionContext({ destroyed: false });

/** Creates a document whose session callbacks run when `tick` is called. */
function setUp() {
  const doc = new Document();
  doc.session_context = context;
  const tick = async () => {
    for (const { callback } of doc.session_callbacks) await callback();
  };
  return { doc, tick, received: [] as string[] };
}

Deno.test("locked_callback() runs every call in order, one per turn", async () => {
  const { doc, tick, received } = setUp();
  const say = doc.locked_callback((word: string) => received.push(word));
  say("a");
  say("b");
  assertEquals([received, say.pending, say.policy], [[], true, "every"]);
  await tick();
  assertEquals([received, say.pending], [["a"], true]);
  await tick();
  assertEquals([received, say.pending], [["a", "b"], false]);
});

Deno.test("locked_callback() with the policy latest keeps the latest call only", async () => {
  const { doc, tick, received } = setUp();
  const say = doc.locked_callback((word: string) => received.push(word), { policy: "latest" });
  say("a");
  say("b");
  await tick();
  await tick();
  assertEquals([received, say.pending], [["b"], false]);
});

Deno.test("locked_callback() continues after an error", async () => {
  const { doc, tick } = setUp();
  const fail = doc.locked_callback(() => {
    throw new Error("on purpose");
  });
  fail();
  fail();
  await assertRejects(tick, Error, "on purpose");
  assertEquals(fail.pending, true);
});

Deno.test("locked_callback() has no effect after close() and after destroy()", async () => {
  const { doc, tick, received } = setUp();
  const say = doc.locked_callback((word: string) => received.push(word));
  const other = doc.locked_callback((word: string) => received.push(word));
  say("a");
  say.close();
  await tick();
  await syncOf(doc).destroy(context);
  other("b");
  assertEquals([received, say.closed, other.closed, other.pending], [[], true, true, false]);
});

Deno.test("locked_callback() throws without a session", () => {
  assertThrows(() => new Document().locked_callback(() => {}), Error, "no session");
  assertThrows(() => setUp().doc.locked_callback(() => {}, { policy: JSON.parse('"some"') }), TypeError, "policies");
});
