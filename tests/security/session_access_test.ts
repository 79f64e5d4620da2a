/** Access to sessions: by users, by other applications, with read-only tokens, and with tokens as session ids. */

import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { deflateSync } from "node:zlib";
import { Application, type Document, serveBokeh, type ServeBokehOptions, type SharingPolicy } from "@bokeh/server";
import { CustomJS, Div } from "../../models/mod.ts";
import { tokenOf } from "../../handlers/handler_test_support.ts";
import { generateSessionId } from "../../session/credentials/session_id.ts";
import { inflate } from "../../session/credentials/zlib.ts";
import { generateToken } from "../../session/credentials/token.ts";
import { ATTACKED_APP, ServerProcess } from "../kit/server_process.ts";
import * as cookieAuth from "../kit/cookie_auth.ts";
import { rawRequest } from "../kit/raw_socket.ts";
import { RawWebSocket } from "../kit/raw_websocket.ts";
import { type Json, unsignedToken } from "../kit/messages.ts";
import { WireClient } from "../kit/wire_client.ts";

const AUTH = decodeURIComponent(new URL("../kit/cookie_auth.ts", import.meta.url).pathname);
const REQUEST_INFO = decodeURIComponent(new URL("../apps/requestinfo.ts", import.meta.url).pathname);
const KEY = "k".repeat(32);
const SIGNING = { secretKey: KEY, signed: true };
const NO_ID = "00000000-0000-0000-0000-000000000000";
const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

/** A user with a cookie. */
class User {
  readonly #port: number;
  readonly #cookie: string;

  constructor(port: number, name: string) {
    this.#port = port;
    this.#cookie = `Cookie: who=${name}; secret=of-${name}\r\n`;
  }

