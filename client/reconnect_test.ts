import { assertEquals, assertRejects } from "@std/assert";
import { Document } from "@bokeh/server";
import { Slider } from "@bokeh/server/models";
import { encodeMessage } from "../protocol/encode.ts";
import type { Frame } from "../protocol/message.ts";
import { ManualClock } from "../common/manual_clock.ts";
import { backOff } from "./back_off.ts";
import { ClientError } from "./client_error.ts";
import { clientDocument, ClientSession } from "./client_session.ts";
import type { Transport, TransportListener, TransportSocket } from "./transport.ts";

/** How a server treats the next attempt to connect. */
type Behavior = "acknowledge" | "unreachable" | { close: number };

/** A server of one document whose behavior is set for each attempt to connect. */
class ScriptedServer implements Transport {
  readonly url = "test:";
  readonly openings: number[] = [];
  behaviors: Behavior[] = [];
  value = 1;
  #listener: TransportListener | undefined;
  readonly #clock: ManualClock;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  open(listener: TransportListener): Promise<TransportSocket> {
    this.openings.push(this.#clock.now());
    const behavior = this.behaviors.shift() ?? "acknowledge";
    if (behavior === "unreachable") return Promise.reject(new ClientError("Cannot connect: no server", "unreachable"));
    this.#listener = listener;
    if (behavior === "acknowledge") this.#send(encodeMessage("ACK", {}));
    else queueMicrotask(() => listener.closed(behavior.close, ""));
    return Promise.resolve({
      send: (frame) => this.#receive(frame),
      close: (code, reason) => queueMicrotask(() => listener.closed(code, reason)),
    });
  }

  drop(code = 1006): void {
    this.#listener?.closed(code, "");
  }

  #receive(frame: Frame): void {
    if (typeof frame !== "string" || !frame.includes("PULL-DOC-REQ")) return;
    const doc = new Document();
    doc.add_root(new Slider({ start: 0, end: 9, value: this.value }));
    this.#send(encodeMessage("PULL-DOC-REPLY", { doc: doc.to_json() }, { reqid: JSON.parse(frame).msgid }));
  }

  #send(frames: Frame[]): void {
    queueMicrotask(() => frames.forEach((frame) => this.#listener?.receive(frame)));
  }
}

async function pull(options: { reconnect?: false | { attempts: number } } = {}) {
  const clock = new ManualClock(0);
  const server = new ScriptedServer(clock);
  const session = new ClientSession({ ...options, id: "x", document: clientDocument(), transport: server, clock });
  await session.connect();
  await session.pull();
  return { clock, server, session };
}

Deno.test("a lost connection is opened again with exponential back-off, and the document becomes the server's", async () => {
  const { clock, server, session } = await pull();
  server.value = 5;
  server.behaviors = ["unreachable", { close: 1001 }, { close: 1013 }, "acknowledge"];
  server.drop();
  assertEquals(session.connected, false);
  await clock.tick(10_000);
  assertEquals(server.openings, [0, 100, 300, 700, 1500]);
  assertEquals(session.document.select_one(Slider).value, 5);
  await session.close();
});

Deno.test("a server that refuses the client is not contacted again", async () => {
  const { clock, server, session } = await pull();
  server.behaviors = [{ close: 4404 }];
  server.drop();
  await clock.tick(60_000);
  assertEquals(server.openings, [0, 100]);
  assertEquals((await assertRejects(() => session.closed, ClientError)).code, "refused");
  await session.close();
});

Deno.test("a session that was destroyed is not opened again", async () => {
  const { clock, server, session } = await pull();
  server.drop(4404);
  await clock.tick(60_000);
  assertEquals(server.openings, [0]);
  assertEquals((await assertRejects(() => session.closed, ClientError)).closeCode, 4404);
});

Deno.test("close() ends the attempts to reconnect", async () => {
  const { clock, server, session } = await pull();
  server.drop();
  await session.close();
  await session.closed;
  await clock.tick(60_000);
  assertEquals([server.openings, clock.pending], [[0], 0]);
});

Deno.test("a change without a connection is reported as lost when the session is closed", async () => {
  const { server, session } = await pull();
  server.drop();
  session.document.select_one(Slider).value = 7;
  const flushed = assertRejects(() => session.flushed(), ClientError);
  await session.close();
  assertEquals((await flushed).code, "lost");
});

Deno.test("a change without a reply is reported as lost", async () => {
  const { server, session } = await pull({ reconnect: false });
  session.document.select_one(Slider).value = 7;
  const flushed = assertRejects(() => session.flushed(), ClientError);
  server.drop();
  assertEquals((await flushed).code, "lost");
  await session.close();
});

Deno.test("backOff doubles delays up to the longest", () => {
  const times = [...backOff({ attempts: 5, firstMilliseconds: 10, maxMilliseconds: 50 })];
  assertEquals(times, [10, 20, 40, 50, 50]);
});
