import { assertEquals, assertThrows } from "@std/assert";
import { LineChannel } from "./line_channel.ts";

/** Calls a function with both ends of a connection, of which the first sends lines of up to 1,000 characters. */
async function withChannels(test: (sender: LineChannel, receiver: LineChannel) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "bokeh-" });
  const path = `${folder}/socket`;
  try {
    using listener = Deno.listen({ transport: "unix", path });
    const [conn, accepted] = await Promise.all([Deno.connect({ transport: "unix", path }), listener.accept()]);
    using sender = new LineChannel(conn, 1000);
    using receiver = new LineChannel(accepted);
    await test(sender, receiver);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("LineChannel sends all lines in order, and refuses those that are too long", () =>
  withChannels(async (sender, receiver) => {
    const received: unknown[] = [];
    const done = receiver.receive((value) => void received.push(value));
    const sent = Array.from({ length: 5000 }, (_, i) => `${i}`.padEnd(i % 900, "ü"));
    for (const value of sent) sender.send(value);
    assertThrows(() => sender.send("x".repeat(999)), RangeError, "it has 1001 characters, at most 1000");
    assertEquals(sender.send("end"), 6);
    while (received.at(-1) !== "end") await new Promise((resolve) => setImmediate(resolve));
    assertEquals(received, [...sent, "end"]);
    assertEquals(sender.waitingLength, 0);
    sender[Symbol.dispose]();
    await done;
    sender.send("later");
    assertEquals(sender.waitingLength, 0);
  }));
