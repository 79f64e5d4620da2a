/** State that a page keeps when its connection breaks and its document is refreshed. */

import { assert, assertEquals } from "@std/assert";
import type { Browser, Page } from "playwright-core";
import { serveBokeh } from "../../server/serve.ts";
import { Div, type Slider } from "../../models/mod.ts";
import { evaluate, openBrowser, until } from "./browser.ts";
import dashboard from "./reconnecting/dashboard.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

Deno.test(
  "refresh: a page keeps focus, unfinished text, tab, zoom, tool and selection",
  SANITIZERS,
  async () => {
    await using server = await serveBokeh({ "/": dashboard }, { port: 0, hostname: "127.0.0.1" });
    await using browser = await openBrowser();
    const { page, problems } = await openDashboard(browser, server.url);
    const kept = await prepare(page);
    await breakConnection(page, async () => {
      await server.updateSessions("/", (doc) => {
        doc.get_model_by_name<Slider>("slider")!.title = "changed by the server";
        doc.title = "Another title";
      });
    });
    await until(page, `doc.get_model_by_name("slider").title === "changed by the server"`);
    assertEquals(await page.title(), "Another title");
    assertEquals(await state(page), kept);
    // Only the notice of the lost connection and the slider's title, which the server has changed.
    const removed = await page.evaluate<string[]>("removed");
    assertEquals(removed.filter((html) => !/connection was lost|bk-slider-value/.test(html)), []);
    await page.keyboard.type("lace");
    await page.keyboard.press("Enter");
    await until(page, `doc.get_model_by_name("name").value === "Ada Lovelace"`);
    await page.screenshot({ path: `${Deno.env.get("SCREENSHOTS") ?? Deno.makeTempDirSync()}/refreshed.png` });
    assertEquals(problems.filter((problem) => !problem.includes("Lost websocket")), []);
  },
);

Deno.test("refresh: a page sends the changes that were made without a connection", SANITIZERS, async () => {
  await using server = await serveBokeh({ "/": dashboard }, { port: 0, hostname: "127.0.0.1" });
  await using browser = await openBrowser();
  const { page } = await openDashboard(browser, server.url);
  await breakConnection(page, async () => {
    await evaluate(page, `doc.get_model_by_name("slider").value = 4`);
    await evaluate(page, `doc.get_model_by_name("source").selected.indices = [1, 2]`);
  });
  await until(page, `doc.get_model_by_name("answer").text === "frequency 4"`);
  const [session] = server.getSessions("/");
  const slider = session!.document.get_model_by_name<Slider>("slider")!;
  assertEquals(slider.value, 4);
  const y = await evaluate<number>(page, `doc.get_model_by_name("source").get_column("y")[7]`);
  assert(Math.abs(y - Math.sin(4 * 7 / 5)) < 1e-12);
});

Deno.test("refresh: a page sends a change again if the server had not confirmed it", SANITIZERS, async () => {
  await using server = await serveBokeh({ "/": dashboard }, { port: 0, hostname: "127.0.0.1" });
  await using browser = await openBrowser();
  const page = await browser.newPage();
  let sockets = 0;
  await page.routeWebSocket(/ws$/, (socket) => {
    const toServer = socket.connectToServer();
    const isFirst = sockets++ === 0;
    // The first connection drops the messages of the page after its document has arrived.
    let sent = 0;
    socket.onMessage((message) => {
      if (!isFirst || sent++ < 6) toServer.send(message);
      else if (String(message).includes('"value"')) void socket.close({ code: 4001 });
    });
  });
  await page.goto(server.url);
  await until(page, "doc.is_idle");
  await evaluate(page, `doc.get_model_by_name("slider").value = 6`);
  await until(page, `doc.get_model_by_name("answer").text === "frequency 6"`);
  assert(sockets > 1, "the page has reconnected");
});

