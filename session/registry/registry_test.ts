import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import type { Document } from "../../document/document.ts";
import type { SessionRequest } from "../../document/session_request.ts";
import { ProtocolError } from "../../protocol/error.ts";
import { InProcessClient, makeRegistry } from "../session_test_support.ts";

const REQUEST: SessionRequest = {
  arguments: {},
  headers: {},
  cookies: {},
  method: "GET",
  url: "http://localhost/",
  protocol: "http",
  host: "localhost",
  path: "/",
  uri: "/",
  remoteAddress: "127.0.0.1",
};

function nothing(): void {}

function token(text: string, expiresAt: number) {
  return { token: { text, expiresAt } };
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return (await assertRejects(() => promise, ProtocolError)).code;
}

Deno.test("SessionRegistry creates one session for concurrent callers", async () => {
  let filled = 0;
  const { registry, clock } = makeRegistry(async () => {
    filled++;
    await new Promise<void>((resolve) => clock.setTimeout(resolve, 10));
  });
  const asked = [1, 2, 3].map(() => registry.getOrCreate("a"));
  assertEquals(registry.get("a"), undefined);
  await clock.tick(10);
  const [one, two, three] = await Promise.all(asked);
  assertStrictEquals(one, two);
  assertStrictEquals(one, three);
  assertStrictEquals(registry.get("a"), one);
  assertEquals(filled, 1);
});

Deno.test("SessionRegistry accepts any text as an id", async () => {
  const { registry } = makeRegistry(nothing);
  const ids = ["__proto__", "constructor", "\u0000", "a\r\nb", ""];
  const sessions = await Promise.all(ids.map((id) => registry.getOrCreate(id)));
  assertEquals(new Set(sessions).size, ids.length);
  assertEquals(sessions.map((session) => session.id), ids);
});

Deno.test("SessionRegistry rejects all concurrent callers when the application throws, and the next caller tries again", async () => {
  let broken = true;
  const { registry, events } = makeRegistry(async () => {
    await Promise.resolve();
    if (broken) throw new Error("Broken");
  });
  const results = await Promise.allSettled([registry.getOrCreate("a"), registry.getOrCreate("a")]);
  assertEquals(results.map((result) => result.status), ["rejected", "rejected"]);
  assertEquals(registry.size, 0);
  assertEquals(events.filter((event) => event.type === "sessionFailed").length, 1);
  broken = false;
  assertEquals((await registry.getOrCreate("a")).id, "a");
});

Deno.test("SessionRegistry gives the application a session context", async () => {
  const seen: unknown[] = [];
  const request = { ...REQUEST, arguments: { n: [Uint8Array.of(49)] }, headers: { h: "x" } };
  const order: string[] = [];
  const { registry } = makeRegistry((doc: Document) => {
    order.push("fill");
    seen.push(doc.session_context);
  }, {
    argv: ["--x"],
    logoutUrl: () => "/logout",
    hooks: { onSessionCreated: (context) => void order.push(`created ${context.id}`) },
  });
  const session = await registry.getOrCreate("a", { payload: { who: "ada" }, request });
  assertEquals(order, ["created a", "fill"]);
  assertStrictEquals(seen[0], session.context);
  const { context } = session;
  assertStrictEquals(context.request, request);
  assertEquals([context.id, context.tokenPayload, context.logoutUrl, context.destroyed], [
    "a",
    { who: "ada" },
    "/logout",
    false,
  ]);
  assertEquals(context.serverContext.argv, ["--x"]);
  assertEquals(context.serverContext.sessions, [context]);
});

Deno.test("SessionRegistry reports a hook that fails, and creates the session", async () => {
  const { registry, events } = makeRegistry((doc: Document) => void (doc.title = "filled"), {
    hooks: {
      onSessionCreated: () => Promise.reject(new Error("created")),
      onSessionDestroyed: () => {
        throw new Error("destroyed");
      },
    },
  });
  assertEquals((await registry.getOrCreate("a")).document.title, "filled");
  await registry.drain(1000);
  const failures = events.filter((event) => event.type === "callbackFailed").map(({ error }) =>
    (error as Error).message
  );
  assertEquals(failures, ["created", "destroyed"]);
});

Deno.test("SessionContext.request is created once, when the application reads it", async () => {
  const request = REQUEST;
  let made = 0;
  const { registry } = makeRegistry(() => {});
  const { context } = await registry.getOrCreate("a", { request: () => (made++, { ...request }) });
  assertEquals(made, 0);
  assertStrictEquals(context.request, context.request);
  assertEquals([context.request, made], [request, 1]);
});

Deno.test("SessionRegistry.sweep destroys sessions that were idle for too long", async () => {
  const ended: string[] = [];
  const { registry, clock, events } = makeRegistry((doc) => {
    doc.on_session_destroyed((context) => ended.push(`document ${context.id} ${context.destroyed}`));
  }, { hooks: { onSessionDestroyed: (context) => void ended.push(`hook ${context.id} ${context.destroyed}`) } });
  await registry.getOrCreate("idle");
  const client = new InProcessClient(await registry.getOrCreate("used"));
  await clock.tick(15_000);
  assertEquals(await registry.sweep(), 0);
  await clock.tick(1);
  assertEquals(await registry.sweep(), 1);
  assertEquals(ended, ["document idle true", "hook idle true"]);
  assertEquals(registry.all().map((session) => session.id), ["used"]);
  client.connection.closed(1000, "");
  await clock.tick(15_000);
  assertEquals(await registry.sweep(), 0);
  await clock.tick(1);
  assertEquals(await registry.sweep(), 1);
  assertEquals(events.filter((event) => event.type === "sessionDestroyed").length, 2);
  assertEquals(clock.pending, 0);
});