  async get(path: string, headers = ""): Promise<{ status: number; body: string }> {
    const request = `GET ${path} HTTP/1.1\r\nHost: localhost:${this.#port}\r\n${this.#cookie}${headers}\r\n`;
    const response = await rawRequest(this.#port, request);
    return { status: response!.status, body: response!.body };
  }

  /** Requests a page and returns its token. */
  async token(path = "/app"): Promise<string> {
    const { status, body } = await this.get(path);
    assertEquals(status, 200);
    return tokenOf(body);
  }

  async open(token: string, path = "/app/ws"): Promise<WireClient> {
    return await WireClient.connect(this.#port, "", { token, path, extra: this.#cookie });
  }

  /** Returns how the server refuses a websocket: the status of the handshake, or `close` and the code. */
  async refusal(token: string, path = "/app/ws"): Promise<string> {
    try {
      using socket = await RawWebSocket.open(this.#port, { token, path, extra: this.#cookie });
      return `close ${await socket.closeCode()}`;
    } catch (error) {
      return /refused: (\S+)/.exec(String(error))![1]!;
    }
  }
}

function bodyOf(token: string): Json {
  const bytes = Uint8Array.fromBase64(token.split(".")[0]!, { alphabet: "base64url" });
  return JSON.parse(new TextDecoder().decode(bytes));
}

const MODES = [
  ["page"],
  ["connect"],
  ["page", "signed"],
  ["connect", "signed"],
  ["connect", "signed", "2 processes"],
  ["connect", "2 processes"],
];

function environmentOf(mode: string[]): Record<string, string> {
  return mode.includes("signed") ? { BOKEH_SECRET_KEY: KEY } : {};
}

function argsOf([creation = "", ...rest]: string[]): string[] {
  return [
    ...["--port", "0", "--auth-module", AUTH, "--session-creation", creation, "--log-level", "error"],
    ...rest.includes("signed") ? ["--session-ids", "signed"] : [],
    ...rest.includes("2 processes") ? ["--num-procs", "2"] : [],
  ];
}

for (const mode of MODES) {
  const [creation, ...rest] = mode;
  const signed = rest.includes("signed");
  const args = argsOf(mode);
  Deno.test(`sessions: a user cannot join the session of another user (${mode.join(", ")})`, SANITIZERS, async () => {
    await using program = await ServerProcess.serve(environmentOf(mode), ATTACKED_APP, ...args);
    const port = program.port;
    const [ada, bob] = [new User(port, "ada"), new User(port, "bob")];
    // Enough sessions that each process owns some.
    for (let count = 0; count < 4; count++) {
      const token = await ada.token();
      const id = bodyOf(token).session_id;
      using adas = await ada.open(token);
      assertEquals(await adas.patch({ kind: "TitleChanged", title: "of ada" }), "OK");
      assertMatch(await bob.refusal(token), /^(403|close 1008)$/);
      if (!signed) assertMatch(await bob.refusal(unsignedToken(id)), /^(403|close 1008)$/);
      for (const link of [`bokeh-session-id=${id}`, `bokeh-token=${token}`]) {
        const { status, body } = await bob.get(`/app?${link}`);
        if (status === 200) {
          // This process does not own the session; the owner refuses.
          assert(!body.includes("of ada"));
          assertEquals(await bob.refusal(tokenOf(body)), "close 1008");
        } else assertEquals(status, 403);
      }
      if (!rest.includes("2 processes")) {
        for (const path of ["autoload.js", "embed.json"]) {
          const query = `bokeh-autoload-element=e&bokeh-session-id=${id}`;
          assertEquals([
            (await bob.get(`/app/${path}?${query}`)).status,
            (await ada.get(`/app/${path}?${query}`)).status,
          ], [403, 200]);
        }
      }
      assertEquals((await ada.get(`/app?bokeh-session-id=${id}`)).status, 200);
      using again = await ada.open(await ada.token(`/app?bokeh-session-id=${id}`));
      assertEquals((await again.pull()).title, "of ada");
    }
  });

  Deno.test(
    `sessions: an attacker cannot join a session whose id was in a link to the user (${mode.join(", ")})`,
    SANITIZERS,
    async () => {
      await using program = await ServerProcess.serve(environmentOf(mode), ATTACKED_APP, ...args);
      const port = program.port;
      const [ada, bob] = [new User(port, "ada"), new User(port, "bob")];
      for (let count = 0; count < 4; count++) {
        const id = signed ? await generateSessionId(SIGNING) : crypto.randomUUID();
        const prepared = creation === "connect" ? await ada.token(`/app?bokeh-session-id=${id}`) : undefined;
        using bobs = await bob.open(await bob.token(`/app?bokeh-session-id=${id}`));
        assertEquals(await bobs.patch({ kind: "TitleChanged", title: "of bob" }), "OK");
        if (prepared !== undefined) assertEquals(await ada.refusal(prepared), "close 1008");
        if (!signed) assertEquals(await ada.refusal(unsignedToken(id)), "close 1008");
        assert(!(await ada.get(`/app?bokeh-session-id=${id}`)).body.includes("of bob"));
        assertEquals((await bobs.pull()).title, "of bob");
      }
    },
  );
}

for (const mode of MODES.filter(([creation]) => creation === "connect")) {
  Deno.test(`tokens: the payload of a user's token is encrypted (${mode.join(", ")})`, SANITIZERS, async () => {
    await using program = await ServerProcess.serve(environmentOf(mode), REQUEST_INFO, ...argsOf(mode));
    const ada = new User(program.port, "ada");
    for (let count = 0; count < 6; count++) {
      const token = await ada.token("/requestinfo?mood=good");
      assert(!JSON.stringify(bodyOf(token)).includes("zlib"));
      using client = await ada.open(token, "/requestinfo/ws");
      const info = JSON.parse((await client.pull()).roots[0].attributes.text);
      assertEquals([info.cookies.secret, info.arguments.mood], ["of-ada", ["good"]]);
    }
  });
}

Deno.test("tokens: an application ignores a payload that is not encrypted for the user", SANITIZERS, async () => {
  const args = argsOf(["connect"]);
  await using program = await ServerProcess.serve(REQUEST_INFO, ...args);
  const ada = new User(program.port, "ada");
  const claims = {
    headers: { "x-role": "admin" },
    cookies: { who: "root", secret: "forged" },
    arguments: { role: [{ bytes: "YWRtaW4" }] },
    role: "admin",
  };
  const packed = deflateSync(JSON.stringify(claims)).toBase64({ alphabet: "base64url", omitPadding: true });
  const own = bodyOf(await ada.token("/requestinfo"));
  const { arguments: _arguments, ...plain } = claims;
  const tokens = [
    unsignedToken("plain", plain),
    unsignedToken("packed", { __bk__zlib_: packed }),
    unsignedToken(own.session_id, { app: own.app, __bk__aes_: own.__bk__aes_, ...plain }),
  ];
  for (const token of tokens) {
    using client = await ada.open(token, "/requestinfo/ws");
    const info = JSON.parse((await client.pull()).roots[0].attributes.text);
    assertEquals([info.cookies.secret, info.cookies.who], ["of-ada", "ada"]);
    assertEquals([info.headers["x-role"], info.arguments.role, info.payload.role], [undefined, undefined, undefined]);
  }
});

Deno.test("autoload.js: pages of other sites get no script and no token of a user", async () => {
  const options = { extraWebsocketOrigins: ["listed.example"], generateSessionIds: true };
  await using server = await serve({ authProvider: cookieAuth, ...options });
  await using open = await serve({ signSessions: false, ...options });
  const cookie = "Cookie: who=ada; secret=of-ada\r\nAuthorization: Basic YWRh\r\n";
  const answers = async (port: number, path: string, headers: string) => {
    const url = `/app/${path}?bokeh-autoload-element=e`;
    const answer = await rawRequest(port, `GET ${url} HTTP/1.1\r\nHost: localhost:${port}\r\n${cookie}${headers}\r\n`);
    const token = /"token":"([^"]+)"/.exec(answer!.body)?.[1];
    const packed = token === undefined ? undefined : bodyOf(token)["__bk__zlib_"];
    const payload = packed === undefined
      ? ""
      : new TextDecoder().decode(inflate(Uint8Array.fromBase64(packed, { alphabet: "base64url" }), 1e6));
    return {
      status: answer!.status,
      policy: answer!.headers.get("cross-origin-resource-policy"),
      hasCredentials: /of-ada|YWRh/.test(payload),
    };
  };
  const foreign = [
    "Origin: http://evil.example\r\n",
    "Origin: null\r\n",
    "Origin: http://listed.example.evil.example\r\n",
    "Sec-Fetch-Site: cross-site\r\n",
    "Sec-Fetch-Site: same-site\r\n",
    "Sec-Fetch-Site: cross-site\r\nReferer: http://evil.example/?http://listed.example/\r\n",
    "Referer: http://evil.example/\r\n",
    "Referer: http://listed.example@evil.example/\r\n",
  ];
  const trusted = [
    "Origin: http://listed.example\r\n",
    "Sec-Fetch-Site: same-origin\r\n",
    "Sec-Fetch-Site: cross-site\r\nReferer: http://listed.example/a\r\n",
    "Referer: http://listed.example/a\r\n",
  ];
  for (const path of ["autoload.js", "embed.json"]) {
    for (const headers of foreign) {
      assertEquals((await answers(server.port, path, headers)).status, 403, headers);
      const expected = { status: 200, policy: "cross-origin", hasCredentials: false };
      assertEquals(await answers(open.port, path, headers), expected, headers);
    }
    for (const headers of trusted) {
      assertEquals(
        await answers(server.port, path, headers),
        { status: 200, policy: "cross-origin", hasCredentials: false },
        headers,
      );
      assertEquals(
        await answers(open.port, path, headers),
        { status: 200, policy: "cross-origin", hasCredentials: true },
        headers,
      );
    }
    // The request does not state its page: the browser must not give the response to pages of other sites.
    assertEquals(await answers(server.port, path, ""), { status: 200, policy: "same-origin", hasCredentials: false });
    assertEquals(await answers(open.port, path, ""), { status: 200, policy: "same-origin", hasCredentials: true });
  }
});

Deno.test(
  "autoload.js: a page of another site gets no headers that a proxy adds for the user",
  SANITIZERS,
  async () => {
    await using program = await ServerProcess.serve(ATTACKED_APP, "--port", "0", "--log-level", "error");
    const port = program.port;
    const payloadOf = async (headers: string) => {
      const added = "X-Forwarded-Access-Token: of-ada\r\nX-Amzn-Oidc-Data: of-ada\r\nAccept-Language: eo\r\n";
      const path = "/app/autoload.js?bokeh-autoload-element=e";
      const answer = await rawRequest(
        port,
        `GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\n${added}${headers}\r\n`,
      );
      const packed = bodyOf(/"token":"([^"]+)"/.exec(answer!.body)![1]!)["__bk__zlib_"];
      return JSON.parse(
        new TextDecoder().decode(inflate(Uint8Array.fromBase64(packed, { alphabet: "base64url" }), 1e6)),
      );
    };
    // Browsers load scripts without Origin and with the credentials for the proxy.
    for (const headers of ["Sec-Fetch-Site: cross-site\r\n", "Referer: http://evil.example/\r\n"]) {
      const payload = await payloadOf(headers);
      assert(!JSON.stringify(payload).includes("of-ada"), headers);
      assertEquals(payload.headers["accept-language"], "eo");
    }
    // If a page can read the response to a request with Origin, the request has no credentials. Its headers may come from the page.
    assertEquals((await payloadOf("Origin: http://evil.example\r\nX-Mine: mine\r\n")).headers["x-mine"], "mine");
    assert(JSON.stringify(await payloadOf("Sec-Fetch-Site: same-origin\r\n")).includes("of-ada"));
  },
);

