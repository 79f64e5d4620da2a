/** `--dev`: pages show saved changes without a reload. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import type { Page } from "playwright-core";
import { ServerProcess } from "../kit/server_process.ts";
import { openBrowser } from "./browser.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };
/** Maximum time until a change is shown, in milliseconds: three times a third of a second, for a machine under load. */
const AT_ONCE_MILLISECONDS = 1500;

const MAIN = `import { curdoc, type Document } from "@bokeh/server";
import { Div, Slider } from "@bokeh/server/models";
import { greeting } from "./greeting.ts";

export default function (doc: Document): void {
  const slider = new Slider({ title: "size", start: 0, end: 10, value: 1 });
  const text = new Div({ text: greeting(slider.value) });
  slider.on_change("value", () => text.text = greeting(slider.value));
  for (const root of [slider, text]) doc.add_root(root);
  if (curdoc() !== doc) throw new Error("Two servers");
}
`;

function greeting(words: string): string {
  return `export const greeting = (size: number): string => "${words} " + size;\n`;
}

async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.waitForFunction("globalThis.Bokeh?.documents?.[0]?.is_idle === true");
}

Deno.test("--dev: shows saved files", SANITIZERS, async (t) => {
  const folder = await Deno.makeTempDir();
  const dash = join(folder, "dash");
  const write = (name: string, text: string) => Deno.writeTextFile(join(dash, name), text);
  for (const name of ["templates", "static"]) await Deno.mkdir(join(dash, name), { recursive: true });
  await write("main.ts", MAIN);
  await write("greeting.ts", greeting("Hello"));
  await write("static/page.css", "h1 { color: rgb(1, 2, 3) }");
  await write(
    "templates/index.html",
    `{% extends base %}{% block inner_body %}<h1>First</h1>{{ super() }}{% endblock %}
{% block postamble %}<link rel="stylesheet" href="dash/static/page.css">{% endblock %}`,
  );
  await Deno.writeTextFile(
    join(folder, "other.ts"),
    `import { Div } from "@bokeh/server/models"; export default (doc) => doc.add_root(new Div({ text: "Other 1" }));`,
  );

  await using program = await ServerProcess.serve(
    dash,
    join(folder, "other.ts"),
    "--glob",
    "--dev",
    "--port",
    "0",
    "--log-level",
    "error",
  );
  await using browser = await openBrowser();
  const page = await browser.newPage();
  const urlOf = (name: string) => program.urls.find((url) => url.endsWith(name))!;
  await open(page, urlOf("/dash"));
  await page.getByText("Hello 1").waitFor();

  const timed = async (save: () => Promise<void>, shown: () => Promise<unknown>) => {
    const start = performance.now();
    await save();
    await shown();
    const milliseconds = Math.round(performance.now() - start);
    assert(milliseconds < AT_ONCE_MILLISECONDS, `${milliseconds} ms`);
    return milliseconds;
  };
  const figures: Record<string, number> = {};
  await page.evaluate("globalThis.same = true");

  await t.step("a module that the application imports; widgets keep their values", async () => {
    await page.evaluate(`Bokeh.documents[0].roots()[0].value = 7`);
    await page.getByText("Hello 7").waitFor();
    figures.module = await timed(
      () => write("greeting.ts", greeting("Good day")),
      () => page.getByText("Good day 7").waitFor(),
    );
    assertEquals(await page.evaluate("[globalThis.same, Bokeh.documents[0].roots()[0].value]"), [true, 7]);
  });

  await t.step("the widgets work, and values that the user has not changed are those of the code", async () => {
    await page.evaluate(`Bokeh.documents[0].roots()[0].value = 1`);
    await page.getByText("Good day 1").waitFor();
    await write("main.ts", MAIN.replace("value: 1", "value: 4"));
    await page.getByText("Good day 4").waitFor();
  });

  await t.step("an error is shown with its line until it is fixed", async () => {
    figures.error = await timed(
      () => write("greeting.ts", "\n\nexport const greeting = () => { throw new Error('Out of cheese'); };\n"),
      () => page.locator("#bokeh-dev-error").waitFor(),
    );
    assertStringIncludes(await page.innerText("#bokeh-dev-error"), "Out of cheese");
    assertStringIncludes(await page.innerText("#bokeh-dev-error"), "greeting.ts:3:");
    await write("greeting.ts", "export const greeting = (;\n");
    await page.locator("#bokeh-dev-error", { hasText: "greeting.ts:1:" }).waitFor();
    await write("greeting.ts", greeting("Mended"));
    await page.getByText("Mended 4").waitFor();
    await page.locator("#bokeh-dev-error").waitFor({ state: "detached" });
  });

  await t.step("an error of a callback is shown with its line", async () => {
    await write(
      "greeting.ts",
      greeting("Careful").replace("=> ", `=> {\n if (size > 8) throw new Error("Too large"); return `).replace(
        ";\n",
        ";}\n",
      ),
    );
    await page.getByText("Careful 4").waitFor();
    await page.evaluate(`Bokeh.documents[0].roots()[0].value = 9`);
    await page.locator("#bokeh-dev-error", { hasText: "Too large" }).waitFor();
    assertStringIncludes(await page.innerText("#bokeh-dev-error"), "greeting.ts:2:");
    await write("greeting.ts", greeting("Careful"));
    await page.getByText("Careful 9").waitFor();
    await page.locator("#bokeh-dev-error").waitFor({ state: "detached" });
  });

  await t.step("a template; widgets keep their values", async () => {
    await page.evaluate(`Bokeh.documents[0].roots()[0].value = 6`);
    await page.getByText("Careful 6").waitFor();
    const text = await Deno.readTextFile(join(dash, "templates/index.html"));
    figures.template = await timed(
      () => write("templates/index.html", text.replace("First", "Second")),
      () => page.getByText("Second").waitFor(),
    );
    await page.getByText("Careful 6").waitFor();
    assertEquals(await page.evaluate("[globalThis.same, Bokeh.documents.length]"), [true, 1]);
  });

  await t.step("several changes in quick succession, in the same page", async () => {
    const text = await Deno.readTextFile(join(dash, "templates/index.html"));
    for (const [title, name] of [["Third", "Quick"], ["Second", "Careful"]] as const) {
      await write("templates/index.html", text.replace("Second", title));
      await page.getByText(title).waitFor();
      await write("greeting.ts", greeting(name));
      await page.getByText(`${name} 6`).waitFor();
    }
    assertEquals(await page.evaluate("globalThis.same"), true);
  });

  await t.step("an invalid template, with its line", async () => {
    const text = await Deno.readTextFile(join(dash, "templates/index.html"));
    await write("templates/index.html", text.replace("super()", "super("));
    await page.locator("#bokeh-dev-error", { hasText: "Cannot render the template at line 1" }).waitFor();
    await write("templates/index.html", text);
    await page.locator("#bokeh-dev-error").waitFor({ state: "detached" });
    await page.getByText("Careful 6").waitFor();
  });

  await t.step("a static file and a theme", async () => {
    figures.static = await timed(
      () => write("static/page.css", "h1 { color: rgb(9, 8, 7) }"),
      () => page.waitForFunction(`getComputedStyle(document.querySelector("h1")).color === "rgb(9, 8, 7)"`),
    );
    await page.getByText("Careful 6").waitFor();
    figures.theme = await timed(
      () => write("theme.yaml", "attrs:\n  Slider:\n    bar_color: '#123456'\n"),
      () => page.waitForFunction(`Bokeh.documents[0]?.roots()[0]?.bar_color === "#123456"`),
    );
  });

  await t.step("a template with scripts, for which the page is reloaded", async () => {
    const text = await Deno.readTextFile(join(dash, "templates/index.html"));
    await write("templates/index.html", text.replace("Second</h1>", "Third</h1><script>const once = 1;</script>"));
    await page.getByText("Third").waitFor();
    await page.getByText("Careful 6").waitFor();
    assertEquals(await page.evaluate("[globalThis.same, once]"), [undefined, 1]);
  });

  await t.step("only the changed application", async () => {
    const other = await browser.newPage();
    await open(other, urlOf("/other"));
    await page.evaluate("globalThis.same = 2");
    const path = join(folder, "other.ts");
    await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace("Other 1", "Other 2"));
    await other.getByText("Other 2").waitFor();
    assertEquals(await page.evaluate("globalThis.same"), 2);
  });

  await t.step("a bar during a long callback", async () => {
    const slow =
      `async () => { await new Promise((resolve) => setTimeout(resolve, 700)); text.text = greeting(slider.value); });`;
    await write(
      "main.ts",
      MAIN.replace("() => text.text = greeting(slider.value));", slow).replace('"size"', '"slow"'),
    );
    await page.getByText("slow:").waitFor();
    await page.evaluate(`Bokeh.documents[0].roots()[0].value = 3`);
    await page.locator("#bokeh-busy").waitFor();
    await page.getByText("Careful 3").waitFor();
    await page.locator("#bokeh-busy").waitFor({ state: "detached" });
  });

  assertEquals(await program.childPids(), []);
  assertEquals(await program.stop(), 0);
  console.log("milliseconds from saving to the screen:", figures);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("--dev: serves an application that cannot be loaded yet", SANITIZERS, async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "early.ts");
  await Deno.writeTextFile(path, "export default (doc => ;\n");
  await using program = await ServerProcess.serve(path, "--dev", "--port", "0", "--log-level", "critical");
  await using browser = await openBrowser();
  const page = await browser.newPage();
  await page.goto(program.url);
  await page.getByText("early.ts:1:").first().waitFor();
  await Deno.writeTextFile(
    path,
    `import { Div } from "@bokeh/server/models"; export default (doc) => doc.add_root(new Div({ text: "There" }));`,
  );
  await page.getByText("There").waitFor();
  assertEquals(await program.stop(), 0);
  await Deno.remove(folder, { recursive: true });
});

