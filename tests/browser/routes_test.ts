/** Routes of applications, the data sources that use them, and paths with variable parts. */

import { assert, assertEquals } from "@std/assert";
import { Application } from "../../application/application.ts";
import type { Document } from "../../document/document.ts";
import { Div } from "../../models/mod.ts";
import { serveBokeh } from "../../server/serve.ts";
import { example, ServerProcess } from "../kit/server_process.ts";
import { createProject } from "../kit/project_folder.ts";
import { eventually } from "../kit/eventually.ts";
import { openBrowser, openPage, problemsOf, untilIdle } from "./browser.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

Deno.test(
  "routes: AjaxDataSource and ServerSentDataSource of an application from the command line, behind its login",
  SANITIZERS,
  async () => {
    const auth = decodeURIComponent(new URL("../kit/cookie_auth.ts", import.meta.url).pathname);
    await using program = await ServerProcess.serve(
      ...[example("routes"), "--port", "0", "--log-level", "error", "--auth-module", auth, "--cookie-secret", "secret"],
    );
    const [url] = program.urls;
    const status = async (init: RequestInit) => {
      const response = await fetch(`${url}/data/20`, { redirect: "manual", ...init });
      await response.body?.cancel();
      return response.status;
    };
    assertEquals([await status({}), await status({ method: "POST" })], [401, 403]);
    await using browser = await openBrowser();
    const context = await browser.newContext();
    await context.addCookies([{ name: "who", value: "ada", url: url! }]);
    const page = await context.newPage();
    const problems = problemsOf(page);
    await page.goto(url!);
    await untilIdle(page);
    const sources = `[...Bokeh.documents[0]._all_models.values()].filter(({ type }) => type.endsWith("DataSource"))`;
    const lengths = () => page.evaluate<number[]>(`${sources}.map(({ data }) => (data.x ?? data.get("x")).length)`);
    await eventually(async () => {
      const [polled, sent] = await lengths();
      return polled === 20 && sent! >= 3;
    });
    const first = `${sources}[0].data.y[0]`;
    const before = await page.evaluate(first);
    await eventually(async () => await page.evaluate(first) !== before);
    assertEquals(problems, []);
  },
);

const routes = {
  "/who": (_request: Request, { user, params }: { user: unknown; params: Readonly<Record<string, string>> }) =>
    Response.json({ user, params }),
  "/files/:name/*": (_request: Request, { params }: { params: Readonly<Record<string, string>> }) =>
    Response.json(params),
  "/length": async (request: Request) => Response.json((await request.bytes()).length),
  "/wrong": () => "text" as unknown as Response,
};

function greet(doc: Document): void {
  const id = doc.session_context?.request?.params?.id ?? "none";
  doc.add_root(new Div({ text: `user ${id}` }));
}

Deno.test("routes: paths, limits, origins and logins", async () => {
  const authProvider = {
    getUser: (request: Request) => request.headers.get("x-user"),
    loginUrl: "/login",
    authorize: (user: unknown, path: string) => user === "ada" || path === "/open",
  };
  const app = new Application(greet, { routes });
  await using server = await serveBokeh({ "/app": app, "/open": app, "/user/:id": app }, {
    port: 0,
    prefix: "/x",
    authProvider,
    limits: { bodyBytes: 1000 },
    onError: () => {},
  });
  const ask = async (path: string, init: RequestInit = {}, user: string | undefined = "ada") => {
    const headers = new Headers(init.headers);
    if (user !== undefined) headers.set("x-user", user);
    const response = await fetch(new URL(`/x/${path}`, server.url), { redirect: "manual", ...init, headers });
    return [response.status, await response.text()] as const;
  };
  assertEquals(await ask("app/who"), [200, '{"user":"ada","params":{}}']);
  assertEquals((await ask("app/who", {}, ""))[0], 401);
  assertEquals((await ask("app/who", {}, "bob"))[0], 403);
  assertEquals((await ask("open/who", {}, "bob"))[0], 200);
  assertEquals((await ask("app/who", { headers: { origin: "http://evil.example" } }))[0], 403);
  assertEquals(await ask("app/length", { method: "POST", body: "x".repeat(1000) }), [200, "1000"]);
  assertEquals((await ask("app/length", { method: "POST", body: "x".repeat(1001) }))[0], 413);
  assertEquals((await ask("app/nothing"))[0], 404);
  assertEquals((await ask("app/wrong"))[0], 500);
  assertEquals(await ask("app/files/a%20b/c/d"), [200, '{"0":"c/d","name":"a b"}']);
  assertEquals((await ask("app/files/%E0%A4%A/c"))[0], 404);
  assertEquals(await ask("user/42/who"), [200, '{"user":"ada","params":{"id":"42"}}']);
  // Routes of the server come first.
  assertEquals((await ask("app/metadata"))[0], 200);
  assert((await ask("app/ws"))[0] !== 404);
});

Deno.test("routes: an application at a path with a variable part", SANITIZERS, async () => {
  await using server = await serveBokeh({ "/user/:id": greet, "/user/me": greet }, { port: 0 });
  await using browser = await openBrowser();
  for (const [path, text] of [["user/42", "user 42"], ["user/a%20b", "user a b"], ["user/me", "user none"]] as const) {
    const { page, problems } = await openPage(browser, new URL(path, server.url).href);
    await page.getByText(text).waitFor();
    assertEquals(problems, []);
  }
  assertEquals((await fetch(new URL("user", server.url))).status, 404);
});

Deno.test("routes: a path with a variable part from the command line, also with --dev", SANITIZERS, async () => {
  const folder = await createProject({
    "profile.ts": `import type { Document } from "@bokeh/server";
import { Div } from "@bokeh/server/models";
export default function (doc: Document): void {
  doc.add_root(new Div({ text: "user " + doc.session_context?.request?.params?.id }));
}
`,
  });
  const operand = `/user/:id=${folder}/profile.ts`;
  await using browser = await openBrowser();
  for (const options of [[], ["--dev"]]) {
    await using program = await ServerProcess.serve(operand, ...options, "--port", "0", "--log-level", "error");
    const { page, problems } = await openPage(browser, new URL("/user/42", program.urls[0]!).href);
    await page.getByText("user 42").waitFor();
    assertEquals(problems, []);
  }
  await Deno.remove(folder, { recursive: true });
});
