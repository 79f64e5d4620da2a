/** The published package, used from a registry in an empty folder and with an empty cache. */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { pullSession } from "../../client/mod.ts";
import { Slider } from "../../models/mod.ts";
import { eventually } from "../kit/eventually.ts";
import { firstLine } from "../kit/first_line.ts";
import { PackageRegistry } from "../kit/package_registry.ts";
import { HEAD, REFUSED } from "../typing/refused.ts";

const APP = `import type { Document } from "jsr:@bokeh/server";
import { column } from "jsr:@bokeh/server/layouts";
import { ColumnDataSource, Slider } from "jsr:@bokeh/server/models";
import { figure } from "jsr:@bokeh/server/plotting";

export default function (doc: Document): void {
  const source = new ColumnDataSource({ data: { x: [1, 2], y: [1, 2] } });
  const plot = figure({ width: 300 });
  plot.line({ x: "x", y: "y", source });
  const slider = new Slider({ start: 0, end: 10, value: 1 });
  slider.on_change("value", (_attr, _old, value) => source.data = { x: [1, 2], y: [value, value] });
  doc.add_root(column([slider, plot]));
}
`;
const TEST = `import { deepStrictEqual } from "node:assert/strict";
import { ColumnDataSource, Slider } from "jsr:@bokeh/server/models";
import { openSession } from "jsr:@bokeh/server/testing";
import app from "./app.ts";

Deno.test("the line follows the slider", async () => {
  await using session = await openSession(app);
  session.doc.select_one(Slider).value = 3;
  await session.settled();
  deepStrictEqual([...session.doc.select_one(ColumnDataSource).data.y!], [3, 3]);
});
`;

const DOUBLING = `import { defineTask } from "jsr:@bokeh/server/tasks";

export const double = defineTask(import.meta, (value: number) => 2 * value);
`;
/** An application that runs a task in a Worker, and whose title is what a notebook shows of it. */
const OPTIONAL_APP = `import type { Document } from "jsr:@bokeh/server";
import { Div, Slider } from "jsr:@bokeh/server/models";
import { double } from "./doubling.ts";

export default function (doc: Document): void {
  const slider = new Slider({ start: 0, end: 10, value: 1 });
  slider.on_change("value", async () => {
    const result = await doc.task(double, slider.value as number);
    const div: object = new Div({ text: "shown" });
    const shown: object = await Reflect.get(div, Symbol.for("Jupyter.display")).call(div);
    doc.title = \`\${result} \${Object.keys(shown).includes("text/html")}\`;
  });
  doc.add_root(slider);
}
`;

/** The part of `deno info --json` with the dependencies. */
interface ModuleGraph {
  readonly modules: readonly { readonly specifier: string }[];
}

