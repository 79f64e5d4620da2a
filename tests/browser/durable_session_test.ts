/** Pages whose session continues in another process. */

import { assert, assertEquals } from "@std/assert";
import { freePort } from "../../cli/processes/workers.ts";
import { ServerProcess } from "../kit/server_process.ts";
import { evaluate, openBrowser, openPage, until } from "./browser.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };
const DASHBOARD = decodeURIComponent(new URL("../store/apps/dashboard.ts", import.meta.url).pathname);

for (const signal of ["SIGKILL", "SIGTERM"] as const) {
  Deno.test(
    `durable sessions: a page keeps its values, focus and zoom after ${signal} and a restart`,
    SANITIZERS,
    async () => {
      const folder = await Deno.makeTempDir({ prefix: "bokeh-" });
      const port = freePort("127.0.0.1");
      const start = () =>
        ServerProcess.serve(DASHBOARD, "--port", `${port}`, "--session-store", `sqlite:${folder}/sessions.db`);
      const first = await start();
      await using browser = await openBrowser();
      const { page } = await openPage(browser, first.url);
      await evaluate(page, `doc.get_model_by_name("slider").value = 3`);
      await until(page, `doc.get_model_by_name("answer").text === "frequency 3, change 1"`);
      await evaluate(
        page,
        `(() => {
      const plot = doc.get_model_by_name("plot");
      plot.x_range.setv({ start: 2, end: 4 });
      plot.toolbar.active_scroll = plot.toolbar.tools[1];
    })()`,
      );
      await page.getByRole("button", { name: "Add" }).click();
      await page.getByText("added 1").waitFor();
      await page.getByLabel("Name").click();
      await page.keyboard.type("Ada Love");

      first.signal(signal);
      await first.exitCode();
      await page.getByText("Client connection was lost").first().waitFor();
      await using _second = await start();
      await page.getByText("Client connection was lost").first().waitFor({ state: "detached" });
      assertEquals(
        await evaluate(
          page,
          `({
        slider: doc.get_model_by_name("slider").value,
        answer: doc.get_model_by_name("answer").text,
        zoom: [doc.get_model_by_name("plot").x_range.start, doc.get_model_by_name("plot").x_range.end],
        scroll: doc.get_model_by_name("plot").toolbar.active_scroll?.type,
      })`,
        ),
        { slider: 3, answer: "frequency 3, change 1", zoom: [2, 4], scroll: "WheelZoomTool" },
      );
      await page.keyboard.type("lace");
      await page.keyboard.press("Enter");
      await until(page, `doc.get_model_by_name("name").value === "Ada Lovelace"`);
      await evaluate(page, `doc.get_model_by_name("slider").value = 5`);
      await until(page, `doc.get_model_by_name("answer").text === "frequency 5, change 2"`);
      assertEquals(await page.locator("#bokeh-session-fresh, #bokeh-session-gone").count(), 0);
      assert(await page.getByText("added 1").isVisible());
      await page.screenshot({ path: `${Deno.env.get("SCREENSHOTS") ?? folder}/durable-${signal}.png` });
      await Deno.remove(folder, { recursive: true });
    },
  );
}

Deno.test("durable sessions: a page of another version says so, and works after its reload", SANITIZERS, async () => {
  const folder = await Deno.makeTempDir({ prefix: "bokeh-" });
  const port = freePort("127.0.0.1");
  const start = (version: string) =>
    ServerProcess.serve(
      ...[DASHBOARD, "--port", `${port}`, "--session-store", `sqlite:${folder}/sessions.db`, "--app-version", version],
    );
  const first = await start("1");
  await using browser = await openBrowser();
  const { page } = await openPage(browser, first.url);
  await evaluate(page, `doc.get_model_by_name("slider").value = 3`);
  await until(page, `doc.get_model_by_name("answer").text === "frequency 3, change 1"`);
  first.signal("SIGTERM");
  await first.exitCode();
  await using second = await start("2");
  const notice = page.locator("#bokeh-session-gone");
  await notice.waitFor();
  assertEquals(await notice.textContent(), "The application has changed, and this session cannot go on. Reload");
  assert(second.log.includes("another version"), second.log);
  await notice.getByRole("button", { name: "Reload" }).click();
  await notice.waitFor({ state: "detached" });
  await until(page, `doc?.get_model_by_name("slider").value !== 3`);
  assertEquals(await page.locator("#bokeh-session-fresh, #bokeh-session-gone").count(), 0);
  await Deno.remove(folder, { recursive: true });
});
