/** Builds of BokehJS in a browser: the one of this package, and the one of Python's package. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Browser, Page } from "playwright-core";
import { pullSession } from "../../client/connect_session.ts";
import { serverDocument } from "../../embed/scripts/server_embed.ts";
import { BOKEH_VERSION } from "../../protocol/version.ts";
import { ensurePython } from "../../tools/setup/python.ts";
import { example, ServerProcess } from "../kit/server_process.ts";
import { openBrowser, until } from "./browser.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

/** A page with the lines of its console, and the versions of the documents that it has received. */
interface SeenPage {
  readonly page: Page;
  readonly lines: string[];
  readonly documents: string[];
}

async function open(browser: Browser, url: string): Promise<SeenPage> {
  const page = await browser.newPage({ viewport: { width: 900, height: 500 } });
  const lines: string[] = [];
  const documents: string[] = [];
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => {
      if (typeof payload === "string" && payload.startsWith('{"doc"')) documents.push(JSON.parse(payload).doc.version);
    });
  });
  page.on("console", (message) => lines.push(message.text()));
  page.on("pageerror", (error) => lines.push(String(error)));
  await page.goto(url);
  return { page, lines, documents };
}

/** Returns the versions of the script, the document, and `SERVER-INFO`. */
async function statedVersions({ page, documents }: SeenPage, url: string): Promise<unknown[]> {
  await using session = await pullSession({ url });
  const info = await session.requestServerInfo();
  return [await page.evaluate("Bokeh.version"), ...documents, info.bokeh, info.server];
}

const MISMATCH = /mismatch/i;

/** Returns the folder of Python's BokehJS, and its version. */
async function pythonsBuild(): Promise<{ folder: string; version: string }> {
  const code =
    "import bokeh, os; print(os.path.join(os.path.dirname(bokeh.__file__), 'server', 'static')); print(bokeh.__version__)";
  const { stdout } = await new Deno.Command(await ensurePython(), { args: ["-c", code] }).output();
  const [folder = "", version = ""] = new TextDecoder().decode(stdout).trim().split("\n");
  return { folder, version };
}

Deno.test("BokehJS: pages have the version and the hashes of the packaged build", SANITIZERS, async () => {
  await using program = await ServerProcess.serve(example("sliders"), "--port", "0");
  await using browser = await openBrowser();
  const seen = await open(browser, program.url);
  const { page, lines } = seen;
  await until(page, "doc.is_idle");
  assertEquals(await statedVersions(seen, program.url), Array(4).fill(BOKEH_VERSION));
  assertEquals(lines.filter((line) => MISMATCH.test(line)), []);
  const unchecked =
    `[...document.scripts].filter((script) => script.src && !script.integrity).map((script) => script.src)`;
  assertEquals(await page.evaluate(unchecked), []);
  await page.screenshot({ path: screenshot("packaged") });
});

Deno.test("BokehJS: a server can serve the build of Python's package, and states its version", SANITIZERS, async () => {
  const { folder, version } = await pythonsBuild();
  await using browser = await openBrowser();
  for (
    const [env, ...args] of [[{}, "--bokehjs-path", folder], [{
      BOKEH_BOKEHJS_PATH: folder,
      BOKEH_MINIFIED: "no",
    }]] as const
  ) {
    await using program = await ServerProcess.serve(env, example("sliders"), "--port", "0", ...args);
    const seen = await open(browser, program.url);
    const { page, lines } = seen;
    await until(page, "doc.is_idle");
    assertEquals(await statedVersions(seen, program.url), Array(4).fill(version));
    assertEquals(lines.filter((line) => MISMATCH.test(line)), []);
    const src = await page.evaluate(`document.scripts[0].src`) as string;
    const served = new Uint8Array(await (await fetch(src)).arrayBuffer());
    assertEquals(served, await Deno.readFile(`${folder}/js/${new URL(src).pathname.split("/").at(-1)}`), src);
    await page.screenshot({ path: screenshot(`python${args.length}`) });
  }
});

Deno.test("BokehJS: a browser refuses a script that was modified", SANITIZERS, async () => {
  await using program = await ServerProcess.serve(example("sliders"), "--port", "0");
  await using browser = await openBrowser();
  const page = await browser.newPage();
  const lines: string[] = [];
  page.on("console", (message) => lines.push(message.text()));
  await page.route("**/static/js/bokeh.min.js*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${await response.text()}\nglobalThis.changed = true;` });
  });
  await page.goto(program.url);
  assertEquals(await page.evaluate("[globalThis.changed, globalThis.Bokeh]"), [undefined, undefined]);
  assertStringIncludes(lines.join("\n"), "integrity");
});

Deno.test("BokehJS: pages of other origins check the hashes", SANITIZERS, async (t) => {
  await using site = siteOf(() => html);
  await using program = await ServerProcess.serve(
    example("sliders"),
    "--port",
    "0",
    "--allow-websocket-origin",
    site.host,
  );
  await using browser = await openBrowser();
  let html = "";
  const module = new URL("embed.js", program.url).href;
  const ways = {
    "autoload.js": serverDocument({ url: program.url }),
    "embed.js": `<div id="app"></div><script type="module">
      import { embed } from ${JSON.stringify(module)};
      await embed(document.querySelector("#app"), "/sliders");
    </script>`,
  };
  for (const [way, body] of Object.entries(ways)) {
    await t.step(way, async () => {
      html = `<!DOCTYPE html><link rel="icon" href="data:,"><body>${body}</body>`;
      const { page, lines } = await open(browser, `http://${site.host}/`);
      await until(page, "doc.is_idle");
      await page.waitForFunction(`[...document.scripts].some((script) => script.src.includes("mathjax"))`);
      const scripts = `[...document.scripts].filter((script) => script.src.includes("/static/js/"))`;
      assertEquals(await page.evaluate(`${scripts}.length`), 5);
      assertEquals(
        await page.evaluate(`${scripts}.every((script) => script.integrity && script.crossOrigin === "anonymous")`),
        true,
      );
      assertEquals(lines.filter((line) => /error|integrity/i.test(line)), []);
    });
  }
});

/** Starts a site with one page, which has another origin than the server. */
function siteOf(html: () => string): AsyncDisposable & { host: string } {
  const headers = { "content-type": "text/html; charset=utf-8" };
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () => new Response(html(), { headers }),
  );
  return { host: `127.0.0.1:${server.addr.port}`, [Symbol.asyncDispose]: () => server.shutdown() };
}

function screenshot(name: string): string {
  const folder = Deno.env.get("SCREENSHOTS") ?? Deno.makeTempDirSync();
  return `${folder}/bokehjs-${name}.png`;
}