function fill(doc: Document): void {
  const { files } = doc.session_context!;
  const upload = files.acceptUploads(async ({ stream }) => {
    await stream.cancel();
    return "taken";
  });
  const download = files.offerDownload(() => ({ name: "a.txt", content: "given" }));
  doc.add_root(new Div({ name: "links", text: `<a href="${download}">get</a>`, tags: [{ "a\\b": upload }] }));
  doc.add_root(new Div({ name: "code", js_property_callbacks: { x: [new CustomJS({ code: `fetch('${upload}')` })] } }));
  doc.title = upload;
}

function serve(options: ServeBokehOptions = {}, shareSessions?: SharingPolicy) {
  const app = new Application(fill, { shareSessions });
  return serveBokeh({ "/app": app, "/other": fill }, { port: 0, signSessions: true, secretKey: KEY, ...options });
}

Deno.test("sharedSessions: an application shares its sessions with all or with some users", async () => {
  const forGuests: SharingPolicy = (user, { request }) =>
    JSON.stringify(user) === '{"name":"bob"}' && JSON.stringify(request?.user) === '{"name":"ada"}';
  for (
    const [policy, bobJoins, eveJoins] of [[true, true, true], [forGuests, true, false], [false, false, false]] as const
  ) {
    for (
      const server of [
        await serve({ authProvider: cookieAuth }, policy),
        await serve({ authProvider: cookieAuth, shareSessions: policy }),
      ]
    ) {
      await using _ = server;
      const [ada, bob, eve] = ["ada", "bob", "eve"].map((name) => new User(server.port, name)) as [
        User,
        User,
        User,
      ];
      const token = await ada.token();
      using _adas = await ada.open(token);
      const link = `/app?bokeh-session-id=${bodyOf(token).session_id}`;
      assertEquals((await bob.get(link)).status, bobJoins ? 200 : 403);
      assertEquals((await eve.get(link)).status, eveJoins ? 200 : 403);
      if (bobJoins) (await bob.open(await bob.token(link))).close();
    }
  }
});

