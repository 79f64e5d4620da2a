import { assert, assertEquals, assertFalse, assertMatch, assertNotEquals, assertRejects } from "@std/assert";
import { deflateSync } from "node:zlib";
import { checkSessionIdSignature, generateSessionId, randomText } from "./session_id.ts";
import { sign, verify } from "./signature.ts";
import { checkToken, generateToken, type TokenCheck } from "./token.ts";
import { encodeBase64Url } from "./token_payload.ts";

interface TokenCase {
  key: string;
  signed: boolean;
  session_id: string;
  extra_payload: Record<string, unknown> | null;
  token: string;
  payload: { session_expiry: number } & Record<string, unknown>;
}

interface OddCase {
  what: string;
  key: string;
  token: string;
}

interface Fixture {
  session_ids: { key: string; id: string; valid: boolean }[];
  signatures: { key: string; text: string; signature: string }[];
  tokens: TokenCase[];
  odd_tokens: OddCase[];
}

const fixture: Fixture = JSON.parse(
  Deno.readTextFileSync(new URL("../../tests/fixtures/tokens.json", import.meta.url)),
);
const KEY = { secretKey: "a secret key of some length 0123456789", signed: true };
const NOW = 1_795_324_086_000;

// The fixture's form of Python's bytes.
function revive(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, item) => {
    return typeof item?.$bytes === "string" ? Uint8Array.fromBase64(item.$bytes) : item;
  });
}

function tokenOf(json: string): string {
  return encodeBase64Url(new TextEncoder().encode(json));
}

function packed(json: string): string {
  return encodeBase64Url(deflateSync(json));
}

function accepted(check: TokenCheck): Extract<TokenCheck, { ok: true }> {
  if (!check.ok) throw new Error(`Cannot use token: ${check.reason}`);
  return check;
}

function reasonOf(check: TokenCheck): string {
  return check.ok ? "ok" : check.reason;
}

Deno.test("sign() creates the same signatures as Python", async () => {
  for (const { key, text, signature } of fixture.signatures) {
    assertEquals(await sign(text, key), signature);
    assert(await verify(signature, text, new TextEncoder().encode(key)));
    for (const wrong of [signature + "=", signature.slice(1), signature.toLowerCase(), "", "é"]) {
      assertFalse(await verify(wrong, text, key));
    }
  }
  for (const key of [undefined, ""]) await assertRejects(() => sign("x", key), TypeError, "no secret key");
});

Deno.test("checkSessionIdSignature() accepts the same ids as Python", async () => {
  for (const { id, valid } of fixture.session_ids) {
    assertEquals(await checkSessionIdSignature(id, KEY), valid, id);
    assert(await checkSessionIdSignature(id, { signed: false }));
  }
});

Deno.test("a signature for one label or key is invalid for all others", async () => {
  const labels = [undefined, "cookie", "xsrf", "relay"] as const;
  const signatures = await Promise.all(labels.map((label) => sign("text", "key", label)));
  for (const [i, signature] of signatures.entries()) {
    for (const [j, label] of labels.entries()) assertEquals(await verify(signature, "text", "key", label), i === j);
    assertFalse(await verify(signature, "text", "other", labels[i]));
    assertFalse(await verify(signature, "texts", "key", labels[i]));
  }
});

Deno.test("generateSessionId() creates different ids of 44 letters and digits", async () => {
  const ids = new Set(await Promise.all(Array.from({ length: 200 }, () => generateSessionId())));
  assertEquals(ids.size, 200);
  for (const id of ids) assertMatch(id, /^[a-zA-Z0-9]{44}$/);
  assertEquals(new Set([...ids].join("")).size, 62);
  assertNotEquals(randomText(), randomText());
  const signed = await generateSessionId(KEY);
  assertMatch(signed, /^[a-zA-Z0-9]{44}\.[\w-]{43}$/);
  assert(await checkSessionIdSignature(signed, KEY));
});

