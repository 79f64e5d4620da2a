import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import type { AppContext } from "../../handlers/context.ts";
import { testContext, testRequest, tokenOf } from "../../handlers/handler_test_support.ts";
import { Refusal } from "../../handlers/http/refusal.ts";
import { handleEmbedJson } from "../../handlers/pages/embed.ts";
import type { OwnershipAnswer, Peer } from "../../handlers/relay/relay.ts";
import { RelayBudget } from "../../handlers/relay/relay_budget.ts";
import { ProtocolError } from "../../protocol/error.ts";
import { FileIds } from "../../session/ownership/file_id.ts";
import type { SessionClaims } from "../../session/ownership/session_claims.ts";
import type { HeldSession } from "../../session/ownership/session_held_error.ts";
import { sessionKeyOf } from "../../session/ownership/session_key.ts";
import { checkToken, generateToken } from "../../session/credentials/token.ts";
import type { SessionOwners } from "../session_owners.ts";
import { SessionRoutes } from "./session_routes.ts";

const SIGNING = { secretKey: "a key for tests", signed: true };

/** Returns the token of a page, which is requested from the only process of a server. */
async function pageToken(context: AppContext, query = "", init: RequestInit = {}): Promise<string> {
  return tokenOf(await (await new SessionRoutes(undefined).page(...testRequest(context, query, init))).text());
}

/** A process that owns all sessions that this one does not have, and answers with its name. */
function otherProcess(answer: OwnershipAnswer = "owner") {
  const requests: Request[] = [];
  const peer: Peer = {
    budget: new RelayBudget(0),
    fetch: (request) => {
      requests.push(request);
      return Promise.resolve(new Response("other process"));
    },
    connect: () => Promise.reject(new Error("not used")),
    watch: () => () => {},
    owns: () => Promise.resolve(answer),
  };
  const owners: SessionOwners = { isRefusalDeath: false, peerAt: () => peer };
  const claims: SessionClaims = {
    claim: (key) => Promise.resolve({ kind: "held", held: held(key) }),
    find: (key) => Promise.resolve(held(key)),
    release: () => {},
  };
  return { owners, requests, claims };
}

function held(key: string): HeldSession {
  return { key, owner: { node: "1", epoch: "" }, address: "unix:other" };
}

Deno.test("SessionRoutes.page creates a session that its token opens", async () => {
  const context = testContext();
  const check = await checkToken(await pageToken(context));
  assert(check.ok && context.app.registry.get(check.sessionId) !== undefined);
});

Deno.test("SessionRoutes.page creates a session for each request without credentials", async () => {
  const context = testContext();
  assertNotEquals(await pageToken(context), await pageToken(context));
  assertEquals(context.app.registry.size, 2);
});

Deno.test("SessionRoutes.page creates no session if sessions start with their websockets", async () => {
  const context = testContext({ config: { sessionCreation: "connect" } });
  assert((await checkToken(await pageToken(context))).ok);
  assertEquals(context.app.registry.size, 0);
});

Deno.test("SessionRoutes.page puts the request into the token", async () => {
  const context = testContext({ hooks: { processRequest: () => ({ who: "ada" }) } });
  const init = { headers: { "x-mine": "yes", cookie: "c=d" } };
  const check = await checkToken(await pageToken(context, "?a=1&a=2", init));
  const payload = check.ok ? check.payload : {};
  assertEquals(payload.arguments?.["a"]?.map((value) => new TextDecoder().decode(value)), ["1", "2"]);
  assertEquals([payload.cookies?.["c"], payload.headers?.["x-mine"], payload["who"]], ["d", "yes", "ada"]);
});

Deno.test("SessionRoutes.page takes the session id from the argument or the header", async () => {
  for (
    const [query, init] of [["?bokeh-session-id=mine", {}], ["", { headers: { "bokeh-session-id": "mine" } }]] as const
  ) {
    const context = testContext();
    await pageToken(context, query, init);
    assert(context.app.registry.get("mine") !== undefined);
  }
});

Deno.test("SessionRoutes.page returns the token that the request presents", async () => {
  const context = testContext();
  const first = await pageToken(context);
  assertEquals(await pageToken(context, `?bokeh-token=${first}`), first);
  assertEquals(context.app.registry.size, 1);
});

Deno.test("SessionRoutes.page accepts an expired token only for a session that exists", async () => {
  const context = testContext();
  const expired = (id: string) => generateToken(id, { expirationSeconds: -1 });
  await pageToken(context, "?bokeh-session-id=living");
  assertEquals(await pageToken(context, `?bokeh-token=${await expired("living")}`), await expired("living"));
  await assertRejects(async () => await pageToken(context, `?bokeh-token=${await expired("gone")}`), Refusal);
  assertEquals(context.app.registry.size, 1);
});

