/** Follows README.md in a folder outside this checkout, and measures the time of each step. */

import { assert, assertEquals } from "@std/assert";
import { firstLine } from "../kit/first_line.ts";
import { createProject } from "../kit/project_folder.ts";
import { evaluate, openBrowser, openPage, until } from "./browser.ts";

const README = await Deno.readTextFile(new URL("../../README.md", import.meta.url));
const HIGHEST = "Math.max(...doc.roots()[0].children[1].renderers[0].data_source.data.y)";

/** Returns the code blocks of README.md in a language. */
function blocks(language: string): string[] {
  return Array.from(README.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, "gm")), ([, text]) => text!);
}

/** Returns the `serve` command of README.md, with a free port. */
function serve(folder: string, allowed: string): Deno.ChildProcess {
  const [line] = blocks("sh").map((text) => /^deno (run .*powers\.ts --dev) --show$/m.exec(text)?.[1]).filter(Boolean);
  return new Deno.Command(Deno.execPath(), {
    args: [...line!.split(" "), "--port", "0", "--allow-websocket-origin", allowed, "--log-level", "error"],
    cwd: folder,
    stdin: "null",
    stdout: "piped",
  }).spawn();
}

Deno.test("README.md: the steps lead to a live plot, its test, and the plot in a page of another site", {
  sanitizeOps: false,
  sanitizeResources: false,
}, async () => {
  const [application, test] = blocks("ts ignore");
  const folder = await createProject({ "powers.ts": application!, "powers_test.ts": test! });
  assertEquals(
    JSON.parse(blocks("json")[0]!).imports,
    JSON.parse(await Deno.readTextFile(`${folder}/deno.json`)).imports,
  );
  let html = "";
  await using site = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    () =>
      new Response(`<!DOCTYPE html><link rel="icon" href="data:,">${html}`, {
        headers: { "content-type": "text/html" },
      }),
  );
  await using browser = await openBrowser();
  const times: Record<string, number> = {};
  const timed = async (name: string, work: () => Promise<void>) => {
    const start = performance.now();
    await work();
    times[name] = Math.round(performance.now() - start);
  };

  let child: Deno.ChildProcess | undefined;
  let url = "";
  await timed("live plot", async () => {
    child = serve(folder, `127.0.0.1:${site.addr.port}`);
    url = /http:\S+/.exec(await firstLine(child.stdout))![0];
    const { page, problems } = await openPage(browser, url);
    await evaluate(page, "doc.roots()[0].children[0].value = 3");
    await until(page, `${HIGHEST} === 27`);
    assertEquals(problems, []);
  });
  await timed("passing test", async () => {
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["test", "powers_test.ts"],
      cwd: folder,
      stdin: "null",
    }).output();
    assert(success, new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr));
  });
  await timed("in another site's page", async () => {
    html = blocks("html")[0]!.replace("http://localhost:5006/", new URL("/", url).href);
    const { page, problems } = await openPage(browser, `http://127.0.0.1:${site.addr.port}/`);
    await evaluate(page, "doc.roots()[0].children[0].value = 4");
    await until(page, `${HIGHEST} === 81`);
    assertEquals(problems, []);
  });
  console.log("milliseconds:", times);
  child!.kill("SIGTERM");
  assertEquals((await child!.status).code, 0);
  await Deno.remove(folder, { recursive: true });
});