Deno.test(
  "--dev: keeps a page whose websocket is closed before the error of the application arrives",
  SANITIZERS,
  async () => {
    const folder = await Deno.makeTempDir();
    const path = join(folder, "late.ts");
    const write = (text: string) =>
      Deno.writeTextFile(
        path,
        `import { Div } from "@bokeh/server/models"; export default (doc) => doc.add_root(new Div({ text: ${text} }));`,
      );
    await write(`"First"`);
    await using program = await ServerProcess.serve(path, "--dev", "--port", "0", "--log-level", "critical");
    await using browser = await openBrowser();
    const page = await browser.newPage();
    // events and websockets have separate connections, whose order is not fixed
    await page.addInitScript(`
    const { set } = Object.getOwnPropertyDescriptor(EventSource.prototype, "onmessage");
    Object.defineProperty(EventSource.prototype, "onmessage", {
      set(listener) {
        set.call(this, (event) => setTimeout(() => listener(event), 300));
      },
    });`);
    await open(page, program.url);
    await page.getByText("First").waitFor();
    await page.evaluate("globalThis.same = true");
    await write("(() => { throw new Error('Out of cheese'); })()");
    await page.locator("#bokeh-dev-error", { hasText: "Out of cheese" }).waitFor();
    assertEquals(await page.evaluate("globalThis.same"), true);
    await write(`"Second"`);
    await page.getByText("Second").waitFor();
    assertEquals(await page.evaluate("globalThis.same"), true);
    assertEquals(await program.stop(), 0);
    await Deno.remove(folder, { recursive: true });
  },
);