Deno.test("tokens: a signed token is not a session id (expired, read-only, or of another application)", async () => {
  for (const generateSessionIds of [true, false]) {
    await using server = await serve({ generateSessionIds });
    const anonymous = new User(server.port, "anonymous");
    const id = await generateSessionId(SIGNING);
    using _actor = await anonymous.open(await generateToken(id, SIGNING));
    const tokens = [
      await server.readOnlyToken(id),
      await generateToken(id, { ...SIGNING, expirationSeconds: -1 }),
      await generateToken(id, { ...SIGNING, application: "/other" }),
      await generateToken(id, { ...SIGNING, payload: { headers: {} } }),
    ];
    for (const token of tokens) {
      for (const path of ["/app", "/app/metadata", "/app/embed.json", "/app/autoload.js"]) {
        assertEquals(
          (await anonymous.get(`${path}?bokeh-autoload-element=e&bokeh-session-id=${token}`)).status,
          403,
          path,
        );
      }
      assertEquals((await anonymous.get("/app", `Bokeh-Session-Id: ${token}\r\n`)).status, 403);
      assertEquals(await anonymous.refusal(await generateToken(token, SIGNING)), "403");
    }
    const long = "x".repeat(500);
    const { sign } = await import("../../session/credentials/signature.ts");
    assertEquals((await anonymous.get(`/app?bokeh-session-id=${long}.${await sign(long, KEY)}`)).status, 403);
    assertEquals((await anonymous.get(`/app?bokeh-session-id=${id}`)).status, 200);
  }
});

