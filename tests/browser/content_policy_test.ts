/** Pages with a Content-Security-Policy: BokehJS works, and injected scripts do not. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { Button, CustomJS } from "../../models/mod.ts";
import type { Document } from "../../document/document.ts";
import { serveBokeh } from "../../server/serve.ts";
import { example } from "../kit/server_process.ts";
import { eventually } from "../kit/eventually.ts";
import { openBrowser, openPage } from "./browser.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

function button(doc: Document): void {
  const model = new Button({ label: "before" });
  model.js_on_event("button_click", new CustomJS({ args: { model }, code: "model.label = 'after'" }));
  doc.add_root(model);
}

Deno.test(
  "Content-Security-Policy: pages work with the strictest policy, and injected scripts do not run",
  SANITIZERS,
  async () => {
    const applications = {
      "/sliders": example("sliders"),
      "/gallery": example("gallery"),
      "/events": example("events"),
    };
    await using server = await serveBokeh(applications, { port: 0, contentSecurityPolicy: true });
    await using browser = await openBrowser();
    for (const path of server.appPaths) {
      const { page, problems } = await openPage(browser, new URL(path, server.url).href);
      assertEquals(problems, [], path);
      await page.evaluate(
        `document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='globalThis.evil = true'>")`,
      );
      await eventually(() => problems.some((text) => text.includes("Content Security Policy")));
      assertEquals(await page.evaluate("globalThis.evil"), undefined);
      await page.close();
    }
  },
);

Deno.test("Content-Security-Policy: CustomJS requires a policy that allows it", SANITIZERS, async () => {
  await using browser = await openBrowser();
  const click = async (contentSecurityPolicy: boolean | string) => {
    await using server = await serveBokeh(button, { port: 0, contentSecurityPolicy });
    const { page, problems } = await openPage(browser, server.url);
    await page.locator("button").click();
    await eventually(async () => problems.length > 0 || await page.innerText("button") === "after");
    return problems.join("\n");
  };
  assertStringIncludes(await click(true), "unsafe-eval");
  const own =
    "default-src 'self'; script-src 'nonce-{nonce}' 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src data:";
  assertEquals(await click(own), "");
});
