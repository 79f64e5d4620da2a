/** Pages of applications with a patch policy. */

import { assertEquals } from "@std/assert";
import { Application } from "../../application/application.ts";
import type { Document } from "../../document/document.ts";
import { widgetsAndTools } from "../../document/patches/patch_policy.ts";
import { Div, Slider } from "../../models/mod.ts";
import { column } from "../../plotting/layouts/mod.ts";
import { serveBokeh } from "../../server/serve.ts";
import type { SessionEvent } from "../../session/observability/observer.ts";
import { eventually } from "../kit/eventually.ts";
import { openBrowser, until } from "./browser.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

function fill(doc: Document): void {
  doc.add_root(column([new Slider({ name: "slider", start: 0, end: 10, value: 1 })]));
  doc.add_root(new Div({ text: "second root" }));
}

Deno.test(
  "acceptPatch: reconnecting pages cause no refused changes with widgetsAndTools or a read-only token",
  SANITIZERS,
  async () => {
    await using browser = await openBrowser();
    const events: SessionEvent[] = [];
    const application = new Application(fill, { acceptPatch: widgetsAndTools });
    const key = { secretKey: "a key of this test that is long enough", signSessions: true };
    await using server = await serveBokeh({ "/app": application }, {
      port: 0,
      ...key,
      onEvent: (event) => events.push(event),
    });
    const context = await browser.newContext();
    // Keeps the websockets of the page, so that the test can close them.
    await context.addInitScript(`
    globalThis.sockets = [];
    globalThis.WebSocket = class extends WebSocket {
      constructor(...args) {
        super(...args);
        sockets.push(this);
      }
    };`);
    const open = async (path: string) => {
      const page = await context.newPage();
      await page.goto(server.url + path);
      await until(page, "doc.is_idle");
      return page;
    };
    const author = await open("app");
    const { id } = server.getSessions("/app")[0]!;
    const watcher = await open(`app?bokeh-token=${await server.readOnlyToken(id)}`);
    const connections = () => events.filter(({ type }) => type === "connectionOpened").length;
    for (const page of [author, watcher]) {
      const before = connections();
      await page.evaluate("sockets.at(-1).close(4001)");
      await eventually(() => connections() > before);
    }
    await author.evaluate("Bokeh.documents[0].get_model_by_name('slider').value = 4");
    await until(watcher, "doc.get_model_by_name('slider').value === 4");
    assertEquals(events.filter(({ type }) => type === "patchRefused"), []);
  },
);
