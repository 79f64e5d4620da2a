import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { serveDevelopment } from "./serve_development.ts";

/** Yields the events of an event stream. */
async function* eventsOf(url: string): AsyncGenerator<{ kind: string; text?: string }> {
  const { body } = await fetch(url);
  let text = "";
  for await (const part of body!.pipeThrough(new TextDecoderStream())) {
    text += part;
    const blocks = text.split("\n\n");
    text = blocks.pop()!;
    for (const block of blocks) if (block.startsWith("data: ")) yield JSON.parse(block.slice("data: ".length));
  }
}

/** Serves an application whose title comes from another module, and changes that module. */
async function changeModule(application: string, module: string): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const write = (name: string, text: string) => Deno.writeTextFile(join(folder, name), text);
  await write("other.js", module.replace("TITLE", "first"));
  await write("app.js", application);
  await using server = await serveDevelopment([join(folder, "app.js")], [], { port: 0 });
  const page = async () => {
    await (await fetch(`${server.url}app`)).body?.cancel();
    return server.getSessions("/app").map((session) => session.document.title).at(-1);
  };
  assertEquals(await page(), "first");
  const events = eventsOf(`${server.url}dev-events?page=/app`);
  const received = events.next();
  await write("other.js", module.replace("TITLE", "second"));
  assertEquals((await received).value, { kind: "document" });
  assertEquals(await page(), "second");
  await events.return(undefined);
  await Deno.remove(folder, { recursive: true });
}

Deno.test("serveDevelopment() watches modules that are imported when a session is created", async () => {
  await changeModule(
    "export default async (doc) => doc.title = (await import('./other.js')).title;",
    "export const title = 'TITLE';",
  );
});

Deno.test("serveDevelopment() watches the modules of tasks, which Workers load again", async () => {
  await changeModule(
    "export default async (doc) => doc.title = await doc.task(new URL('./other.js', import.meta.url), 1);",
    "export default () => 'TITLE';",
  );
});
