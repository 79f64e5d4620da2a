/**
 * The deployment of the documentation: nginx with TLS, a path prefix, two processes, signed sessions, a login and a health probe.
 */

import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { freePort } from "../../cli/processes/workers.ts";
import { example, ServerProcess } from "../kit/server_process.ts";
import { eventually } from "../kit/eventually.ts";
import { openBrowser, until } from "./browser.ts";
import { startProxy } from "./proxy.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };
const HIGHEST = 'Math.max(...doc.get_model_by_name("wave").data.y)';

function serve(port: number): Promise<ServerProcess> {
  return ServerProcess.serve(
    { BOKEH_SECRET_KEY: "a key of this test that is long enough", BOKEH_COOKIE_SECRET: "a secret of this test" },
    ...[example("sliders"), example("stream"), "--port", String(port), "--num-procs", "2", "--use-xheaders"],
    ...["--session-ids", "signed", "--auth-module", example("auth/form_login"), "--enable-xsrf-cookies"],
    ...["--log-level", "critical"],
  );
}

Deno.test(
  "nginx: a page reconnects after a process was killed and after the server was restarted",
  SANITIZERS,
  async () => {
    const [inner, outer] = [freePort(), freePort()];
    await using proxy = await startProxy(inner, outer);
    const first = await serve(inner);
    await using browser = await openBrowser();
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    const page = await context.newPage();
    const foreign = watchRequests(page);

    assertEquals((await page.request.get(`${proxy.url}readyz`)).status(), 200);
    await page.goto(`${proxy.url}sliders`);
    assertEquals(new URL(page.url()).pathname, "/apps/login");
    await page.fill('input[name="name"]', "ada");
    await page.fill('input[name="password"]', "countess");
    await page.click("button");
    await until(page, "doc.is_idle");
    assertEquals(new URL(page.url()).pathname, "/apps/sliders");
    const icon = await page.evaluate<string>('document.querySelector("link[rel=icon]").href');
    assertEquals(new URL(icon).pathname, "/apps/favicon.ico");
    assertEquals((await page.request.get(icon)).headers()["content-type"], "image/x-icon");
    await setAmplitude(page, 3);

    // Kills each process, and with it the owner of the page's session, and waits for its replacement.
    for (const pid of await first.childPids()) {
      Deno.kill(pid, "SIGKILL");
      await eventually(async () => (await first.childPids()).length === 2);
      await eventually(() => answers(`${proxy.url}readyz`, page));
    }
    await setAmplitude(page, 4);

    assertEquals(await first.stop(), 0);
    await using _second = await serve(inner);
    await setAmplitude(page, 2);
    assert(foreign.length === 0, foreign.join(" "));
  },
);

Deno.test("nginx: /metrics is not public", SANITIZERS, async () => {
  const [inner, outer] = [freePort(), freePort()];
  await using proxy = await startProxy(inner, outer);
  await using _server = await ServerProcess.serve(
    ...[example("sliders"), "--port", String(inner), "--metrics", "--use-xheaders", "--log-level", "None"],
  );
  await using browser = await openBrowser();
  const { request } = await browser.newContext({ ignoreHTTPSErrors: true });
  assertEquals((await request.get(`http://localhost:${inner}/metrics`)).status(), 200);
  assertEquals((await request.get(`${proxy.url}readyz`)).status(), 200);
  for (const path of ["metrics", "metrics/", "%6detrics", "/metrics", "./metrics", "metrics?x"]) {
    assertEquals((await request.get(proxy.url + path)).status(), 404, path);
  }
});

/** Changes the slider until the wave has changed. A page that is reconnecting pulls its document, which has the old value. */
async function setAmplitude(page: Page, value: number): Promise<void> {
  await eventually(
    async () => {
      await page.evaluate(`Bokeh.documents[0].get_model_by_name("amplitude").value = ${value}`);
      return await page.waitForFunction(
        `(() => { const doc = Bokeh.documents[0]; return Math.abs(${HIGHEST} - ${value}) < 0.1; })()`,
        undefined,
        { timeout: 1000 },
      ).then(() => true, () => false);
    },
    "the amplitude that was set is drawn",
    60,
  );
}

async function answers(url: string, page: Page): Promise<boolean> {
  return await page.request.get(url).then((response) => response.ok(), () => false);
}

/** Returns the URLs outside the prefix that a page requests. */
function watchRequests(page: Page): string[] {
  const urls: string[] = [];
  page.on("request", (request) => {
    if (!new URL(request.url()).pathname.startsWith("/apps/") && !request.url().endsWith("/favicon.ico")) {
      urls.push(request.url());
    }
  });
  return urls;
}
