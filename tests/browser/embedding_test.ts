/** Applications that `embed.js` embeds in pages of other origins. */

import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { Browser, Page } from "playwright-core";
import type { Document } from "../../document/document.ts";
import { serverDocument } from "../../embed/scripts/server_embed.ts";
import { Div, Slider } from "../../models/mod.ts";
import { type BokehHttpServer, serveBokeh } from "../../server/serve.ts";
import { example } from "../kit/server_process.ts";
import { eventually } from "../kit/eventually.ts";
import { openBrowser } from "./browser.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };
const EMBEDDING = new URL("../../examples/embedding/", import.meta.url);

/** A site with one page, which has another origin than the server. */
class HostPage implements AsyncDisposable {
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor(answer: (request: Request, info: Deno.ServeHandlerInfo) => Response | Promise<Response>) {
    this.#server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, answer);
  }

  /** Starts a site with an HTML page. */
  static page(html: string): HostPage {
    return new HostPage(() => new Response(html, { headers: HTML }));
  }

  get host(): string {
    return `127.0.0.1:${this.#server.addr.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

/** Serves an application that shows its arguments. Pages of the site may embed it. */
function serve(site: HostPage | undefined): Promise<BokehHttpServer> {
  const echo = (doc: Document) => {
    const greeting = doc.session_context?.request?.arguments.greeting?.[0];
    const title = greeting === undefined ? "none" : new TextDecoder().decode(greeting);
    doc.add_root(new Slider({ title, start: 0, end: 10, value: 1, name: "slider" }));
  };
  const origins = site === undefined ? [] : [site.host];
  return serveBokeh({ "/echo": echo, "/powers": example("powers") }, {
    port: 0,
    prefix: "/apps",
    extraWebsocketOrigins: origins,
  });
}

async function openUrl(browser: Browser, url: string): Promise<{ page: Page; problems: string[] }> {
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on("console", (message) => void (message.type() === "error" && problems.push(message.text())));
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.goto(url);
  return { page, problems };
}

/** Imports `embed` in a page of the site. */
function embedOn(page: Page, server: BokehHttpServer): Promise<void> {
  return page.evaluate(`import(${JSON.stringify(new URL("embed.js", server.url).href)}).then((module) => {
    globalThis.embed = module.embed;
  })`);
}

const HTML = { "content-type": "text/html; charset=utf-8" };
const EMPTY = `<!DOCTYPE html><link rel="icon" href="data:,"><div id="a"></div><div id="b"></div>`;

Deno.test("embed.js: mounts and unmounts applications in a page of another origin", SANITIZERS, async (t) => {
  await using site = HostPage.page(EMPTY);
  await using server = await serve(site);
  await using browser = await openBrowser();
  const { page, problems } = await openUrl(browser, `http://${site.host}/?greeting=page`);
  await embedOn(page, server);
  const living = () => server.getSessions("/echo").filter((session) => session.subscribers.size > 0);

  await t.step("two applications, one in a shadow root, with one BokehJS", async () => {
    await page.evaluate(`(async () => {
      globalThis.a = await embed(document.querySelector("#a"), "/echo", { arguments: { greeting: "hello" } });
      const shadow = document.querySelector("#b").attachShadow({ mode: "open" });
      globalThis.b = await embed(shadow, "/echo", { arguments: { greeting: "shadow" } });
    })()`);
    await page.getByText("hello:").waitFor();
    await page.getByText("shadow:").waitFor();
    assertEquals(await page.evaluate(`document.querySelectorAll("script[src*='/bokeh.min.js']").length`), 1);
    assertEquals(living().length, 2);
  });

  await t.step("a change in the page reaches the server", async () => {
    await page.evaluate(`a.document.get_model_by_name("slider").value = 7`);
    const values = () =>
      living().map(({ document }) => document.get_model_by_name("slider")!.get("value")).toSorted().join();
    await eventually(() => values() === "1,7");
  });

  await t.step("dispose() removes one application and keeps the other", async () => {
    await page.evaluate("a.dispose(); a.dispose()");
    await page.getByText("hello:").waitFor({ state: "detached" });
    assertEquals(await page.evaluate(`document.querySelector("#a").childNodes.length`), 0);
    assertEquals(await page.evaluate("Bokeh.documents.length"), 1);
    await eventually(() => living().length === 1);
    assert(await page.getByText("shadow:").isVisible());
  });

  await t.step("a signal removes the application at any time", async () => {
    await page.evaluate(`(async () => {
      const element = document.querySelector("#a");
      const controller = new AbortController();
      await embed(element, "/echo", { signal: controller.signal });
      controller.abort();
      globalThis.outcomes = [element.childNodes.length];
      for (const milliseconds of [0, 1, 5, 20]) {
        const { signal } = new AbortController();
        const late = AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]);
        const view = await embed(element, "/echo", { signal: late }).catch((error) => error);
        if (view.document) await new Promise((resolve) => late.aborted ? resolve() : late.addEventListener("abort", resolve));
        outcomes.push(element.childNodes.length);
      }
    })()`);
    assertEquals(await page.evaluate("outcomes"), [0, 0, 0, 0, 0]);
    await eventually(() => living().length === 1);
  });
  assertEquals(problems, []);
});

