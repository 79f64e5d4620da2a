/** Widgets for files: dropping several, limits, and downloads, in Chromium. */

import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import type { Document } from "../../document/document.ts";
import type { UploadedFile } from "../../document/session_files.ts";
import { downloadButton, FileDropper } from "../../files/mod.ts";
import { Div } from "../../models/mod.ts";
import { serveBokeh } from "../../server/serve.ts";
import { eventually } from "../kit/eventually.ts";
import { openBrowser } from "./browser.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

function app(doc: Document): void {
  const { withLockedDocument } = doc.session_context!;
  const text = new Div({ text: "nothing yet" });
  const dropper = new FileDropper({ accept: ".csv,text/plain", max_bytes: 2_000_000, max_files: 3 }, async (file) => {
    let bytes = 0;
    for await (const part of file.stream) bytes += part.length;
    await withLockedDocument(() => void (text.text += `; ${file.name} has ${bytes}`));
  });
  const rows = () =>
    new Response("x,y\n1,2\n", { headers: { "content-disposition": 'attachment; filename="rows.csv"' } });
  const bytes = () => ReadableStream.from([new Uint8Array(3), new Uint8Array(4)]);
  const failing = () => new Response("no", { status: 404 });
  for (
    const root of [
      dropper,
      text,
      downloadButton("Rows", rows, { button_type: "primary" }),
      downloadButton("Bytes", bytes, { name: "seven.bin" }),
      downloadButton("Array", () => new TextEncoder().encode("an array"), { name: "array.txt" }),
      downloadButton("Failing", failing),
    ]
  ) doc.add_root(root);
}

/** Drops files of some sizes onto the zone, as a browser does. */
async function drop(
  page: Page,
  files: readonly (readonly [name: string, type: string, size: number])[],
): Promise<void> {
  await page.locator(".zone").evaluate((zone, dropped) => {
    const { DataTransfer, DragEvent } = globalThis as unknown as {
      DataTransfer: new () => { items: { add(file: File): void } };
      DragEvent: new (type: string, init: object) => Event;
    };
    const dataTransfer = new DataTransfer();
    for (const [name, type, size] of dropped) dataTransfer.items.add(new File([new Uint8Array(size)], name, { type }));
    (zone as unknown as EventTarget).dispatchEvent(
      new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }),
    );
  }, files as [string, string, number][]);
}

Deno.test("FileDropper: sends dropped files in order, and says why it does not send one", SANITIZERS, async () => {
  await using server = await serveBokeh({ "/app": app }, { port: 0, contentSecurityPolicy: true, xsrfCookies: true });
  await using browser = await openBrowser();
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(`${server.url}app`);
  await page.getByText("nothing yet").waitFor();

  await drop(page, [["a.csv", "text/csv", 1_500_000], ["b.txt", "text/plain", 10], ["c.png", "image/png", 5]]);
  await page.getByText("nothing yet; a.csv has 1500000; b.txt has 10").waitFor();
  await page.getByText("This type of file is not accepted").waitFor();
  await drop(page, [["big.csv", "text/csv", 3_000_000], ["c.csv", "", 1], ["d.csv", "", 1], ["e.csv", "", 1]]);
  await page.getByText("The file is larger than 2 MB").waitFor();
  await page.getByText("Only 3 of 4 files are sent").waitFor();
  await page.getByText("c.csv has 1; d.csv has 1").waitFor();

  const [session] = server.getSessions("/app");
  const dropper = session!.document.select_one(FileDropper)!;
  await eventually(() => dropper.files.length === 4);
  assertEquals(dropper.files[0], { name: "a.csv", type: "text/csv", size: 1_500_000 });

  // A page that does not keep to the limit.
  const upload = await fetch(new URL(dropper.upload_url, server.url), {
    method: "POST",
    body: new Uint8Array(2_000_001),
  });
  await upload.body?.cancel();
  assertEquals(upload.status, 413);
  const foreign = await fetch(new URL(dropper.upload_url, server.url), {
    method: "POST",
    headers: { origin: "http://evil.example" },
    body: "a",
  });
  await foreign.body?.cancel();
  assertEquals(foreign.status, 403);
  assertEquals(problems, []);
});

Deno.test("FileDropper: shows the progress of each file, also when more are dropped", SANITIZERS, async () => {
  const rest = Promise.withResolvers<void>();
  await using server = await serveBokeh((doc: Document) => {
    const receive = async ({ stream }: UploadedFile) => {
      for await (const _part of stream) await rest.promise;
    };
    doc.add_root(new FileDropper({}, receive));
  }, { port: 0 });
  await using browser = await openBrowser();
  const page = await browser.newPage();
  await page.goto(server.url);
  await page.locator(".zone").waitFor();
  // The buffers of the sockets do not hold all of it, so the page waits for the server.
  await drop(page, [["first.bin", "", 30_000_000], ["second.txt", "", 20]]);
  const progress = page.locator("progress").first();
  await eventually(async () => {
    const value = await progress.evaluate((element) => (element as unknown as { value: number }).value);
    return value > 0 && value < 30_000_000;
  });
  await drop(page, [["third.txt", "", 10]]);
  await page.locator("li", { hasText: "second.txt" }).getByTitle("Cancel").click();
  assertEquals(await page.locator("li").count(), 3);
  rest.resolve();
  await page.getByText("30 MB, done").waitFor();
  await page.getByText("10 bytes, done").waitFor();
  await page.locator("li", { hasText: "second.txt" }).getByText("Canceled").waitFor();
});

Deno.test("downloadButton: downloads what a response, a stream or bytes contain", SANITIZERS, async () => {
  await using server = await serveBokeh({ "/app": app }, { port: 0, contentSecurityPolicy: true });
  await using browser = await openBrowser();
  const page = await browser.newPage();
  await page.goto(`${server.url}app`);
  const click = async (label: string) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByText(label).click()]);
    return [download.suggestedFilename(), await Deno.readTextFile(await download.path())];
  };
  assertEquals(await click("Rows"), ["rows.csv", "x,y\n1,2\n"]);
  assertEquals(await click("Bytes"), ["seven.bin", "\0".repeat(7)]);
  assertEquals(await click("Array"), ["array.txt", "an array"]);
  // An error must not be saved as if it were the file.
  const url = await page.getByText("Failing").evaluate((link) => (link as unknown as { href: string }).href);
  const response = await fetch(url);
  await response.body?.cancel();
  assertEquals(response.status, 500);
  // A client of the session can write any text.
  const [session] = server.getSessions("/app");
  const button = session!.document.models.find((model) => "download_url" in model)!;
  button.set("download_url", "javascript:document.title = 'written'");
  await page.locator("a:not([href])").getByText("Rows").waitFor();
  assertEquals(await page.getByText("Bytes").getAttribute("aria-disabled"), null);
  for (const model of session!.document.models) if ("download_url" in model) model.set("disabled", true);
  await page.locator("a[aria-disabled=true]:not([href])").getByText("Bytes").waitFor({ timeout: 10_000 });
});
