import { assertEquals, assertThrows } from "@std/assert";
import { sharedSource } from "../../shared/mod.ts";
import { eventually } from "../../tests/kit/eventually.ts";
import { DirectoryClient } from "./directory_client.ts";
import { directoryPath } from "./directory_messages.ts";
import { LineChannel } from "./line_channel.ts";
import { SessionDirectory } from "./session_directory.ts";

const SECRET = "a secret of the group";

async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "bokeh-" });
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function clientOptions(folder: string, index: number) {
  return { folder, index, secret: SECRET, addressOf: String, sharesData: true };
}

/** A process of a group of which the test sends the messages. */
async function joinGroup(folder: string, index: number) {
  const channel = new LineChannel(await Deno.connect({ transport: "unix", path: directoryPath(folder) }));
  const received: unknown[] = [];
  void channel.receive((message) => void received.push(message));
  channel.send(["join", index, SECRET]);
  await eventually(() => received.length > 0, "the directory answers");
  return { channel, received, [Symbol.dispose]: () => channel[Symbol.dispose]() };
}

Deno.test("SharedDataRelay: a change is applied once if the process that was asked for the states ends", () =>
  withFolder(async (folder) => {
    using _directory = new SessionDirectory(folder, SECRET);
    const source = sharedSource("source of the relay", { x: [0] });
    using oldest = await joinGroup(folder, 0);
    using other = await joinGroup(folder, 1);
    oldest.channel.send(["statesEnd", 1]);
    await eventually(() => other.received.length === 2, "the other process has the states");
    using _client = await DirectoryClient.connect(clientOptions(folder, 2));
    await eventually(() => oldest.received.length === 3, "the oldest process is asked for the states");
    other.channel.send(["share", source.name, ["stream", { type: "map", entries: [["x", [1]]] }, null]]);
    await eventually(() => oldest.received.length === 4, "all processes are sent the change");
    oldest.channel[Symbol.dispose]();
    await eventually(() => other.received.length === 4, "the other process is asked for the states");
    assertEquals(oldest.received.slice(1, 3), [["sendStates", 1], ["sendStates", 2]]);
    assertEquals(other.received.at(-1), ["sendStates", 2]);
    other.channel.send(["state", 2, source.name, { type: "map", entries: [["x", [0, 1]]] }]);
    other.channel.send(["statesEnd", 2]);
    other.channel.send(["share", source.name, ["stream", { type: "map", entries: [["x", [2]]] }, null]]);
    await eventually(() => source.data.x.at(-1) === 2, "the last change has arrived");
    assertEquals([...source.data.x], [0, 1, 2]);
  }));

Deno.test("DirectoryClient: refuses changes of shared data while many wait to be sent", () =>
  withFolder(async (folder) => {
    using listener = Deno.listen({ transport: "unix", path: directoryPath(folder) });
    using client = await DirectoryClient.connect(clientOptions(folder, 0));
    using _reader = await listener.accept(); // reads nothing
    const change = "x".repeat(16 * 1024 * 1024);
    for (let i = 0; i < 4; i++) client.publish("a value", change);
    const text = 'Cannot change shared data "a value": 67108956 characters of earlier changes wait';
    assertThrows(() => client.publish("a value", change), Error, text);
  }));
