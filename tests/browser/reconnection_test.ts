/** Pages whose server is stopped and restarted. */

import { assert, assertEquals } from "@std/assert";
import type { Browser, Page } from "playwright-core";
import { serverDocument } from "../../embed/scripts/server_embed.ts";
import { serveBokeh } from "../../server/serve.ts";
import { ServerProcess } from "../kit/server_process.ts";
import { eventually } from "../kit/eventually.ts";
import { openBrowser, until } from "./browser.ts";
import { freePort } from "../../cli/processes/workers.ts";
import entry from "./reconnecting/entry.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };
const APPLICATION = decodeURIComponent(new URL("reconnecting/entry.ts", import.meta.url).pathname);
const FRESH = "#bokeh-session-fresh";

/** A page of the application, or a page of another origin that embeds it. */
type Way = (url: string) => string | undefined;

const ways: Readonly<Record<string, { args?: string[]; html?: Way }>> = {
  "a page": {},
  "a page whose session starts with its websocket": { args: ["--session-creation", "connect"] },
  "a page of several processes": { args: ["--num-procs", "2"] },
  "autoload.js": { html: (url) => serverDocument({ url }) },
  "embed.js": {
    html: (url) =>
      `<div id="app"></div><script type="module">
        import { embed } from ${JSON.stringify(new URL("embed.js", url).href)};
        await embed(document.querySelector("#app"), "/entry");
      </script>`,
  },
};

for (const [way, { args = [], html }] of Object.entries(ways)) {
  Deno.test(
    `reconnecting: ${way} states that its session is a new one after the server was killed`,
    SANITIZERS,
    async () => {
      await using browser = await openBrowser();
      const port = String(freePort("127.0.0.1"));
      let body = "";
      await using site = siteOf(() => body);
      const start = () =>
        ServerProcess.serve(
          APPLICATION,
          "--port",
          port,
          "--allow-websocket-origin",
          site.host,
          "--allow-websocket-origin",
          `localhost:${port}`,
          ...args,
        );
      const first = await start();
      body = html?.(first.url) ?? "";
      const page = await newPage(browser);
      await page.goto(html === undefined ? first.url : `http://${site.host}/`);
      await until(page, "doc.is_idle");
      await page.locator("input[type=text]").fill("Ada");
      await page.locator("input[type=text]").blur();
      await breakConnection(page);
      await until(page, `doc.get_model_by_name("report").text === "reconnected, fresh: false"`);
      assertEquals([await page.locator(FRESH).count(), await inputValue(page)], [0, "Ada"]);

      for (const pid of await first.childPids()) if (args.includes("--num-procs")) Deno.kill(pid, "SIGKILL");
      await page.evaluate(
        `globalThis.reports = []; Bokeh.documents[0].on_event("client_reconnected", (_, { fresh }) => reports.push(fresh))`,
      );
      await first.kill();
      await page.getByText("Client connection was lost").first().waitFor();
      await page.screenshot({ path: screenshot(`${way} lost`) });
      await using _second = await start();
      await page.locator(FRESH).waitFor();
      await until(page, `doc.get_model_by_name("report").text === "reconnected, fresh: true"`);
      assertEquals(await inputValue(page), "");
      assertEquals(await page.evaluate("reports"), [true]);
      await page.screenshot({ path: screenshot(`${way} fresh`) });
      await page.locator(FRESH).getByRole("button").click();
      assertEquals(await page.locator(FRESH).count(), 0);
    },
  );
}

Deno.test("reconnecting: a page retries with exponential back-off until the server is back", SANITIZERS, async () => {
  await using browser = await openBrowser();
  const port = String(freePort("127.0.0.1"));
  const start = () => ServerProcess.serve(APPLICATION, "--port", port);
  const first = await start();
  const page = await newPage(browser);
  await page.clock.install();
  await page.goto(first.url);
  await until(page, "doc.is_idle");
  await first.kill();
  await page.getByText("Client connection was lost").first().waitFor();
  const attempts: number[] = [];
  for (let now = 0, count = await socketCount(page); now < 600; now++) {
    await page.clock.runFor(1000);
    // All attempts of this second fail, and each failure schedules the next one.
    await eventually(async () =>
      await page.evaluate("sockets.every(({ readyState }) => readyState === WebSocket.CLOSED)")
    );
    const reached = await socketCount(page);
    if (reached > count) attempts.push(now);
    count = reached;
  }
  await page.getByText("Client connection was lost").first().waitFor();
  const gaps = attempts.slice(1).map((time, index) => time - attempts[index]!);
  const late = gaps.slice(5);
  assert(attempts.length > 20 && attempts.length < 60, `attempts at ${attempts}`);
  assert(late.every((gap) => gap >= 14 && gap <= 32), `gaps ${gaps}`);
  assert(new Set(late).size > 1, `no jitter: ${gaps}`);
  await using _second = await start();
  await eventually(async () => {
    await page.clock.runFor(5000);
    return await page.locator(FRESH).count() === 1;
  });
  await page.getByText("reconnected, fresh: true").waitFor();
});

