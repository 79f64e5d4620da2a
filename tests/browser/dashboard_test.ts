/**
 * A dashboard as users deploy it: nginx with TLS and a path prefix, a login by OpenID Connect, two processes and the
 * strict policy. One user sends a link to another, who may see less, and watches all sessions on the admin page.
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Buffer } from "node:buffer";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { freePort } from "../../cli/processes/workers.ts";
import { example, ServerProcess } from "../kit/server_process.ts";
import { eventually } from "../kit/eventually.ts";
import { openBrowser, problemsOf, untilIdle, type WatchedPage } from "./browser.ts";
import { startProvider } from "./identity_provider.ts";
import { startProxy } from "./proxy.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };
const SECRET = "shared with the provider";

async function shoot(page: Page, name: string): Promise<void> {
  const folder = Deno.env.get("SCREENSHOTS");
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}.png` });
}

/** Opens a link as a user who has not logged in yet, and logs in at the provider. */
async function open(browser: Browser, url: string, user: string, options: BrowserContextOptions): Promise<WatchedPage> {
  const context = await browser.newContext({ ...options, ignoreHTTPSErrors: true });
  const page = await context.newPage();
  const problems = problemsOf(page);
  await page.goto(url);
  await page.fill('input[name="login"]', user);
  await page.fill('input[name="password"]', "any");
  await page.click('button[type="submit"]');
  await page.click('button[type="submit"]'); // consent
  await page.waitForURL((address) => address.pathname.startsWith("/apps/"));
  return { page, problems };
}

/** Selects a city and months, and returns the link of the view. */
async function choose(page: Page): Promise<string> {
  await page.getByLabel("City").selectOption("Rome");
  await page.locator(".noUi-handle").first().focus();
  await page.keyboard.press("ArrowRight");
  await eventually(() => new URL(page.url()).search === "?city=Rome&months=2,12");
  return page.url();
}

/** Uploads the sales of February, downloads them, and deletes what is shown. */
async function changeNumbers(page: Page): Promise<void> {
  const buffer = Buffer.from("month,sales\n2,123\n");
  await page.locator('input[type="file"]').setInputFiles({ name: "february.csv", mimeType: "text/csv", buffer });
  await page.getByText("Uploaded february.csv").waitFor();
  await shoot(page, "dashboard-upload");

  const link = page.getByRole("link", { name: "Download" });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  assertEquals(download.suggestedFilename(), "sales.csv");
  assertStringIncludes(await Deno.readTextFile(await download.path()), "month,sales\r\n2,123\r\n3,57");

  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete the sales of Rome in the months 2 to 12?" });
  await dialog.waitFor();
  await shoot(page, "dashboard-confirm");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await page.getByText("The sales are deleted").waitFor();
}

Deno.test("dashboard: a user sends a link to another, who may see less", SANITIZERS, async () => {
  const [inner, outer] = [freePort(), freePort()];
  await using proxy = await startProxy(inner, outer);
  await using provider = startProvider(
    { client_id: "dashboards", client_secret: SECRET, redirect_uris: [`${proxy.url}login`] },
    { groups: { ada: ["managers"], grace: ["sales"] } },
  );
  await using _server = await ServerProcess.serve(
    { BOKEH_OIDC_CLIENT_SECRET: SECRET, BOKEH_COOKIE_SECRET: "of this test", BOKEH_SECRET_KEY: "k".repeat(44) },
    ...[example("sales"), example("sliders"), "--port", String(inner), "--num-procs", "2", "--use-xheaders"],
    ...["--oidc-issuer", provider.issuer, "--oidc-client-id", "dashboards", "--require-group", "/sliders=managers"],
    ...[
      "--session-ids",
      "signed",
      "--admin",
      "/admin",
      "--admin-group",
      "managers",
      "--content-security-policy",
      "strict",
      "--log-level",
      "error",
    ],
  );
  await using browser = await openBrowser();

  const ada = await open(browser, `${proxy.url}sales`, "ada", { viewport: { width: 1280, height: 800 } });
  await untilIdle(ada.page);
  await ada.page.getByText("Logged in as ada").waitFor();
  const link = await choose(ada.page);
  await shoot(ada.page, "dashboard");
  await changeNumbers(ada.page);

  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, colorScheme: "dark" } as const;
  const grace = await open(browser, link, "grace", phone);
  await untilIdle(grace.page);
  await grace.page.getByText("Logged in as grace").waitFor();
  assertEquals(grace.page.url(), link);
  const plot = grace.page.getByRole("main").getByRole("figure", { name: "Plot: Sales of Rome" });
  await plot.waitFor();
  await shoot(grace.page, "dashboard-phone");
  // her session has the numbers of the link's view, but not the tools of managers
  assertEquals(
    await grace.page.evaluate("Bokeh.documents[0].roots()[0].children[3].renderers[0].data_source.length"),
    11,
  );
  assertEquals(await grace.page.getByRole("button", { name: "Delete" }).count(), 0);
  assert(await grace.page.evaluate("document.documentElement.scrollWidth") as number <= 390);
  // the pages of the provider load fonts of another site
  const isOurs = (problem: string) => !/\(http.*\)$/.test(problem) || problem.includes(proxy.url);
  assertEquals([...ada.problems, ...grace.problems].filter(isOurs), []);

  await ada.page.goto(`${proxy.url}admin`);
  await untilIdle(ada.page);
  for (const user of ["ada", "grace"]) {
    await ada.page.getByRole("gridcell", { name: user, exact: true }).first().waitFor();
  }
  await shoot(ada.page, "dashboard-admin");
  assertEquals((await grace.page.request.get(`${proxy.url}admin`)).status(), 403);

  await grace.page.goto(`${proxy.url}sliders`);
  await grace.page.getByRole("heading", { name: "You may not use this application" }).waitFor();
  // the index of a single application is a redirect to it
  await grace.page.goto(proxy.url);
  assertEquals(grace.page.url(), `${proxy.url}sales`);
});