Deno.test("embed.js: the error states why nothing is shown", SANITIZERS, async () => {
  await using site = HostPage.page(EMPTY);
  await using server = await serve(undefined);
  await using browser = await openBrowser();
  const { page } = await openUrl(browser, `http://${site.host}/`);
  await embedOn(page, server);
  const embedding = (path: string) => page.evaluate(`embed(document.querySelector("#a"), ${JSON.stringify(path)})`);
  await assertRejects(() => embedding("/nothing"), Error, "no application answers there");
  const error = await assertRejects(() => embedding("/echo"), Error);
  assertStringIncludes(error.message, `Does the server allow ${site.host}`);
});

Deno.test(
  "embed.js: the error states the required cookie attributes and option",
  SANITIZERS,
  async () => {
    await using site = HostPage.page(EMPTY);
    await using otherSite = HostPage.page(EMPTY);
    const app = (doc: Document) => doc.add_root(new Div({ text: "Sales" }));
    await using server = await serveBokeh({ "/sales": app }, {
      port: 0,
      extraWebsocketOrigins: [site.host],
      authProvider: {
        getUser: (request) => request.headers.get("cookie")?.includes("user=ada") ? { name: "ada" } : null,
        loginUrl: "/login",
        loginHandler: () => new Response("", { headers: { "set-cookie": "user=ada; Path=/; SameSite=Lax" } }),
      },
    });
    await using browser = await openBrowser();
    const embedding = async ({ host }: HostPage) => {
      const { page } = await openUrl(browser, `http://${host}/`);
      // The server is at localhost, which is another site: the browser does not send its Lax cookie.
      await page.context().request.get(new URL("login", server.url).href);
      await embedOn(page, server);
      return await page.evaluate(`embed(document.querySelector("#a"), "/sales", { withCredentials: true })`);
    };
    await assertRejects(
      () => embedding(site),
      Error,
      "401 Unauthorized: log in first, and use withCredentials and a login cookie with SameSite=None and Secure",
    );
    await assertRejects(
      () => embedding(otherSite),
      Error,
      `its server does not allow pages of http://${otherSite.host}: --allow-websocket-origin ${otherSite.host} permits it`,
    );
  },
);

Deno.test(
  "serverDocument: embeds an application by its path, and states why nothing is shown",
  SANITIZERS,
  async () => {
    const html = EMPTY + serverDocument("/powers") + serverDocument("/nothing");
    await using server = await serveBokeh({ "/powers": example("powers") }, {
      port: 0,
      extraPatterns: [[
        new URLPattern({ pathname: "/page" }),
        () => new Response(html, { headers: HTML }),
      ]],
    });
    await using browser = await openBrowser();
    const { page, problems } = await openUrl(browser, new URL("page", server.url).href);
    await page.getByText("power:").waitFor();
    await eventually(() => problems.some((text) => text.includes("answers with the status 404")));
  },
);

Deno.test("serverDocument: the page shows that the server is busy", SANITIZERS, async () => {
  const work = Promise.withResolvers<void>();
  const app = (doc: Document) => {
    const slider = new Slider({ start: 0, end: 10, value: 1, name: "slider", title: "work" });
    slider.on_change("value", () => work.promise);
    doc.add_root(slider);
  };
  await using server = await serveBokeh({ "/work": app }, {
    port: 0,
    busyIndicator: true,
    extraPatterns: [[
      new URLPattern({ pathname: "/page" }),
      () => new Response(EMPTY + serverDocument("/work"), { headers: HTML }),
    ]],
  });
  await using browser = await openBrowser();
  const { page, problems } = await openUrl(browser, new URL("page", server.url).href);
  await page.getByText("work:").waitFor();
  assertEquals(await page.locator("#bokeh-busy, [aria-busy=true]").count(), 0);
  await page.evaluate(`Bokeh.documents[0].get_model_by_name("slider").value = 2`);
  await page.locator("#bokeh-busy").waitFor();
  assertEquals(await page.locator("[aria-busy=true]").count(), 1);
  work.resolve();
  await page.locator("#bokeh-busy").waitFor({ state: "detached" });
  assertEquals(await page.locator("[aria-busy=true]").count(), 0);
  assertEquals(problems, []);
});

Deno.test("embed.js: pages show a notice when their session is destroyed", SANITIZERS, async () => {
  await using site = new HostPage(({ url }) => new Response(new URL(url).searchParams.get("html"), { headers: HTML }));
  await using server = await serve(site);
  await using browser = await openBrowser();
  const module = `<script type="module">
    import { embed } from "${server.url}embed.js";
    await embed(document.querySelector("#a"), "/echo");
  </script>`;
  const foreign = (html: string) => `http://${site.host}/?html=${encodeURIComponent(EMPTY + html)}`;
  for (const url of [foreign(module), foreign(serverDocument(`${server.url}echo`)), `${server.url}echo`]) {
    const { page } = await openUrl(browser, url);
    await page.getByText("none:").waitFor();
    for (const session of server.getSessions("/echo")) {
      for (const subscriber of session.subscribers) subscriber.close("session_gone");
    }
    await page.getByText("This session has ended").waitFor();
    await page.close();
  }
});