Deno.test("--dev: a change while the page of the change before connects reloads no page", SANITIZERS, async () => {
  const folder = await Deno.makeTempDir();
  const write = (name: string, text: string) => Deno.writeTextFile(join(folder, name), text);
  const template = (title: string) =>
    `{% extends base %}{% block inner_body %}<h1>${title}</h1>{{ super() }}{% endblock %}`;
  await Deno.mkdir(join(folder, "templates"));
  await write("main.ts", MAIN);
  await write("greeting.ts", greeting("Hello"));
  await write("templates/index.html", template("First"));
  await using program = await ServerProcess.serve(folder, "--dev", "--port", "0", "--log-level", "error");
  await using browser = await openBrowser();
  const [page, other] = [await browser.newPage(), await browser.newPage()];
  const connecting = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let isHeld = false;
  await page.routeWebSocket(/ws$/, async (socket) => {
    if (isHeld) {
      connecting.resolve();
      await released.promise;
    }
    socket.connectToServer();
  });
  await page.clock.install();
  await Promise.all([open(page, program.url), open(other, program.url)]);
  await page.evaluate("globalThis.same = true");
  isHeld = true;
  await write("templates/index.html", template("Second"));
  await Promise.all([page.getByText("Second").waitFor(), other.getByText("Second").waitFor()]);
  await connecting.promise;
  await other.getByText("Hello 1").waitFor();
  await write("greeting.ts", greeting("Meanwhile"));
  await other.getByText("Meanwhile 1").waitFor();
  await page.clock.fastForward(5000);
  released.resolve();
  await page.getByText("Meanwhile 1").waitFor();
  assertEquals(await page.evaluate("globalThis.same"), true);
  assertEquals(await program.stop(), 0);
  await Deno.remove(folder, { recursive: true });
});
