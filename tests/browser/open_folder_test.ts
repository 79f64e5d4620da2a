/** `openPage` of @bokeh/server/testing/browser with applications in folders. */

import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { Application } from "@bokeh/server";
import { openPage } from "@bokeh/server/testing/browser";
import { ensureChromium } from "../../tools/setup/chromium.ts";

/** Playwright does not close its connection and timers during a test. */
const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

/** Returns the main file of an application that shows the name of its user. */
function mainFile(): string {
  const models = import.meta.resolve("../../models/mod.ts");
  return `import { Div } from "${models}";
export default (doc) => doc.add_root(new Div({ name: "user", text: String(doc.session_context.request.user?.name) }));
`;
}

Deno.test("openPage: opens a folder with its static files, as a user", SANITIZERS, async () => {
  const folder = join(await Deno.makeTempDir(), "sales.v2");
  for (const name of ["templates", "static"]) await Deno.mkdir(join(folder, name), { recursive: true });
  await Deno.writeTextFile(join(folder, "main.js"), mainFile());
  await Deno.writeTextFile(join(folder, "static", "page.css"), "h1 { color: rgb(1, 2, 3) }");
  await Deno.writeTextFile(
    join(folder, "templates", "index.html"),
    '{% extends base %}{% block postamble %}<link rel="stylesheet" href="sales.v2/static/page.css">{% endblock %}' +
      "{% block inner_body %}<h1>Sales</h1>{{ super() }}{% endblock %}",
  );
  const launch = { executablePath: await ensureChromium() };
  const color = 'getComputedStyle(document.querySelector("h1")).color';
  {
    await using page = await openPage(folder, { launch, user: { name: "ada" } });
    assertEquals(await page.get("user", "text"), "ada");
    assertEquals(await page.page.evaluate(color), "rgb(1, 2, 3)");
    await page.settled();
  }
  await using page = await openPage(await Application.from(folder), { launch });
  assertEquals(await page.get("user", "text"), "undefined");
  assertEquals(await page.page.evaluate(color), "rgb(1, 2, 3)");
  await Deno.remove(join(folder, ".."), { recursive: true });
});
