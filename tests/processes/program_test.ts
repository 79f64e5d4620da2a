/** The program `bokeh`: its output and its exit codes. */

import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { PACKAGED_BOKEHJS } from "../../embed/resources/bokehjs_build.ts";
import { BOKEH_VERSION } from "../../protocol/version.ts";
import { example, runProgram, ServerProcess } from "../kit/server_process.ts";

Deno.test("serve: prints the URL of each application, and exits with 0 on SIGTERM", async () => {
  await using program = await ServerProcess.serve(example("sliders"), example("stream"), "--port", "0");
  assertEquals(program.urls.map((url) => new URL(url).pathname), ["/sliders", "/stream"]);
  const page = await (await fetch(program.url)).text();
  assertStringIncludes(page, "<title>Sliders</title>");
  assertEquals(await program.stop(), 0);
});

Deno.test("serve: exits with 1 and one line if the port is in use", async () => {
  using taken = Deno.listen({ port: 0 });
  const { code, stderr } = await runProgram("serve", example("sliders"), "--port", String(taken.addr.port));
  assertEquals(code, 1);
  assertStringIncludes(stderr, `port ${taken.addr.port} is already in use`);
});

Deno.test("serve: shows the line at which loading an application fails", async () => {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(file, 'export const answer = 42;\nthrow new Error("not today");\n');
  const { code, stderr } = await runProgram(file, "--port", "0");
  assertEquals(code, 1);
  assertStringIncludes(stderr, "not today");
  assertStringIncludes(stderr, `${file}:2:`);
  await Deno.remove(file);
});

Deno.test("serve: logs the signal in the words of `bokeh serve`", async () => {
  for (const [signal, words] of [["SIGTERM", "Received signal SIGTERM"], ["SIGINT", "Interrupted"]] as const) {
    const log = await Deno.makeTempFile();
    await using program = await ServerProcess.serve(example("sliders"), "--port", "0", "--log-file", log);
    program.signal(signal);
    assertEquals(await program.exitCode(), 0);
    assertStringIncludes(await Deno.readTextFile(log), `${words}, shutting down\n`);
    await Deno.remove(log);
  }
});

for (
  const [what, args, text] of [
    ["--dev without an application", ["serve", "--dev"], "Cannot use --dev without an application"],
    ["an icon that does not exist", ["serve", example("sliders"), "--ico-path", "none/such.ico"], "none/such.ico"],
    ["an icon of another type", ["serve", example("sliders"), "--ico-path", "icon.png"], ".ico"],
    ["a folder without BokehJS", ["serve", example("sliders"), "--bokehjs-path", "docs"], "js/bokeh.min.js"],
    ["a folder without an application", ["serve", "docs"], "main.ts"],
  ] as const
) {
  Deno.test(`serve: exits with 1 and one line for ${what}`, async () => {
    const { code, stdout, stderr } = await runProgram(...args, "--port", "0");
    assertEquals([code, stdout], [1, ""]);
    const error = stderr.slice(stderr.indexOf("ERROR:"));
    assertStringIncludes(error, text);
    assertEquals(error.trimEnd().split("\n").length, 1);
  });
}

Deno.test("--auth-module: accepts a provider as the default export, and refuses a module without getUser", async () => {
  await using file = await temporaryModule('export default { getUser: () => null, loginUrl: "/login" };');
  await using program = await ServerProcess.serve(example("sliders"), "--port", "0", "--auth-module", file.path);
  const response = await fetch(program.url, { redirect: "manual" });
  await response.body?.cancel();
  assertEquals(response.headers.get("location"), "/login?next=%2Fsliders");
  await using open = await temporaryModule('export const get_user = () => null, login_url = "/login";');
  const { code, stderr } = await runProgram("serve", example("sliders"), "--port", "0", "--auth-module", open.path);
  assertEquals(code, 1);
  assertStringIncludes(stderr, "neither getUser nor getUserAsync");
});

/** Writes a module to a temporary file, which is removed when it is disposed of. */
async function temporaryModule(text: string): Promise<{ path: string } & AsyncDisposable> {
  const path = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(path, text);
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path) };
}

Deno.test("json: exits with 2 and the usage without an application", async () => {
  const { code, stderr } = await runProgram("json");
  assertEquals(code, 2);
  assertMatch(stderr, /^Usage: bokeh json/);
});

Deno.test("serve: exits with 2 and the usage for an unknown option", async () => {
  const { code, stderr } = await runProgram("serve", "--no-such-option");
  assertEquals(code, 2);
  assertMatch(stderr, /^Usage: bokeh serve/);
  assertStringIncludes(stderr, "--no-such-option");
});

Deno.test("json: writes the document of an application", async () => {
  const { code, stdout } = await runProgram("json", example("sliders"), "-o", "-");
  assertEquals(code, 0);
  const { title, version, roots } = JSON.parse(stdout);
  assertEquals([title, version, roots.length], ["Sliders", BOKEH_VERSION, 1]);
});

Deno.test("html: writes a page that needs no server", async () => {
  const { code, stdout } = await runProgram("html", example("sliders"), "-o", "-");
  assertEquals(code, 0);
  assertStringIncludes(stdout, "<title>Sliders</title>");
});

Deno.test("serve: an application can import the module of the program that serves it", async () => {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  const entryPoint = new URL("../../mod.ts", import.meta.url).href;
  await Deno.writeTextFile(
    file,
    `import { curdoc } from "${entryPoint}";\nexport default function () { curdoc().title = "by way of curdoc"; }\n`,
  );
  await using program = await ServerProcess.serve(file, "--port", "0");
  assertStringIncludes(await (await fetch(program.url)).text(), "<title>by way of curdoc</title>");
  await Deno.remove(file);
});

Deno.test("serve: several processes share a port and exit together", async () => {
  await using program = await ServerProcess.serve(example("sliders"), "--port", "0", "--num-procs", "2");
  assertEquals(program.urls.length, 1);
  assertStringIncludes(await (await fetch(program.url)).text(), "render_items");
  assertEquals(await program.stop(), 0);
});

Deno.test("serve: states the missing permission of Deno and how to grant it", async () => {
  const main = decodeURIComponent(new URL("../../mod.ts", import.meta.url).pathname);
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", main, "serve", example("sliders")],
    stdin: "null",
  }).output();
  assertEquals(code, 1);
  assertMatch(
    new TextDecoder().decode(stderr),
    /ERROR: Requires env access to "\w+": start the program with deno run -A/,
  );
});

Deno.test("html, json, info: use the version of the BokehJS in the settings", async () => {
  const folder = await Deno.makeTempDir();
  for (const [name, { bytes }] of PACKAGED_BOKEHJS.bundles) {
    const text = new TextDecoder().decode(await bytes());
    await Deno.writeTextFile(`${folder}/${name}`, text.replaceAll(`"${BOKEH_VERSION}"`, '"3.10.99"'));
  }
  const env = { BOKEH_BOKEHJS_PATH: folder };
  const output = async (...args: string[]) => (await runProgram(env, ...args)).stdout;
  const html = await output("html", example("sliders"), "-o", "-");
  assertMatch(html, /bokeh-widgets-3\.10\.99\.min\.js" integrity="sha384-/);
  assertStringIncludes(html, '"version":"3.10.99"');
  assertEquals(JSON.parse(await output("json", example("sliders"), "-o", "-")).version, "3.10.99");
  assertMatch(await output("info"), /BokehJS version\s+: 3\.10\.99/);
  assertEquals((await output("info", "--static")).trim(), folder);
  await Deno.remove(folder, { recursive: true });
});