Deno.test("checkToken() accepts Python's tokens", async () => {
  for (const { key, signed, session_id, token, payload, extra_payload } of fixture.tokens) {
    if (extra_payload && "bytes" in extra_payload) continue; // an object that looks like bytes: Python loses it
    const check = accepted(await checkToken(token, { secretKey: key, signed, now: NOW }));
    assertEquals(check.sessionId, session_id);
    assertEquals(check.expiresAt, payload.session_expiry * 1000);
    const { arguments: args, ...rest } = check.payload;
    const expected = revive(payload) as Record<string, unknown>;
    assertEquals({ ...rest, ...(args && { arguments: { ...args } }) }, expected);
  }
});

Deno.test("generateToken() creates the same bytes as Python for a token without payload", async () => {
  let compared = 0;
  for (const { key, signed, session_id, token, payload, extra_payload } of fixture.tokens) {
    if (extra_payload && Object.keys(extra_payload).length > 0) continue;
    const options = { secretKey: key, signed, now: payload.session_expiry * 1000, expirationSeconds: 0 };
    assertEquals(await generateToken(session_id, options), token);
    compared++;
  }
  assert(compared >= 4);
});

Deno.test("generateToken() preserves a payload with bytes", async () => {
  const args = { n: [Uint8Array.of(49), Uint8Array.of(255, 0)], ["__proto__"]: [Uint8Array.of(1)] };
  const payload = {
    headers: { H: "é" },
    cookies: {},
    arguments: args,
    mine: [1, { a: null, b: { bytes: "not bytes" } }],
  };
  for (const options of [{}, KEY]) {
    const id = await generateSessionId(options);
    const check = accepted(
      await checkToken(await generateToken(id, { ...options, payload, now: NOW }), { ...options, now: NOW }),
    );
    assertEquals(check.payload.session_expiry, NOW / 1000 + 300);
    assertEquals(check.payload.headers, payload.headers);
    assertEquals(check.payload.mine, payload.mine);
    assertEquals(Object.entries(check.payload.arguments ?? {}), Object.entries(args));
    assertEquals(Object.getPrototypeOf(check.payload.arguments), null);
  }
});

Deno.test("generateToken() preserves bytes at any depth of a payload", async () => {
  const headers = { accept: "*/*" };
  for (const own of [new Uint8Array(0), Uint8Array.of(1), [Uint8Array.of(2)], { deep: { bytes: Uint8Array.of(3) } }]) {
    const check = await checkToken(await generateToken("id", { payload: { headers, own } }));
    assertEquals(check.ok && check.payload.own, own);
    assertEquals(check.ok && check.payload.headers, headers);
  }
});

Deno.test("only the user of a token can decrypt its payload", async () => {
  const payload = { cookies: { login: "a secret" }, arguments: { a: [Uint8Array.of(1)] } };
  const ada = { userKey: "ada", payloadKey: "a key" };
  for (const signing of [{ signed: false }, KEY]) {
    const options = { ...signing, application: "/app" };
    const id = await generateSessionId(options);
    const token = await generateToken(id, { ...options, payload, user: ada, now: NOW });
    assertFalse(atob(token.split(".")[0]!.replaceAll("-", "+").replaceAll("_", "/")).includes("zlib"));
    const check = accepted(await checkToken(token, { ...options, user: ada, now: NOW }));
    assertEquals([check.payload.cookies, check.payload.arguments?.a], [payload.cookies, payload.arguments.a]);
    const others = [
      { user: { ...ada, userKey: "bob" } },
      { user: { ...ada, payloadKey: "another key" } },
      { user: undefined },
    ];
    for (const other of others) {
      assertEquals(reasonOf(await checkToken(token, { ...options, ...other, now: NOW })), "user");
    }
    // Nor for another session or application if tokens are not signed.
    const body = JSON.parse(
      new TextDecoder().decode(Uint8Array.fromBase64(token.split(".")[0]!, { alphabet: "base64url" })),
    );
    for (const forged of [{ ...body, session_id: "other" }, { ...body, app: "/other" }]) {
      const check = await checkToken(tokenOf(JSON.stringify(forged)), { user: ada, application: forged.app, now: NOW });
      assertEquals(reasonOf(check), "user");
    }
    // A live session needs no payload.
    const skipped = await checkToken(token, { ...options, user: undefined, needsPayload: () => false, now: NOW });
    assertEquals(reasonOf(skipped), "ok");
  }
});