/** Returns the names of the packages that the modules of a graph import, without this package. */
function dependenciesOf({ modules }: ModuleGraph): { jsr: string[]; npm: string[] } {
  const namesIn = (pattern: RegExp) => {
    const names = modules.map(({ specifier }) => pattern.exec(specifier)?.[1]);
    return [...new Set(names)].filter((name) => name !== undefined).sort();
  };
  return { jsr: namesIn(/^http:.*\/(@std\/[a-z-]+)\//), npm: namesIn(/^npm:\/?((?:@[^/@]+\/)?[^/@]+)/) };
}

/** Code that the type checker must accept, and what it imports. */
const ACCEPTED = ["accepted.ts", "typed_columns.ts", "expect_type.ts"];

/** Replaces the names of the package by those that applications import from JSR. */
function fromJsr(code: string): string {
  return code.replaceAll('"@bokeh/server', '"jsr:@bokeh/server');
}

Deno.test("the published package", async (t) => {
  await using registry = await PackageRegistry.publish();
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(join(folder, "app.ts"), APP);
  await Deno.writeTextFile(join(folder, "app_test.ts"), TEST);
  const deno = (...args: string[]) =>
    new Deno.Command(Deno.execPath(), {
      args,
      cwd: folder,
      env: { ...registry.environment, NO_COLOR: "1" },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    });
  const run = async (...args: string[]) => {
    const { success, stdout, stderr } = await deno(...args).output();
    return { success, printed: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
  };

  await t.step("depends on @std from JSR and on packages of npm", async () => {
    const { stdout } = await deno("info", "--json", "jsr:@bokeh/server").output();
    const info: ModuleGraph = JSON.parse(new TextDecoder().decode(stdout));
    assertEquals(dependenciesOf(info), {
      jsr: ["async", "html", "http", "internal", "media-types", "path", "streams", "yaml"].map((name) =>
        `@std/${name}`
      ),
      // Neither BokehJS with its dependencies, nor a browser, nor a database: together 140 MB.
      npm: ["@logtape/logtape", "@opentelemetry/api", "croner", "openid-client"],
    });
    const named = await registry.filesWith("deno-std");
    assertEquals(named.filter((path) => !path.endsWith(".md")), []);
  });

  await t.step("has few modules to load, and the sources for type checks", async () => {
    const { stdout } = await deno("info", "--json", "jsr:@bokeh/server").output();
    const { modules }: ModuleGraph = JSON.parse(new TextDecoder().decode(stdout));
    const own = modules.map(({ specifier }) => specifier).filter((specifier) => specifier.includes("@bokeh/server/"));
    const bundled = own.filter((specifier) => specifier.includes("/dist/"));
    assert(bundled.length > 0 && bundled.length < 150, `${bundled.length} bundled modules`);
    assert(own.some((specifier) => specifier.endsWith("/mod.ts")));
  });

  await t.step("serves an application", async () => {
    await using child = deno("run", "-A", "--quiet", "jsr:@bokeh/server", "app.ts", "--port", "0").spawn();
    const url = /http:\S+/.exec(await firstLine(child.stdout))![0];
    const page = await (await fetch(url)).text();
    const [script] = /\/static\/js\/bokeh\.min\.js[^"]*/.exec(page)!;
    assert((await (await fetch(new URL(script, url))).text()).length > 1_000_000);
    await using session = await pullSession({ url });
    session.document.select_one(Slider).value = 4;
    await session.forceRoundtrip();
    assertEquals(session.document.select_one(Slider).value, 4);
    child.kill("SIGTERM");
    assertEquals((await child.status).code, 0);
    assertMatch(await child.stderr.text(), /Starting Bokeh server/);
  });

  await t.step("loads session stores, tasks and notebooks when they are needed", async () => {
    await Deno.writeTextFile(join(folder, "doubling.ts"), DOUBLING);
    await Deno.writeTextFile(join(folder, "optional.ts"), OPTIONAL_APP);
    const options = ["--port", "0", "--session-store", "sqlite:sessions.db"];
    await using child = deno("run", "-A", "--quiet", "jsr:@bokeh/server", "optional.ts", ...options).spawn();
    const url = /http:\S+/.exec(await firstLine(child.stdout))![0];
    await using session = await pullSession({ url });
    session.document.select_one(Slider).value = 4;
    await session.forceRoundtrip();
    await eventually(() => session.document.title === "8 true");
    child.kill("SIGTERM");
    assertEquals((await child.status).code, 0);
    await child.stderr.cancel();
  });

  await t.step("is type-checked by its declarations", async () => {
    // JSR derives declarations from explicit types ("no slow types"). Without them the checker would read every function body.
    const { success, printed } = await run("check", "--log-level=debug", "app.ts");
    assert(success, printed);
    const types = Number(/^ *Types: (\d+)$/m.exec(printed)![1]);
    assert(types < 3000, `The checker made ${types} types`);
  });

  await t.step("reports type errors in an application", async () => {
    await Deno.writeTextFile(
      join(folder, "wrong.ts"),
      APP.replace("value: 1", "star: 1").replace('"value"', '"valeu"'),
    );
    const { success, printed } = await run("check", "wrong.ts");
    assertEquals(success, false);
    assertStringIncludes(printed, "'star' does not exist in type");
    assertStringIncludes(printed, `'"valeu"' is not assignable`);
  });

  await t.step("has the types of columns", async () => {
    for (const name of ACCEPTED) {
      const code = await Deno.readTextFile(new URL(`../typing/${name}`, import.meta.url));
      await Deno.writeTextFile(join(folder, name), fromJsr(code));
    }
    const accepted = await run("check", ...ACCEPTED);
    assert(accepted.success, accepted.printed);

    const names = REFUSED.map((_, i) => `mistake_${i}.ts`);
    await Promise.all(
      REFUSED.map(([mistake], i) =>
        Deno.writeTextFile(join(folder, names[i]!), fromJsr(HEAD) + mistake + "\nexport {};\n")
      ),
    );
    const reports = (await run("check", "--quiet", ...names)).printed.split(/\n\n(?=TS\d+)/);
    for (const [i, [mistake, error]] of REFUSED.entries()) {
      assertMatch(reports.find((text) => text.includes(`${names[i]}:`)) ?? "", error, mistake);
    }
  });

  await t.step("tests an application", async () => {
    const { success, printed } = await run("test", "-A", "app_test.ts");
    assert(success, printed);
  });

  await Deno.remove(folder, { recursive: true });
});