Deno.test("read-only tokens: are valid for one application and an existing session", async () => {
  await using server = await serve();
  const anonymous = new User(server.port, "anonymous");
  const id = await generateSessionId(SIGNING);
  const early = await server.readOnlyToken(id, "/app");
  assertEquals(await anonymous.refusal(early), "close 4404");
  assertEquals((await anonymous.get(`/app?bokeh-token=${early}`)).status, 410);
  assertEquals(server.getSessions("/app").length, 0);

  using _actor = await anonymous.open(await generateToken(id, SIGNING));
  for (const token of [await server.readOnlyToken(id), early]) {
    using _watcher = await anonymous.open(token);
    assertEquals(await anonymous.refusal(token, "/other/ws"), "403");
    assertEquals((await anonymous.get(`/other?bokeh-token=${token}`)).status, 403);
    assertEquals((await anonymous.get(`/other/embed.json?bokeh-token=${token}`)).status, 403);
  }
  // A token without an application, from an earlier version or another program.
  assertEquals(await anonymous.refusal(await generateToken(id, { ...SIGNING, readOnly: true })), "403");
  assertEquals(server.getSessions("/other").length, 0);
});

Deno.test("read-only clients: do not receive upload URLs", async () => {
  await using server = await serve();
  const anonymous = new User(server.port, "anonymous");
  const id = await generateSessionId(SIGNING);
  using actor = await anonymous.open(await generateToken(id, SIGNING));
  using watcher = await anonymous.open(await server.readOnlyToken(id));
  const doc = await actor.pull();
  const upload = String(doc.title);
  const name = upload.split("/").at(-1)!;
  const seen = JSON.stringify(await watcher.pull());
  assert(!seen.includes(name));
  assertMatch(seen, /href=.{1,60}\.[\w-]{22}/);
  assertEquals(await actor.patch({ kind: "TitleChanged", title: `see ${upload}` }), "OK");
  assertEquals((await watcher.next())?.content.events[0].title, `see ${upload.replace(name, NO_ID)}`);
  assert(!(await anonymous.get(`/app?bokeh-token=${await server.readOnlyToken(id)}`)).body.includes(name));

  const post = (url: string) => fetch(new URL(url, server.url), { method: "POST", body: "x" });
  const taken = await post(upload);
  assertEquals([taken.status, await taken.json()], [200, "taken"]);
  const refused = await post(upload.replace(name, NO_ID));
  await refused.body?.cancel();
  assertEquals(refused.status, 404);
});

Deno.test("files: only the user of a session can upload; readers can download", async () => {
  await using server = await serve({ authProvider: cookieAuth });
  const [ada, bob] = [new User(server.port, "ada"), new User(server.port, "bob")];
  const token = await ada.token();
  using adas = await ada.open(token);
  const doc = await adas.pull();
  const download = /href=\\"([^"\\]+)/.exec(JSON.stringify(doc))![1]!;
  const post = async (name: string) => {
    const response = await fetch(new URL(doc.title, server.url), {
      method: "POST",
      body: "x",
      headers: { cookie: `who=${name}` },
    });
    await response.body?.cancel();
    return response.status;
  };
  assertEquals([await post("ada"), await post("bob")], [200, 403]);
  assertEquals([(await ada.get(download)).status, (await bob.get(download)).status], [200, 403]);
  using _watcher = await bob.open(await server.readOnlyToken(bodyOf(token).session_id));
  assertEquals([(await bob.get(download)).status, await post("bob")], [200, 403]);
  assertNotEquals((await new User(server.port, "eve").get(download)).status, 200);
});