Deno.test("checkToken() does not unpack a payload that is not needed", async () => {
  const token = await generateToken("id", { payload: { headers: {}, own: 1 }, now: 0 });
  const asked: string[] = [];
  const needsPayload = (id: string) => asked.push(id) > 1;
  assertEquals(await checkToken(token, { now: 0, needsPayload }), {
    ok: true,
    sessionId: "id",
    expiresAt: 300_000,
    readOnly: false,
    payload: { session_expiry: 300 },
  });
  const check = await checkToken(token, { now: 0, needsPayload });
  assertEquals(check.ok && check.payload.own, 1);
  assertEquals(asked, ["id", "id"]);
});

Deno.test("generateToken() refuses a payload with a key of the token itself", async () => {
  for (const name of ["session_id", "session_expiry"]) {
    await assertRejects(() => generateToken("x", { payload: { [name]: 1 } }), TypeError, name);
  }
});

Deno.test("checkToken() refuses every invalid token of the fixture", async () => {
  const reasons = new Map<string, string>();
  for (const { what, key, token } of fixture.odd_tokens) {
    reasons.set(what, reasonOf(await checkToken(token, { secretKey: key, signed: true, now: NOW })));
  }
  assertEquals(reasons.get("expired"), "expired");
  reasons.delete("expired");
  assertEquals(new Set(reasons.values()), new Set(["signature"]), JSON.stringify([...reasons]));
});

Deno.test("checkToken() refuses unsigned tokens with invalid fields", async () => {
  const rest = '"session_expiry": 2000000000';
  const cases: [string, string][] = [
    ["garbage", "!!!!"],
    ["empty", ""],
    ["white space", " " + tokenOf(`{"session_id":"x",${rest}}`)],
    ["truncated", tokenOf(`{"session_id":"x",${rest}}`).slice(0, -3)],
    ["list", tokenOf("[]")],
    ["null", tokenOf("null")],
    ["number", tokenOf("5")],
    ["no id", tokenOf(`{${rest}}`)],
    ["empty id", tokenOf(`{"session_id":"",${rest}}`)],
    ["null id", tokenOf(`{"session_id":null,${rest}}`)],
    ["number as id", tokenOf(`{"session_id":1,${rest}}`)],
    ["list as id", tokenOf(`{"session_id":["x"],${rest}}`)],
    ["no expiry", tokenOf('{"session_id":"x"}')],
    ["NaN", tokenOf('{"session_id":"x","session_expiry":NaN}')],
    ["Infinity", tokenOf('{"session_id":"x","session_expiry":Infinity}')],
    ["huge", tokenOf('{"session_id":"x","session_expiry":1e999}')],
    ["fraction", tokenOf('{"session_id":"x","session_expiry":2000000000.5}')],
    ["text expiry", tokenOf('{"session_id":"x","session_expiry":"2000000000"}')],
    ["null expiry", tokenOf('{"session_id":"x","session_expiry":null}')],
    ["byte order mark", tokenOf(`\ufeff{"session_id":"x",${rest}}`)],
    ["payload of the wrong type", tokenOf(`{"session_id":"x",${rest},"__bk__zlib_":5}`)],
    ["payload not zlib", tokenOf(`{"session_id":"x",${rest},"__bk__zlib_":"AAAA"}`)],
    ["payload not base64", tokenOf(`{"session_id":"x",${rest},"__bk__zlib_":"!"}`)],
    ["payload not JSON", tokenOf(`{"session_id":"x",${rest},"__bk__zlib_":"${packed("nope")}"}`)],
  ];
  const payloads = [
    "[]",
    "null",
    '{"session_id":"y"}',
    '{"session_expiry":9999999999}',
    '{"headers":5}',
    '{"headers":null}',
    '{"headers":{"a":1}}',
    '{"cookies":[]}',
    '{"cookies":{"a":null}}',
    '{"arguments":"x"}',
    '{"arguments":{"a":"x"}}',
    '{"arguments":{"a":["x"]}}',
    '{"arguments":{"a":[{"bytes":"!"}]}}',
    '{"__bk__zlib_":""}',
    '{"headers":{"bytes":"AA"}}',
  ];
  for (const payload of payloads) {
    cases.push([payload, tokenOf(`{"session_id":"x",${rest},"__bk__zlib_":"${packed(payload)}"}`)]);
  }
  for (const [what, token] of cases) assertEquals(reasonOf(await checkToken(token, { now: NOW })), "malformed", what);
  const utf16 = new Uint8Array(new Uint16Array([...`{"session_id":"x",${rest}}`].map((c) => c.charCodeAt(0))).buffer);
  assertEquals(reasonOf(await checkToken(encodeBase64Url(utf16), { now: NOW })), "malformed");
});