Deno.test("SessionRegistry.sweep uses the monotonic clock, and the system time for tokens only", async () => {
  const { registry, clock } = makeRegistry(nothing);
  const token = { text: "token", expiresAt: clock.wallTime() + 300_000 };
  await registry.getOrCreate("a", { token });
  clock.setWall(100_000);
  assertEquals(await registry.sweep(), 0);
  clock.setWall(-200_000);
  await clock.tick(15_001);
  assertEquals(await registry.sweep(), 1);
  assertEquals(await codeOf(registry.getOrCreate("a", { token })), "session_gone");
  clock.setWall(500_000);
  assertEquals(await registry.sweep(), 0);
  assertEquals((await registry.getOrCreate("a", { token })).id, "a");
});

Deno.test("SessionRegistry.sweep keeps sessions that are busy or blocked, and destroys one that requested it", async () => {
  const { registry, clock } = makeRegistry(nothing);
  const session = await registry.getOrCreate("a");
  const done = session.transact({}, () => new Promise<void>((resolve) => void clock.setTimeout(resolve, 20_000)));
  await clock.tick(19_000);
  assertEquals(await registry.sweep(), 0);
  await clock.tick(1_000);
  await done;
  {
    using _block = session.blockExpiration();
    assertEquals(await registry.sweep(), 0);
  }
  const other = await registry.getOrCreate("b");
  other.requestExpiration();
  assertEquals(await registry.sweep(), 2);
});

Deno.test("SessionRegistry.sweep yields to the event loop between slices", async () => {
  const { registry, clock } = makeRegistry((doc) => {
    doc.on_session_destroyed(() => {
      const end = performance.now() + 2;
      while (performance.now() < end);
    });
  });
  for (let i = 0; i < 20; i++) await registry.getOrCreate(`${i}`);
  await clock.tick(15_001);
  let turns = 0;
  const turn = clock.setInterval(() => turns++, 1);
  const swept = registry.sweep();
  await clock.tick(100);
  assertEquals(await swept, 20);
  clock.clearInterval(turn);
  assert(turns >= 5);
});

Deno.test("SessionRegistry refuses the token of a destroyed session, and creates a new session for another token", async () => {
  const { registry, clock } = makeRegistry(nothing);
  const expiresAt = clock.now() + 300_000;
  const first = await registry.getOrCreate("a", token("first", expiresAt));
  await clock.tick(15_001);
  await registry.sweep();
  assertEquals(await codeOf(registry.getOrCreate("a", token("first", expiresAt))), "session_gone");
  const second = await registry.getOrCreate("a", token("second", expiresAt));
  assert(second !== first);
  // A live session accepts any token with its id.
  assertStrictEquals(await registry.getOrCreate("a", token("first", expiresAt)), second);
  await clock.tick(300_000);
  await registry.sweep();
  assertEquals((await registry.getOrCreate("b", token("first", expiresAt))).id, "b");
});

Deno.test("SessionRegistry creates a session again for a page that had not opened its websocket", async () => {
  const { registry, clock } = makeRegistry(nothing);
  await registry.getOrCreate("a");
  await clock.tick(15_001);
  await registry.sweep();
  assertEquals((await registry.getOrCreate("a", token("late", clock.now() + 1))).id, "a");
});

Deno.test("SessionRegistry.drain closes connections with 1001, runs the hooks and refuses new sessions", async () => {
  const ended: string[] = [];
  const { registry, clock } = makeRegistry(nothing, { hooks: { onSessionDestroyed: ({ id }) => void ended.push(id) } });
  const clients = [];
  for (const id of ["a", "b"]) clients.push(new InProcessClient(await registry.getOrCreate(id)));
  await registry.drain();
  assertEquals(clients.map((client) => client.port.closedWith?.[0]), [1001, 1001]);
  assertEquals(ended, ["a", "b"]);
  assertEquals(await codeOf(registry.getOrCreate("c")), "going_away");
  assertEquals(clock.pending, 0);
});

Deno.test("SessionRegistry.drain waits for a hook until its deadline", async () => {
  const never = { hooks: { onSessionDestroyed: () => new Promise<void>(nothing) } };
  const { registry, clock } = makeRegistry(nothing, never);
  await registry.getOrCreate("a");
  const drained = registry.drain(1_000);
  await clock.tick(1_000);
  await drained;
});

Deno.test("SessionRegistry.sweep continues after a hook that fails", async () => {
  const { registry, clock, events } = makeRegistry(nothing, {
    hooks: {
      onSessionDestroyed: () => {
        throw new Error("Hook");
      },
    },
  });
  await registry.getOrCreate("a");
  await registry.getOrCreate("b");
  await clock.tick(15_001);
  assertEquals(await registry.sweep(), 2);
  assertEquals(events.filter((event) => event.type === "callbackFailed").length, 2);
});

Deno.test("Session refuses transactions after its destruction", async () => {
  const { registry } = makeRegistry(nothing);
  const session = await registry.getOrCreate("a");
  await registry.drain();
  await assertRejects(() => session.context.withLockedDocument(nothing), Error, "session has ended");
});
