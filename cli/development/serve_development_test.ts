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

Deno.test("serveDevelopment() watches modules that are imported when a session is created", async () => {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const write = (name: string, text: string) => Deno.writeTextFile(join(folder, name), text);
  await write("lazy.js", "export const title = 'first';");
  await write("app.js", "export default async (doc) => doc.title = (await import('./lazy.js')).title;");
  await using server = await serveDevelopment([join(folder, "app.js")], [], { port: 0 });
  const page = async () => {
    await (await fetch(`${server.url}app`)).body?.cancel();
    return server.getSessions("/app").map((session) => session.document.title).at(-1);
  };
  assertEquals(await page(), "first");
  const events = eventsOf(`${server.url}dev-events?page=/app`);
  const received = events.next();
  await write("lazy.js", "export const title = 'second';");
  assertEquals((await received).value, { kind: "document" });
  assertEquals(await page(), "second");
  await events.return(undefined);
  await Deno.remove(folder, { recursive: true });
});