Deno.test("checkToken() returns the session id of an expired token", async () => {
  const token = await generateToken("mine", { now: NOW, expirationSeconds: 10 });
  assertEquals(reasonOf(await checkToken(token, { now: NOW + 9_999 })), "ok");
  assertEquals(await checkToken(token, { now: NOW + 10_000 }), {
    ok: false,
    reason: "expired",
    sessionId: "mine",
    readOnly: false,
  });
});

Deno.test("checkToken() refuses forged tokens when tokens are signed", async () => {
  const id = await generateSessionId(KEY);
  const token = await generateToken(id, { ...KEY, now: NOW });
  const [body = "", signature = ""] = token.split(".");
  const forged = [
    body,
    `${body}.`,
    `${body}.${signature}=`,
    `${body}.${signature}.x`,
    `${body}.${signature.toUpperCase()}`,
    `${body}x.${signature}`,
    `.${signature}`,
    `${body}.${await sign(body, "another")}`,
    await generateToken(id, { now: NOW }),
    await generateToken("unsigned", { ...KEY, now: NOW }),
    await generateToken(`unsigned.${signature}`, { ...KEY, now: NOW }),
  ];
  assertEquals(reasonOf(await checkToken(token, { ...KEY, now: NOW })), "ok");
  for (const wrong of forged) assertEquals(reasonOf(await checkToken(wrong, { ...KEY, now: NOW })), "signature", wrong);
});

Deno.test("checkToken() refuses a payload that is too large", async () => {
  const bomb = packed(`{"a":"${"x".repeat(33_000_000)}"}`);
  const token = tokenOf(`{"session_id":"x","session_expiry":2000000000,"__bk__zlib_":"${bomb}"}`);
  const before = Deno.memoryUsage().rss;
  assertEquals(reasonOf(await checkToken(token, { now: NOW })), "malformed");
  assert(Deno.memoryUsage().rss - before < 24 * 1024 * 1024);
});

Deno.test("checkToken() checks the signature first", async () => {
  const bomb = tokenOf("[".repeat(100)) + "." + "A".repeat(43);
  assertEquals(reasonOf(await checkToken(bomb, KEY)), "signature");
});

Deno.test("checkToken() accepts any text as a session id", async () => {
  for (const id of ["__proto__", "constructor", "a\r\nb", "\u0000", "\u202e", "x".repeat(20_000), "a.b"]) {
    const check = await checkToken(await generateToken(id, { now: NOW }), { now: NOW });
    assertEquals(check.ok && check.sessionId, id);
  }
});