Deno.test("reconnecting: a page retries if its first connection fails", SANITIZERS, async () => {
  await using server = await serveBokeh({ "/": entry }, { port: 0, hostname: "127.0.0.1" });
  await using browser = await openBrowser();
  const page = await newPage(browser);
  let refusals = 0;
  await page.routeWebSocket(/ws$/, (socket) => {
    if (refusals++ < 2) socket.close({ code: 1013, reason: "Too many sessions: try again later" });
    else socket.connectToServer();
  });
  await page.goto(server.url.replace("0.0.0.0", "127.0.0.1"));
  await page.getByText("The next attempt to connect").waitFor();
  await page.screenshot({ path: screenshot("first connection fails") });
  await until(page, "doc.is_idle");
  assertEquals(await page.locator("#bokeh-connecting").count(), 0);
});

Deno.test(
  "reconnecting: a page offers a reload when its session is destroyed, and stops retrying",
  SANITIZERS,
  async () => {
    await using server = await serveBokeh({ "/": entry }, {
      port: 0,
      hostname: "127.0.0.1",
      unusedSessionLifetimeMilliseconds: 1,
      checkUnusedSessionsMilliseconds: 10,
    });
    await using browser = await openBrowser();
    const page = await newPage(browser);
    let sockets = 0;
    page.on("websocket", () => sockets++);
    await page.goto(server.url);
    await until(page, "doc.is_idle");
    await page.clock.install();
    await breakConnection(page);
    await page.getByText("Client connection was lost").first().waitFor();
    await eventually(() => server.getSessions("/").length === 0);
    await page.clock.runFor(2000);
    await page.locator("#bokeh-session-gone").waitFor();
    const before = sockets;
    await page.clock.runFor(120_000);
    assertEquals(sockets, before);
  },
);

Deno.test("reconnecting: a page reconnects after the user has followed a download link", SANITIZERS, async () => {
  await using server = await serveBokeh({ "/": entry }, { port: 0, hostname: "127.0.0.1" });
  await using browser = await openBrowser();
  const page = await newPage(browser);
  await page.goto(server.url);
  await until(page, "doc.is_idle");
  // A browser closes websockets for a link whose response is a download.
  await page.evaluate(`dispatchEvent(new Event("beforeunload"))`);
  await breakConnection(page);
  await until(page, `doc.get_model_by_name("report").text === "reconnected, fresh: false"`);
});

/** Opens pages that keep their websockets in `sockets`. */
async function newPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 900, height: 500 } });
  await page.addInitScript(`
    globalThis.sockets = [];
    globalThis.WebSocket = class extends WebSocket {
      constructor(...args) {
        super(...args);
        sockets.push(this);
      }
    };
  `);
  return page;
}

async function socketCount(page: Page): Promise<number> {
  return await page.evaluate("sockets.length");
}

/** Closes the websocket of the page, like a short network failure. */
async function breakConnection(page: Page): Promise<void> {
  await page.evaluate("sockets.at(-1).close(4001)");
}

async function inputValue(page: Page): Promise<unknown> {
  return await page.evaluate(`Bokeh.documents[0].get_model_by_name("entry").value`);
}

function siteOf(html: () => string): AsyncDisposable & { host: string } {
  const headers = { "content-type": "text/html; charset=utf-8" };
  const answer = () =>
    new Response(`<!DOCTYPE html><link rel="icon" href="data:,"><body>${html()}</body>`, { headers });
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, answer);
  return { host: `127.0.0.1:${server.addr.port}`, [Symbol.asyncDispose]: () => server.shutdown() };
}

function screenshot(name: string): string {
  const folder = Deno.env.get("SCREENSHOTS") ?? Deno.makeTempDirSync();
  return `${folder}/${name.replaceAll(" ", "-")}.png`;
}
