/** The sliders example in a browser: input in the page changes the plot through the server. */

import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { evaluate, openBrowser, openPage, until } from "./browser.ts";
import { eventually } from "../kit/eventually.ts";
import { replay } from "../../testing/replay.ts";
import { example, ServerProcess } from "../kit/server_process.ts";

/** Playwright does not close its connection and timers during a test. */
const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

const HIGHEST = 'Math.max(...doc.get_model_by_name("wave").data.y)';

Deno.test("sliders: dragging a slider redraws the wave, and the recording can be replayed", SANITIZERS, async () => {
  const file = await Deno.makeTempFile({ suffix: ".jsonl" });
  await using program = await ServerProcess.serve(example("sliders"), "--port", "0", "--record", file);
  await using browser = await openBrowser();
  const { page, problems } = await openPage(browser, program.url);

  await dragSlider(page, 1, 60);

  const amplitude = 'doc.get_model_by_name("amplitude").value';
  await until(page, `${HIGHEST} > 1.5 && Math.abs(${HIGHEST} - ${amplitude}) < 0.05`);
  assertEquals(problems, []);

  await eventually(async () => (await replay(file, example("sliders"), { update: false })).messages > 5);
  await Deno.remove(file);
});

Deno.test("sliders: entering a title changes the plot", SANITIZERS, async () => {
  await using program = await ServerProcess.serve(example("sliders"), "--port", "0");
  await using browser = await openBrowser();
  const { page, problems } = await openPage(browser, program.url);

  await page.locator(".bk-TextInput input").fill("a new title");
  await page.locator(".bk-TextInput input").press("Enter");

  await until(page, `[...doc._all_models.values()].some((m) => m.type === "Title" && m.text === "a new title")`);
  assertEquals(await page.title(), "Sliders");
  assertEquals(problems, []);
});

Deno.test("sliders: two pages have separate sessions", SANITIZERS, async () => {
  await using program = await ServerProcess.serve(example("sliders"), "--port", "0");
  await using browser = await openBrowser();
  const one = await openPage(browser, program.url);
  const other = await openPage(browser, program.url);

  await dragSlider(one.page, 1, 60);

  await until(one.page, `${HIGHEST} > 1.5`);
  assertEquals((await evaluate<number>(other.page, HIGHEST)).toFixed(1), "1.0");
});

Deno.test("stream: streamed points arrive", SANITIZERS, async () => {
  await using program = await ServerProcess.serve(example("stream"), "--port", "0");
  await using browser = await openBrowser();
  const { page, problems } = await openPage(browser, program.url);

  await until(page, 'doc.get_model_by_name("walk").data.step.length > 5');
  const steps: number[] = await evaluate(page, '[...doc.get_model_by_name("walk").data.step]');
  assertEquals(steps, steps.map((_, index) => steps[0]! + index));
  assertEquals(problems, []);
});

Deno.test("sliders: a page reconnects after the server was restarted", SANITIZERS, async () => {
  await using browser = await openBrowser();
  const first = await ServerProcess.serve(example("sliders"), "--port", "0");
  const { page } = await openPage(browser, first.url);
  await dragSlider(page, 1, 60);
  await until(page, `${HIGHEST} > 1.5`);
  assertEquals(await first.stop(), 0);

  await using _second = await ServerProcess.serve(example("sliders"), "--port", String(first.port));

  await until(page, `Math.abs(${HIGHEST} - 1) < 0.01`);
  await dragSlider(page, 1, 60);
  await until(page, `${HIGHEST} > 1.5`);
});

/** Drags the handle of a slider to the right. */
async function dragSlider(page: Page, index: number, pixels: number): Promise<void> {
  const handle = page.locator(".bk-Slider").nth(index).locator(".noUi-handle");
  const box = (await handle.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + pixels, y, { steps: 5 });
  await page.mouse.up();
}