Deno.test("SessionRoutes.page refuses credentials that are contradictory or not valid", async () => {
  const header = { headers: { "bokeh-session-id": "b" } };
  const refusals: [query: string, init: RequestInit, config: object, reason: string][] = [
    ["?bokeh-session-id=a", header, {}, "session ID was provided as an argument and header"],
    ["?bokeh-token=t&bokeh-session-id=a", {}, {}, "Both token and session ID were provided"],
    ["?bokeh-token=t", header, {}, "Both token and session ID were provided"],
    ["", {}, { generateSessionIds: false }, "No bokeh-session-id provided"],
    ["?bokeh-token=garbage", {}, {}, "Invalid token or session ID"],
    ["?bokeh-token=long", {}, { maxTokenLength: 3 }, "Invalid token or session ID"],
    ["?bokeh-session-id=", {}, {}, "Invalid token or session ID"],
    ["?bokeh-session-id=%ff", {}, {}, "Invalid token or session ID"],
    ["?bokeh-session-id=unsigned", {}, { signing: SIGNING }, "Invalid token or session ID"],
  ];
  for (const [query, init, config, reason] of refusals) {
    const context = testContext({ config });
    const refusal = await assertRejects(async () => await pageToken(context, query, init), Refusal, reason, query);
    assertEquals(refusal.status, 403);
    assertEquals(context.app.registry.size, 0);
  }
});

Deno.test("SessionRoutes.page forwards to the owner of a session that starts with the page", async () => {
  const { owners, requests, claims } = otherProcess();
  const context = testContext({ claims });
  const response = await new SessionRoutes(owners).page(...testRequest(context, "?bokeh-session-id=theirs"));
  assertEquals(await response.text(), "other process");
  assertEquals([requests.length, context.app.registry.size], [1, 0]);
});

Deno.test("SessionRoutes.page fails if the owner of the session does not answer", async () => {
  const { owners, claims } = otherProcess("unreachable");
  const page = new SessionRoutes(owners).page(...testRequest(testContext({ claims }), "?bokeh-session-id=theirs"));
  const error = await assertRejects(() => page, ProtocolError);
  assertEquals(error.code, "owner_unreachable");
});

Deno.test("SessionRoutes.page accepts an expired token of a session that another process owns", async () => {
  const { owners, claims } = otherProcess();
  const routes = new SessionRoutes(owners);
  const context = testContext({ claims, config: { sessionCreation: "connect" } });
  const token = await generateToken("theirs", { expirationSeconds: -1 });
  const response = await routes.page(...testRequest(context, `?bokeh-token=${token}`));
  assertEquals(tokenOf(await response.text()), token);
});

Deno.test("SessionRoutes.embedding withholds headers that identify the user from pages of other origins", async () => {
  const headers = { origin: "http://strange.example", cookie: "secret=1", "x-mine": "yes" };
  const request = testRequest(testContext(), "", { headers });
  const response = await new SessionRoutes(undefined).embedding(...request, handleEmbedJson);
  const check = await checkToken((await response.json()).token);
  const payload = check.ok ? check.payload : {};
  assertEquals([payload.cookies, payload.headers?.["x-mine"]], [{}, "yes"]);
});

Deno.test("SessionRoutes.embedding refuses pages of other origins for a user who has logged in", async () => {
  const [request, context] = testRequest(testContext(), "", { headers: { origin: "http://strange.example" } });
  const embed = async () => {
    const user = { name: "ada" };
    await new SessionRoutes(undefined).embedding(request, { ...context, user, userKey: "ada" }, handleEmbedJson);
  };
  await assertRejects(embed, Refusal, "Origin is not allowed");
});

Deno.test("SessionRoutes.metadata refuses credentials that are not valid", async () => {
  const routes = new SessionRoutes(undefined);
  assertEquals((await routes.metadata(...testRequest(testContext()))).status, 200);
  const wrong = async () => await routes.metadata(...testRequest(testContext(), "?bokeh-token=garbage"));
  await assertRejects(wrong, Refusal, "Invalid token or session ID");
});

Deno.test("SessionRoutes.file forwards to the process that has the session, unless the page's origin is not allowed", async () => {
  const { owners, requests, claims } = otherProcess();
  const file = async (headers: HeadersInit, id = fileId()) => {
    const [request, context] = testRequest(testContext({ claims, filesSecret: SECRET }), `/files/${id}`, { headers });
    return await new SessionRoutes(owners).file(request, { ...context, id });
  };
  assertEquals((await file({ origin: "http://strange.example" })).status, 403);
  assertEquals((await file({}, fileId("another secret"))).status, 404);
  assertEquals(requests.length, 0);
  assertEquals(await (await file({ origin: "http://listed.example" })).text(), "other process");
  assertEquals(requests.map(({ method }) => method), ["GET"]);
});

Deno.test("SessionRoutes.file fails if the process that has the session does not answer", async () => {
  const { owners, claims } = otherProcess("unreachable");
  const id = fileId();
  const [request, context] = testRequest(testContext({ claims, filesSecret: SECRET }), `/files/${id}`);
  const answer = new SessionRoutes(owners).file(request, { ...context, id });
  assertEquals((await assertRejects(() => answer, ProtocolError)).code, "owner_unreachable");
});

const SECRET = "a secret of files";

function fileId(secret = SECRET): string {
  return new FileIds(secret).idOf(sessionKeyOf("/app", "a session"), "0");
}
