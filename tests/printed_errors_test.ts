/** A program of an author's own that has configured no log: what goes wrong in its applications is not lost. */

import { assertEquals } from "@std/assert";

const MODULE = new URL("../mod.ts", import.meta.url).href;

/** What a program prints to standard error while somebody visits its application. */
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

Deno.test("serveBokeh writes errors to standard error where the program has no log", async () => {
  const [first] = (await printedBy("", "")).split("\n");
  assertEquals(first, "A session creation of /app failed: RangeError: Out of cheese");
});

Deno.test("serveBokeh writes no errors where they are heard of, or logged", async () => {
  assertEquals(await printedBy("", ", onError: () => {}"), "");
  const log = `import { configure } from "@logtape/logtape";\nawait configure({ sinks: {}, loggers: [] });`;
  assertEquals(await printedBy(log, ""), "");
});