Deno.test("examples/embedding: a plain page of another origin", SANITIZERS, async () => {
  await using site = HostPage.page(
    (await Deno.readTextFile(new URL("page.html", EMBEDDING))).replace(
      "</title>",
      `</title><link rel="icon" href="data:,">`,
    ),
  );
  await using server = await serve(site);
  await using browser = await openBrowser();
  const { page, problems } = await openUrl(browser, `http://${site.host}/?server=${server.url}`);
  await page.locator("body[data-ready]").waitFor();
  await page.getByText("power:").nth(1).waitFor();
  await page.click("#remove");
  await eventually(async () => await page.getByText("power:").count() === 1);
  assertEquals(problems, []);
});

Deno.test("examples/embedding: a site made with Hono", SANITIZERS, async () => {
  const { site: hono } = await import(new URL("hono.ts", EMBEDDING).href);
  await using site = new HostPage((request, info) => hono.fetch(request, info));
  await using browser = await openBrowser();
  const { page } = await openUrl(browser, `http://${site.host}/`);
  await page.getByText("power:").waitFor();
});

Deno.test("examples/embedding: a component of React", SANITIZERS, async () => {
  const bundle = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--platform", "browser", new URL("react.jsx", EMBEDDING).pathname],
  }).output();
  assert(bundle.success, new TextDecoder().decode(bundle.stderr));
  await using site = HostPage.page(
    `<!DOCTYPE html><link rel="icon" href="data:,"><body><script type="module">${
      new TextDecoder().decode(bundle.stdout).replaceAll("</script", "<\\/script")
    }</script>`,
  );
  await using server = await serve(site);
  await using browser = await openBrowser();
  const { page, problems } = await openUrl(browser, `http://${site.host}/?server=${server.url}`);
  await page.getByText("power:").waitFor();
  await page.getByRole("button", { name: "Hide" }).click();
  await page.getByText("power:").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Show" }).click();
  await page.getByText("power:").waitFor();
  assertEquals(problems, []);
});

Deno.test("frames: only pages of allowed hosts can show pages of the server", SANITIZERS, async () => {
  const framing = () => new HostPage(({ url }) => new Response(frame(url), { headers: HTML }));
  const frame = (url: string) => `<iframe src="${new URL(url).searchParams.get("src")}"></iframe>`;
  await using allowed = framing();
  await using other = framing();
  await using server = await serve(allowed);
  await using browser = await openBrowser();
  const at = (site: HostPage) => `http://${site.host}/?src=${encodeURIComponent(`${server.url}echo`)}`;
  const { page } = await openUrl(browser, at(allowed));
  await page.frameLocator("iframe").getByText("none:").waitFor();
  const { problems } = await openUrl(browser, at(other));
  await eventually(() => problems.some((text) => text.includes("frame-ancestors")));
});

for (const sessionCreation of ["page", "connect"] as const) {
  Deno.test(
    `files of an embedded application come from its server, with sessions made at the ${sessionCreation}`,
    SANITIZERS,
    async (t) => {
      const received: string[] = [];
      const app = (doc: Document) => {
        const { files } = doc.session_context!;
        const upload = files.acceptUploads(async ({ stream }) => void received.push(await new Response(stream).text()));
        const download = files.offerDownload(() => ({ name: "report.csv", content: "1,2" }));
        doc.add_root(new Div({ name: "link", text: `<a id="report" href="${download}">Report</a>`, tags: [upload] }));
      };
      let html = "";
      await using site = new HostPage(() => new Response(html, { headers: HTML }));
      await using server = await serveBokeh({ "/app": app }, {
        port: 0,
        prefix: "/apps",
        sessionCreation,
        extraWebsocketOrigins: [site.host],
      });
      await using browser = await openBrowser();
      const ways = {
        "embed.js": `<div id="a"></div><script type="module">
        import { embed } from ${JSON.stringify(new URL("embed.js", server.url).href)};
        await embed(document.querySelector("#a"), "/app");
      </script>`,
        "autoload.js": serverDocument({ url: `${server.url}app` }),
        "a page of its own": undefined,
      };
      for (const [way, body] of Object.entries(ways)) {
        await t.step(way, async () => {
          html = `<!DOCTYPE html><link rel="icon" href="data:,"><body>${body}</body>`;
          const { page } = await openUrl(browser, body === undefined ? `${server.url}app` : `http://${site.host}/`);
          await page.locator("#report").waitFor();
          const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#report").click()]);
          assertEquals(download.suggestedFilename(), "report.csv");
          assertEquals(await Deno.readTextFile(await download.path()), "1,2");
          const status = await page.evaluate(`(async () => {
          const [upload] = Bokeh.documents[0].get_model_by_name("link").tags;
          return (await fetch(upload, { method: "POST", body: new File([${JSON.stringify(way)}], "x") })).status;
        })()`);
          assertEquals([status, received.at(-1)], [200, way]);
          await page.close();
        });
      }
    },
  );
}
