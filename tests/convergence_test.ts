/**
 * Convergence over real sockets: clients and the server change one attribute at the same time, their messages are delayed
 * by random times, and at the end all have the same value.
 */

import { assert, assertEquals } from "@std/assert";
import { DEFAULT_LIMITS, DEFAULT_SESSION_TIMES } from "../common/limits.ts";
import { Application } from "../application/application.ts";
import type { Document } from "../document/document.ts";
import { serveSocket } from "../handlers/websocket/socket.ts";
import { Slider } from "../models/gen/classes.ts";
import { SessionRegistry } from "../session/registry/registry.ts";
import { message } from "./kit/messages.ts";
import { WireClient, type WireMessage } from "./kit/wire_client.ts";
import { syncOf } from "../document/document_sync.ts";

const SESSIONS = 100;
const CLIENTS = 3;
const CHANGES = 8;
/** Longest delay of a message, and longest pause between two changes. */
const MAX_DELAY_MILLISECONDS = 12;

/** Returns a generator of random numbers that are the same in every run. */
function randomNumbers(seed: number): () => number {
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
}

const random = randomNumbers(20261122);

/** Delivers items in order, each after a random delay. */
class DelayedLink<T> {
  #delivered: Promise<void> = Promise.resolve();

  constructor(readonly deliver: (item: T) => void) {}

  send(item: T): void {
    const delay = randomDelay();
    this.#delivered = this.#delivered.then(() => delay).then(() => this.deliver(item));
  }
}

function randomDelay(): Promise<void> {
  // deno-lint-ignore bokeh-server/no-test-sleep -- the test does not wait for a condition: delays are what it tests
  return new Promise((resolve) => setTimeout(resolve, random() * MAX_DELAY_MILLISECONDS));
}

/** A slider of BokehJS on a slow network: it applies its own changes at once, and every patch that arrives. */
class RemoteSlider {
  value = 0;
  onChange: () => void = () => {};
  readonly #id: string;
  readonly #client: WireClient;
  readonly #out: DelayedLink<string[]>;
  readonly #in = new DelayedLink<WireMessage>((message) => this.#receive(message));
  readonly #replies = new Map<string, () => void>();
  readonly #closed: Promise<void>;

  constructor(client: WireClient, id: string) {
    this.#client = client;
    this.#id = id;
    this.#out = new DelayedLink((frames) => void client.send(...frames));
    this.#closed = this.#readAll();
  }

  set(value: number): void {
    this.value = value;
    this.#request("PATCH-DOC", {
      events: [{ kind: "ModelChanged", model: { id: this.#id }, attr: "value", new: value }],
    });
  }

  /** Resolves when the replies to all requests have arrived. */
  async settled(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#replies.set(this.#request("SERVER-INFO-REQ", {}), resolve);
    await promise;
  }

  async close(): Promise<void> {
    this.#client.close();
    await this.#closed;
  }

  async #readAll(): Promise<void> {
    for (let message = await this.#client.next(); message !== undefined; message = await this.#client.next()) {
      this.#in.send(message);
    }
  }

  #request(msgtype: string, content: object): string {
    const frames = message(msgtype, content);
    this.#out.send(frames);
    return JSON.parse(frames[0]!).msgid;
  }

  #receive({ type, header, content }: WireMessage): void {
    this.#replies.get(header.reqid)?.();
    if (type !== "PATCH-DOC") return;
    for (const event of content.events) this.value = event.new;
    this.onChange();
  }
}

/** A session and its clients. */
interface SharedSession {
  readonly clients: RemoteSlider[];
  readonly document: Document;
  readonly slider: Slider;
}

/** Starts a server. `windowMilliseconds`: how long it remembers its own changes for convergence; 0 turns convergence off. */
function startServer(windowMilliseconds: number | undefined) {
  const application = new Application((doc: Document) => {
    doc.add_root(new Slider({ start: 0, end: 1e9, value: 0 }));
  });
  const registry = new SessionRegistry(application, {
    limits: DEFAULT_LIMITS,
    ...DEFAULT_SESSION_TIMES,
    convergenceWindowMilliseconds: windowMilliseconds,
  });
  const server = Deno.serve({ port: 0, onListen: () => {} }, (request) => {
    const { socket, response } = Deno.upgradeWebSocket(request);
    serveSocket(socket, () => registry.getOrCreate(new URL(request.url).pathname), { limits: DEFAULT_LIMITS });
    return response;
  });
  return { registry, port: server.addr.port, stop: () => registry.drain().then(() => server.shutdown()) };
}

async function openSession(server: ReturnType<typeof startServer>, name: string): Promise<SharedSession> {
  const path = `/${name}`;
  const session = await server.registry.getOrCreate(path);
  const slider = session.document.roots[0] as Slider;
  const clients = await Promise.all(Array.from({ length: CLIENTS }, async () => {
    return new RemoteSlider(await WireClient.connect(server.port, name, { path }), slider.id);
  }));
  return { clients, document: session.document, slider };
}

/** Lets the server and all clients change the value at random times, and waits until the server has answered. */
async function changeConcurrently({ clients, document, slider }: SharedSession, next: () => number): Promise<void> {
  const serverSets = () => syncOf(document).runAs(() => void (slider.value = next()));
  const actors = [serverSets, ...clients.map((client) => () => client.set(next()))];
  await Promise.all(actors.map(async (act) => {
    for (let i = 0; i < CHANGES; i++) {
      await randomDelay();
      act();
    }
  }));
  await Promise.all(clients.map((client) => client.settled()));
}

function agrees({ clients, slider }: SharedSession): boolean {
  return clients.every((client) => client.value === slider.value);
}

/** Resolves when all clients have the server's value. */
function agreement(session: SharedSession): Promise<void> {
  return new Promise((resolve) => {
    const check = () => agrees(session) && resolve();
    for (const client of session.clients) client.onChange = check;
    check();
  });
}

async function run(
  windowMilliseconds: number | undefined,
  check: (sessions: SharedSession[]) => Promise<void>,
): Promise<void> {
  const server = startServer(windowMilliseconds);
  let value = 0;
  const sessions = await Promise.all(Array.from({ length: SESSIONS }, (_, i) => openSession(server, `s${i}`)));
  await Promise.all(sessions.map((session) => changeConcurrently(session, () => ++value)));
  await check(sessions);
  await Promise.all(sessions.flatMap(({ clients }) => clients.map((client) => client.close())));
  await server.stop();
}

Deno.test("convergence: after thousands of concurrent changes all clients have the server's value", async () => {
  await run(undefined, async (sessions) => {
    await Promise.all(sessions.map(agreement));
    assertEquals(sessions.filter((session) => !agrees(session)).length, 0);
  });
});

Deno.test("convergence: without it the values of clients differ from the server's", async () => {
  await run(0, (sessions) => {
    const diverged = sessions.filter((session) => !agrees(session)).length;
    assert(diverged > SESSIONS / 10, `${diverged} of ${SESSIONS} sessions`);
    return Promise.resolve();
  });
});
