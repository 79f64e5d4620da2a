/** Programs with `serveBokeh` that have not configured logging: errors of applications are printed. */

import { assertEquals } from "@std/assert";

const MODULE = new URL("../mod.ts", import.meta.url).href;

/** Runs a program and requests its application. Returns its standard error output. */
async function printedBy(before: string, options: string): Promise<string> {
  const source = `
${before}
import { serveBokeh } from ${JSON.stringify(MODULE)};
const app = () => { throw new RangeError("Out of cheese"); };
await using server = await serveBokeh({ "/app": app }, { port: 0${options} });
await (await fetch(server.url + "app")).body.cancel();
`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--config", decodeURIComponent(new URL("../deno.json", import.meta.url).pathname), source],
    env: { NO_COLOR: "1" },
    stdin: "null",
  });
  return new TextDecoder().decode((await child.output()).stderr);
}

Deno.test("serveBokeh: prints errors if the program has not configured logging", async () => {
  const [first] = (await printedBy("", "")).split("\n");
  assertEquals(first, "A session creation of /app failed: RangeError: Out of cheese");
});

Deno.test("serveBokeh: does not print errors if there is an onError handler or a log", async () => {
  assertEquals(await printedBy("", ", onError: () => {}"), "");
  const log = `import { configure } from "@logtape/logtape";\nawait configure({ sinks: {}, loggers: [] });`;
  assertEquals(await printedBy(log, ""), "");
});