Deno.test("refresh: a page gets models and roots that were added without a connection", SANITIZERS, async () => {
  await using server = await serveBokeh({ "/": dashboard }, { port: 0, hostname: "127.0.0.1" });
  await using browser = await openBrowser();
  const { page, problems } = await openDashboard(browser, server.url);
  await breakConnection(page, async () => {
    await server.updateSessions("/", (doc) => doc.add_root(new Div({ text: "a new root" })));
  });
  await page.getByText("a new root").waitFor();
  await breakConnection(page, async () => {
    await server.updateSessions("/", (doc) => doc.remove_root(doc.roots[1]!));
  });
  await page.getByText("a new root").waitFor({ state: "detached" });
  await evaluate(page, `doc.get_model_by_name("slider").value = 3`);
  await until(page, `doc.get_model_by_name("answer").text === "frequency 3"`);
  assertEquals(problems.filter((problem) => !problem.includes("Lost websocket")), []);
});

/** Opens a page that keeps its websockets in `sockets`. */
async function openDashboard(browser: Browser, url: string): Promise<{ page: Page; problems: string[] }> {
  const page = await browser.newPage({ viewport: { width: 900, height: 500 } });
  const problems: string[] = [];
  page.on("console", (message) => void (message.type() === "error" && problems.push(message.text())));
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.addInitScript(`
    globalThis.sockets = [];
    globalThis.WebSocket = class extends WebSocket {
      constructor(...args) {
        super(...args);
        sockets.push(this);
      }
    };
  `);
  await page.goto(url);
  await until(page, "doc.is_idle");
  return { page, problems };
}

/** Uses the widgets of a page. Returns the state that must be kept. */
async function prepare(page: Page): Promise<unknown> {
  await evaluate(
    page,
    `(() => {
    const plot = doc.get_model_by_name("plot");
    plot.x_range.setv({ start: 2, end: 4 });
    plot.toolbar.active_scroll = plot.toolbar.tools[1];
    doc.get_model_by_name("source").selected.indices = [3, 4, 5];
    doc.get_model_by_name("tabs").active = 1;
  })()`,
  );
  await page.getByLabel("Name").click();
  await page.keyboard.type("Ada Love");
  await page.evaluate(`
    globalThis.removed = [];
    const watch = (root) => {
      new MutationObserver((records) => {
        for (const { removedNodes } of records) removed.push(...[...removedNodes].filter((node) => node.nodeType === 1).map((node) => node.outerHTML.slice(0, 200)));
      }).observe(root, { childList: true, subtree: true });
      for (const element of root.querySelectorAll("*")) if (element.shadowRoot) watch(element.shadowRoot);
    };
    watch(document.body);
  `);
  return await state(page);
}

async function state(page: Page): Promise<unknown> {
  return await evaluate(
    page,
    `(() => {
    const plot = doc.get_model_by_name("plot");
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return {
      zoom: [plot.x_range.start, plot.x_range.end],
      scroll: plot.toolbar.active_scroll.type,
      isActive: plot.toolbar.tools[1].active,
      selection: doc.get_model_by_name("source").selected.indices,
      tab: doc.get_model_by_name("tabs").active,
      focus: active?.tagName,
      text: active?.value,
    };
  })()`,
  );
}

/** Closes the connection of a page, like a short network failure, and calls a function before the page reconnects. */
async function breakConnection(page: Page, meanwhile: () => Promise<void>): Promise<void> {
  await page.evaluate(`
    globalThis.connection = Bokeh.require("client/connection").ClientConnection.prototype;
    globalThis.reconnect = connection._try_reconnect;
    connection._try_reconnect = function () { globalThis.resume = () => reconnect.call(this); };
  `);
  await page.evaluate("sockets.at(-1).close(4001)");
  await page.waitForFunction("globalThis.resume !== undefined");
  await meanwhile();
  await page.evaluate(`connection._try_reconnect = reconnect; resume(); delete globalThis.resume;`);
}
