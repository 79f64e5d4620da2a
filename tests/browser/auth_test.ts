/** The login examples in a browser: with a form, and with an OpenID Connect provider. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Page } from "playwright-core";
import { freePort } from "../../cli/processes/workers.ts";
import { ServerProcess } from "../kit/server_process.ts";
import { evaluate, openBrowser, until } from "./browser.ts";
import type { Document } from "../../document/document.ts";
import { oidc, type User } from "../../auth/mod.ts";
import { Div } from "../../models/mod.ts";
import { serveBokeh } from "../../server/serve.ts";
import { eventually } from "../kit/eventually.ts";
import { startProvider } from "./identity_provider.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };
const GREETING = 'doc.get_model_by_name("greeting").text';

function auth(name: string): string {
  return decodeURIComponent(new URL(`../../examples/auth/${name}.ts`, import.meta.url).pathname);
}

async function greeting(page: Page): Promise<string> {
  await until(page, "doc.is_idle");
  return await evaluate(page, GREETING);
}

Deno.test("form login: users see the applications that they may use until they log out", SANITIZERS, async () => {
  await using program = await ServerProcess.serve(
    ...[auth("app"), "--port", "0", "--auth-module", auth("form_login")],
    ...["--enable-xsrf-cookies", "--cookie-secret", "only for this test", "--log-level", "error"],
  );
  await using browser = await openBrowser();
  const context = await browser.newContext();
  const page = await context.newPage();

  await page.goto(`${program.url}?mood=good`);
  await page.fill('input[name="name"]', "ada");
  await page.fill('input[name="password"]', "wrong");
  await page.click("button");
  assertStringIncludes(await page.innerText('[role="alert"]'), "wrong");
  assertEquals(await page.inputValue('input[name="name"]'), "ada");
  await page.fill('input[name="password"]', "countess");
  await page.click("button");

  assertEquals(await greeting(page), "Hello, ada!");
  assertEquals(new URL(page.url()).search, "?mood=good");
  const other = await context.newPage();
  await other.goto(program.url);
  assertEquals(await greeting(other), "Hello, ada!");
  await page.locator('a[href="/logout"]').click();
  await other.locator("#bokeh-session-gone button").click();
  await other.waitForURL(/\/login\?next=/);
  await page.goto(program.url);
  assertEquals(await page.title(), "Log in to the dashboards");
});

/** Logs the user grace in at the provider of the test, and consents. */
async function logInAtProvider(page: Page): Promise<void> {
  await page.fill('input[name="login"]', "grace");
  await page.fill('input[name="password"]', "any");
  await page.click('button[type="submit"]');
  await page.click('button[type="submit"]'); // consent
}

Deno.test("OpenID Connect: the provider identifies the user", SANITIZERS, async () => {
  const port = freePort();
  await using provider = startProvider({
    client_id: "bokeh",
    client_secret: "shared with the provider",
    redirect_uris: [`http://localhost:${port}/login`],
  });
  await using program = await ServerProcess.serve(
    { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: "bokeh", OIDC_CLIENT_SECRET: "shared with the provider" },
    ...[auth("app"), "--port", String(port), "--auth-module", auth("oidc_login")],
    ...["--cookie-secret", "only for this test", "--log-level", "error"],
  );
  await using browser = await openBrowser();
  const page = await browser.newPage();

  await page.goto(program.url);
  await logInAtProvider(page);

  assertEquals(await greeting(page), "Hello, grace!");
});

Deno.test(
  "OpenID Connect: a login is refreshed while its page is open, and ends with the provider's",
  SANITIZERS,
  async () => {
    const port = freePort();
    const clientSecret = "shared with the provider";
    await using provider = startProvider({
      client_id: "bokeh",
      client_secret: clientSecret,
      redirect_uris: [`http://localhost:${port}/login`],
      post_logout_redirect_uris: [`http://localhost:${port}/`],
      grant_types: ["authorization_code", "refresh_token"],
    }, { tokenSeconds: 6 });
    const login = oidc({
      issuer: provider.issuer,
      clientId: "bokeh",
      clientSecret,
      scope: "openid profile offline_access",
      parameters: { prompt: "consent" },
      groupsClaim: "name", // the provider of the test has no groups
      groups: { "/admin": ["grace"] },
    });
    const greet = (doc: Document) => {
      const user = doc.session_context!.request!.user as User;
      doc.add_root(new Div({ name: "greeting", text: `${user.name} of ${user.groups}` }));
    };
    await using server = await serveBokeh({ "/app": greet, "/admin": greet, "/other": greet }, {
      port,
      authProvider: { ...login, recheckMilliseconds: 500 },
      cookieSecret: "only for this test",
    });
    await using browser = await openBrowser();
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(new URL("/admin", server.url).href);
    await logInAtProvider(page);
    assertEquals(await greeting(page), "grace of grace");

    await eventually(() => provider.refreshes >= 2);
    const [session] = server.getSessions("/admin");
    assertEquals(session!.subscribers.size, 1);
    assertEquals(await page.locator("#bokeh-session-gone").count(), 0);
    const other = await context.newPage();
    await other.goto(new URL("/app", server.url).href);
    assertEquals(await greeting(other), "grace of grace");

    await provider.revokeAll();
    await page.locator("#bokeh-session-gone").waitFor();
    await page.goto(new URL("/logout", server.url).href);
    assertEquals(new URL(page.url()).origin, provider.issuer);
  },
);

Deno.test("OpenID Connect: the options of the program take the place of a module", SANITIZERS, async () => {
  const port = freePort();
  await using provider = startProvider({
    client_id: "bokeh",
    client_secret: "shared with the provider",
    redirect_uris: [`http://localhost:${port}/login`],
  });
  await using program = await ServerProcess.serve(
    { BOKEH_OIDC_CLIENT_SECRET: "shared with the provider", BOKEH_COOKIE_SECRET: "only for this test" },
    ...[auth("app"), "--port", String(port), "--oidc-issuer", provider.issuer, "--oidc-client-id", "bokeh"],
    ...["--require-group", "/app=staff", "--log-level", "error"],
  );
  await using browser = await openBrowser();
  const page = await browser.newPage();
  await page.goto(program.url);
  await logInAtProvider(page);
  assertStringIncludes(await page.innerText("h1"), "You may not use this application");
});
