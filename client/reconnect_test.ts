import { assertEquals, assertRejects } from "@std/assert";
import { Document } from "@bokeh/server";
import { Slider } from "@bokeh/server/models";
import { encodeMessage } from "../protocol/encode.ts";
import type { Frame } from "../protocol/message.ts";
import { ManualClock } from "../common/manual_clock.ts";
import { backOff } from "./back_off.ts";
import { ClientDocument } from "./client_document.ts";
import { ClientError } from "./client_error.ts";
import { ClientSession } from "./client_session.ts";
import type { Transport, TransportListener, TransportSocket } from "./transport.ts";

/** What a server does with the next client that comes. */
type Welcome = "greet" | "unreachable" | { close: number };

/** A server of one document, with a temper. */
class MoodyServer implements Transport {
  readonly url = "test:";
  readonly openings: number[] = [];
  welcomes: Welcome[] = [];
  value = 1;
  #listener: TransportListener | undefined;
  readonly #clock: ManualClock;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  open(listener: TransportListener): Promise<TransportSocket> {
    this.openings.push(this.#clock.now());
    const welcome = this.welcomes.shift() ?? "greet";
    if (welcome === "unreachable") return Promise.reject(new ClientError("Cannot connect: nobody", "unreachable"));
    this.#listener = listener;
    if (welcome === "greet") this.#send(encodeMessage("ACK", {}));
    else queueMicrotask(() => listener.closed(welcome.close, ""));
    return Promise.resolve({
      send: (frame) => this.#take(frame),
      close: (code, reason) => queueMicrotask(() => listener.closed(code, reason)),
    });
  }

  drop(code = 1006): void {
    this.#listener?.closed(code, "");
  }

  #take(frame: Frame): void {
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
  const server = new MoodyServer(clock);
  const session = new ClientSession({ ...options, id: "x", document: new ClientDocument(), transport: server, clock });
  await session.connect();
  await session.pull();
  return { clock, server, session };
}

Deno.test("a lost connection is opened again after ever longer times, and the document is the server's", async () => {
  const { clock, server, session } = await pull();
  server.value = 5;
  server.welcomes = ["unreachable", { close: 1001 }, { close: 1013 }, "greet"];
  server.drop();
  assertEquals(session.connected, false);
  await clock.tick(10_000);
  assertEquals(server.openings, [0, 100, 300, 700, 1500]);
  assertEquals(session.document.select_one(Slider).value, 5);
  await session.close();
});

Deno.test("a server that refuses is not asked again", async () => {
  const { clock, server, session } = await pull();
  server.welcomes = [{ close: 4404 }];
  server.drop();
  await clock.tick(60_000);
  assertEquals(server.openings, [0, 100]);
  assertEquals((await assertRejects(() => session.closed, ClientError)).code, "refused");
  await session.close();
});

Deno.test("a session that has ended is not opened again", async () => {
  const { clock, server, session } = await pull();
  server.drop(4404);
  await clock.tick(60_000);
  assertEquals(server.openings, [0]);
  assertEquals((await assertRejects(() => session.closed, ClientError)).closeCode, 4404);
});

Deno.test("close() ends the waiting for a server that is away", async () => {
  const { clock, server, session } = await pull();
  server.drop();
  await session.close();
  await session.closed;
  await clock.tick(60_000);
  assertEquals([server.openings, clock.pending], [[0], 0]);
});

Deno.test("a change without a connection is told of as lost when there will be none", async () => {
  const { server, session } = await pull();
  server.drop();
  session.document.select_one(Slider).value = 7;
  const flushed = assertRejects(() => session.flushed(), ClientError);
  await session.close();
  assertEquals((await flushed).code, "lost");
});

Deno.test("a change whose answer did not come is told of as lost", async () => {
  const { server, session } = await pull({ reconnect: false });
  session.document.select_one(Slider).value = 7;
  const flushed = assertRejects(() => session.flushed(), ClientError);
  server.drop();
  assertEquals((await flushed).code, "lost");
  await session.close();
});

Deno.test("backOff doubles up to the longest time", () => {
  const times = [...backOff({ attempts: 5, firstMilliseconds: 10, maxMilliseconds: 50 })];
  assertEquals(times, [10, 20, 40, 50, 50]);
});
