/** Pages of applications that throw while their session is created. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { ServerProcess } from "../kit/server_process.ts";
import { createProject } from "../kit/project_folder.ts";
import { openBrowser } from "./browser.ts";

const SANITIZERS = { sanitizeOps: false, sanitizeResources: false };

const FAILING = `import type { Document } from "@bokeh/server";
import { Div } from "@bokeh/server/models";

export default function (doc: Document): void {
  const started = Deno.statSync(new URL("ready", import.meta.url)).isFile;
  doc.add_root(new Div({ text: "started: " + started }));
}
`;

for (const args of [["--session-creation", "connect"], ["--num-procs", "2"]]) {
  Deno.test(
    `notice of a failed application: shown in the page until a reload succeeds (${args.join(" ")})`,
    SANITIZERS,
    async () => {
      const folder = await createProject({ "failing.ts": FAILING });
      const serve = ["run", "-A", "jsr:@bokeh/server", "serve", "failing.ts", "--port", "0", "--log-level", "None"];
      await using program = await ServerProcess.run([...serve, ...args], { cwd: folder });
      await using browser = await openBrowser();
      const page = await browser.newPage();
      let sockets = 0;
      page.on("websocket", () => sockets++);
      assertEquals((await page.goto(program.url))?.status(), 200);
      const alert = page.getByRole("alert");
      await alert.waitFor();
      assertStringIncludes(await alert.innerText(), "The application could not be started.");
      assertEquals(sockets, 1);

      await Deno.writeTextFile(join(folder, "ready"), "");
      await alert.getByRole("button", { name: "Reload" }).click();
      await page.getByText("started: true").waitFor();
      assertEquals(await page.getByRole("alert").count(), 0);
      assertEquals(await program.stop(), 0);
      await Deno.remove(folder, { recursive: true });
    },
  );
}

Deno.test(
  "error page: shown if the session is created with the page",
  SANITIZERS,
  async () => {
    const folder = await createProject({ "failing.ts": FAILING });
    const serve = ["run", "-A", "jsr:@bokeh/server", "serve", "failing.ts", "--port", "0", "--log-level", "None"];
    await using program = await ServerProcess.run(serve, { cwd: folder });
    await using browser = await openBrowser();
    const page = await browser.newPage();
    assertEquals((await page.goto(program.url))?.status(), 500);
    assertEquals(await page.locator("h1").count(), 1);
    assertEquals(await program.stop(), 0);
    await Deno.remove(folder, { recursive: true });
  },
);
