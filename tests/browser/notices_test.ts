/** Notifications, questions and actions of pages: `doc.notifications`, `doc.confirm`, `doc.page`. */

import { assertEquals } from "@std/assert";
import type { Browser, Page } from "playwright-core";
import type { Document } from "../../document/document.ts";
import { Button, Div } from "../../models/mod.ts";
import { type BokehHttpServer, serveBokeh } from "../../server/serve.ts";
import { eventually } from "../kit/eventually.ts";
import { openBrowser, problemsOf, untilIdle, type WatchedPage } from "./browser.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

function app(doc: Document): void {
  const text = new Div({ name: "text", text: "none" });
  const add = (label: string, callback: () => unknown) => {
    const button = new Button({ label });
    button.on_click(async () => void await callback());
    doc.add_root(button);
  };
  doc.add_root(text);
  doc.notifications.info("Welcome <b>you</b>", { duration: null });
  add("Save", () => doc.notifications.error("Not saved: the disk is full"));
  add("Warn", () => doc.notifications.warning("Almost full", { duration: 300 }));
  add("Delete", async () => text.text = String(await doc.confirm("Delete 3 rows?\nThey are lost.", { ok: "Delete" })));
  add("Copy", () => doc.page.copy("copied text"));
  add("Full", () => doc.page.fullscreen(text));
  add("Print", () => doc.page.print());
}

async function open(browser: Browser, server: BokehHttpServer): Promise<WatchedPage> {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  const problems = problemsOf(page);
  await page.addInitScript("globalThis.print = () => globalThis.printed = true");
  await page.goto(server.url);
  await untilIdle(page);
  return { page, problems };
}

function click(page: Page, name: string): Promise<void> {
  return page.getByRole("button", { name, exact: true }).click();
}

Deno.test("notices: notifications, questions and actions in a page with the strict policy", SANITIZERS, async (t) => {
  await using server = await serveBokeh(app, { port: 0, contentSecurityPolicy: true });
  await using browser = await openBrowser();
  const { page, problems } = await open(browser, server);
  const screenshots = Deno.env.get("SCREENSHOTS");
  const shoot = async (name: string) => screenshots && await page.screenshot({ path: `${screenshots}/${name}.png` });
  const text = () => page.evaluate("Bokeh.documents[0].get_model_by_name('text').text");

  await t.step("notifications", async () => {
    await page.getByText("Welcome <b>you</b>").waitFor();
    await click(page, "Save");
    await page.getByRole("alert").getByText("Not saved: the disk is full").waitFor();
    await click(page, "Warn");
    await page.getByText("Almost full").waitFor();
    await shoot("notifications");
    await page.getByText("Almost full").waitFor({ state: "detached" });
    await page.getByRole("alert").getByRole("button", { name: "Close" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Not saved: the disk is full").waitFor({ state: "detached" });
  });

  await t.step("a question takes the focus, and its answer returns to the callback", async () => {
    for (const [answer, expected] of [["Delete", "true"], ["Cancel", "false"]] as const) {
      await click(page, "Delete");
      const dialog = page.getByRole("dialog", { name: "Delete 3 rows?" });
      await dialog.waitFor();
      await shoot("question");
      await dialog.getByRole("button", { name: answer }).click();
      await eventually(async () => await text() === expected);
      await dialog.waitFor({ state: "detached" });
    }
    await click(page, "Delete");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Enter");
    await eventually(async () => await text() === "true");
    await click(page, "Delete");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await eventually(async () => await text() === "false");
  });

  await t.step("copy, full screen, print", async () => {
    await click(page, "Copy");
    await eventually(async () => await page.evaluate("navigator.clipboard.readText()") === "copied text");
    await click(page, "Full");
    await eventually(() => page.evaluate("document.fullscreenElement !== null"));
    await page.evaluate("document.exitFullscreen()");
    await click(page, "Print");
    await eventually(() => page.evaluate("globalThis.printed === true"));
  });
  assertEquals(problems, []);
});

Deno.test("notices: a question is dropped when the connection is lost", SANITIZERS, async () => {
  await using server = await serveBokeh(app, { port: 0 });
  await using browser = await openBrowser();
  const { page } = await open(browser, server);
  await click(page, "Delete");
  await page.getByRole("dialog").waitFor();
  await page.evaluate("Bokeh.documents[0].get_model_by_name('text').text = 'waiting'");
  const [session] = server.getSessions("/");
  await eventually(() => session!.document.get_model_by_name<Div>("text").text === "waiting");
  for (const subscriber of session!.subscribers) subscriber.close("going_away");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await eventually(() => session!.document.get_model_by_name<Div>("text").text === "false");
});
