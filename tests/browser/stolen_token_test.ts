/** Pages of other sites that load `autoload.js` with the cookies of a user and read its token. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Browser } from "playwright-core";
import { type Document, serveBokeh, type ServeBokehOptions } from "@bokeh/server";
import { serverDocument } from "../../embed/scripts/server_embed.ts";
import { Div } from "../../models/mod.ts";
import { decodeBase64Url } from "../../session/credentials/token_payload.ts";
import { inflate } from "../../session/credentials/zlib.ts";
import * as cookieAuth from "../kit/cookie_auth.ts";
import { openBrowser } from "./browser.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };
const HTML = { "content-type": "text/html; charset=utf-8" };

/** A site on the same host and another port: another origin, but the same site. */
class OtherSite implements AsyncDisposable {
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  html = "";

  constructor() {
    const answer = (request: Request) =>
      new URL(request.url).pathname === "/"
        ? new Response(this.html, { headers: HTML })
        : new Response(null, { status: 404 });
    this.#server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, answer);
  }

  get host(): string {
    return `localhost:${this.#server.addr.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

/** An application that shows the request of its session. */
function fill(doc: Document): void {
  const { cookies = {}, headers = {}, user } = doc.session_context?.request ?? {};
  const { who = "", secret = "" } = cookies;
  doc.add_root(new Div({ text: JSON.stringify({ who, secret, user, agent: headers["user-agent"] ?? "" }) }));
}

function serve(options: ServeBokehOptions) {
  return serveBokeh({ "/app": fill }, { port: 0, hostname: "127.0.0.1", ...options });
}

/** Returns a page that runs `autoload.js` with a fake BokehJS, which reads the token. */
function thief(url: string, referrerPolicy: string): string {
  return `<!DOCTYPE html><link rel="icon" href="data:,"><meta name="referrer" content="${referrerPolicy}"><div id="e"></div>
    <script>
      globalThis.outcome = new Promise((resolve) => {
        globalThis.Bokeh = {
          set_log_level: () => {},
          safely: (fn) => fn(),
          embed: { embed_items: (_docs, [item]) => resolve(item.token) },
        };
        globalThis.failed = resolve;
        setTimeout(() => resolve("nothing"), 3000);
      });
    </script>
    <script src="${url}/app/autoload.js?bokeh-autoload-element=e&resources=none" onerror="failed('blocked')"></script>`;
}

async function steal(browser: Browser, port: number, site: OtherSite, referrerPolicy = "unsafe-url"): Promise<string> {
  const context = await browser.newContext();
  const url = `http://localhost:${port}`;
  await context.addCookies(
    ["who=ada", "secret=password"].map((pair) => {
      const [name, value] = pair.split("=") as [string, string];
      return { name, value, url, httpOnly: true, sameSite: "Lax" as const };
    }),
  );
  const page = await context.newPage();
  site.html = thief(url, referrerPolicy);
  await page.goto(`http://${site.host}/`);
  const outcome = await page.evaluate("globalThis.outcome");
  await context.close();
  return String(outcome);
}

/** Returns all that a page can read of a token. */
function readable(token: string): string {
  const bytes = decodeBase64Url(token.split(".")[0]!);
  const text = new TextDecoder().decode(bytes);
  const packed = JSON.parse(text)["__bk__zlib_"];
  return text + (packed === undefined ? "" : new TextDecoder().decode(inflate(decodeBase64Url(packed), 1e6)));
}

Deno.test("autoload.js: a page of another origin gets no token of a logged-in user", SANITIZERS, async () => {
  await using site = new OtherSite();
  await using browser = await openBrowser();
  for (
    const options of [{}, { sessionCreation: "connect" }, { signSessions: true, secretKey: "k".repeat(32) }] as const
  ) {
    await using server = await serve({ authProvider: cookieAuth, ...options });
    for (const policy of ["unsafe-url", "no-referrer"]) {
      const stolen = await steal(browser, server.port, site, policy);
      assert(["blocked", "nothing"].includes(stolen), stolen);
    }
    assertEquals(server.getSessions("/app").length, 0);
  }
});

Deno.test(
  "autoload.js: without a login a page of another origin gets a token without cookies",
  SANITIZERS,
  async () => {
    await using site = new OtherSite();
    await using browser = await openBrowser();
    for (const sessionCreation of ["page", "connect"] as const) {
      await using server = await serve({ sessionCreation });
      const readableText = readable(await steal(browser, server.port, site));
      assertStringIncludes(readableText, "user-agent");
      assert(!/password|"who"/.test(readableText), readableText);
    }
  },
);

Deno.test(
  "autoload.js: a page of an allowed origin can embed an application, and the cookies in its token are encrypted",
  SANITIZERS,
  async () => {
    await using site = new OtherSite();
    await using browser = await openBrowser();
    for (const sessionCreation of ["page", "connect"] as const) {
      await using server = await serve({
        authProvider: cookieAuth,
        extraWebsocketOrigins: [site.host],
        sessionCreation,
      });
      const token = await steal(browser, server.port, site);
      const readableText = readable(token);
      assertStringIncludes(readableText, "session_id");
      assert(!/password|ada|user-agent/.test(readableText), readableText);

      const url = `http://localhost:${server.port}`;
      const context = await browser.newContext();
      await context.addCookies([{ name: "who", value: "ada", url }, { name: "secret", value: "password", url }]);
      const page = await context.newPage();
      site.html = `<!DOCTYPE html><link rel="icon" href="data:,"><body>${
        serverDocument({ url: `${url}/app`, withCredentials: true })
      }`;
      await page.goto(`http://${site.host}/`);
      await page.waitForFunction("globalThis.Bokeh?.documents?.[0]?.is_idle === true");
      const seen = JSON.parse(String(await page.evaluate("Bokeh.documents[0].roots()[0].text")));
      assertEquals([seen.who, seen.secret, seen.user], ["ada", "password", { name: "ada" }]);
      assertStringIncludes(seen.agent, "Chrome");
      await context.close();
    }
  },
);
