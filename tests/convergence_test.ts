/**
 * Convergence over real sockets: clients and the server set one attribute at the same time, what they tell each other is
 * late by random times, and in the end all have the same value.
 */

import { assert, assertEquals } from "@std/assert";
import { DEFAULT_LIMITS, DEFAULT_SESSION_TIMES } from "../common/limits.ts";
import { Application } from "../application/application.ts";
import type { Document } from "../document/document.ts";
import { serveSocket } from "../handlers/websocket/socket.ts";
import { Slider } from "../models/gen/classes.ts";
import { SessionRegistry } from "../session/registry/registry.ts";
import { syncOf } from "../document/document_sync.ts";

const SESSIONS = 100;
const CLIENTS = 3;
const CHANGES = 8;
/** The longest way of a message, and the longest pause between two changes. */
const LATE_MILLISECONDS = 12;

/** Random numbers that are the same in every run. */
function randomNumbers(seed: number): () => number {
  return () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
}

const random = randomNumbers(20261122);

/** Passes on what it is given, each after a random time, in order. */
class Link<T> {
  #way: Promise<void> = Promise.resolve();

  constructor(readonly deliver: (item: T) => void) {}

  send(item: T): void {
    const late = later();
    this.#way = this.#way.then(() => late).then(() => this.deliver(item));
  }
}

function later(): Promise<void> {
  // deno-lint-ignore bokeh-server/no-test-sleep -- nothing is waited for: the lateness is what is tested
  return new Promise((resolve) => setTimeout(resolve, random() * LATE_MILLISECONDS));
}

/** A client as BokehJS is one: it sets its own value at once, and takes what comes without a word. */
class Client {
  value = 0;
  readonly #out: Link<string[]>;
  readonly #in = new Link<string[]>((frames) => this.#take(frames));
  readonly #socket: WebSocket;
  #frames: string[] = [];
  #sent = 0;
  readonly #replies = new Map<string, () => void>();
  onChange: () => void = () => {};

  constructor(url: string, readonly id: () => string) {
    this.#socket = new WebSocket(url);
    this.#out = new Link((frames) => frames.forEach((frame) => this.#socket.send(frame)));
    this.#socket.onmessage = ({ data }) => {
      this.#frames.push(data);
      if (this.#frames.length < 3) return;
      this.#in.send(this.#frames);
      this.#frames = [];
    };
  }

  opened(): Promise<void> {
    return new Promise((resolve) => this.#socket.onopen = () => resolve());
  }

  set(value: number): void {
    this.value = value;
    this.#request("PATCH-DOC", {
      events: [{ kind: "ModelChanged", model: { id: this.id() }, attr: "value", new: value }],
    });
  }

  /** Resolves when the server has answered all requests, and the answers have arrived. */
  async settled(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#replies.set(this.#request("SERVER-INFO-REQ", {}), resolve);
    await promise;
  }

  closed(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#socket.onclose = () => resolve();
    this.#socket.close();
    return promise;
  }

  #request(msgtype: string, content: object): string {
    const msgid = String(++this.#sent);
    this.#out.send([JSON.stringify({ msgid, msgtype }), "{}", JSON.stringify(content)]);
    return msgid;
  }

  #take([header, , content]: string[]): void {
    const { msgtype, reqid } = JSON.parse(header!);
    this.#replies.get(reqid)?.();
    if (msgtype !== "PATCH-DOC") return;
    for (const event of JSON.parse(content!).events) this.value = event.new;
    this.onChange();
  }
}

interface World {
  readonly clients: Client[];
  readonly document: Document;
  readonly slider: Slider;
}

/** A server on a real port with one rule of convergence. */
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
  const url = `ws://127.0.0.1:${server.addr.port}`;
  return { registry, url, stop: () => registry.drain().then(() => server.shutdown()) };
}

async function openWorld(server: ReturnType<typeof startServer>, name: string): Promise<World> {
  const session = await server.registry.getOrCreate(`/${name}`);
  const slider = session.document.roots[0] as Slider;
  const clients = Array.from({ length: CLIENTS }, () => new Client(`${server.url}/${name}`, () => slider.id));
  await Promise.all(clients.map((client) => client.opened()));
  return { clients, document: session.document, slider };
}

/** Everybody sets the value now and then. */
async function quarrel({ clients, document, slider }: World, next: () => number): Promise<void> {
  const serverSets = () => syncOf(document).runAs(() => void (slider.value = next()));
  const actors = [serverSets, ...clients.map((client) => () => client.set(next()))];
  await Promise.all(actors.map(async (act) => {
    for (let i = 0; i < CHANGES; i++) {
      await later();
      act();
    }
  }));
  await Promise.all(clients.map((client) => client.settled()));
}

function agrees({ clients, slider }: World): boolean {
  return clients.every((client) => client.value === slider.value);
}

/** Resolves when all have the same value: looked at whenever a client hears of one. */
function agreement(world: World): Promise<void> {
  return new Promise((resolve) => {
    const look = () => agrees(world) && resolve();
    for (const client of world.clients) client.onChange = look;
    look();
  });
}

async function run(windowMilliseconds: number | undefined, end: (worlds: World[]) => Promise<void>): Promise<void> {
  const server = startServer(windowMilliseconds);
  let value = 0;
  const worlds = await Promise.all(Array.from({ length: SESSIONS }, (_, i) => openWorld(server, `s${i}`)));
  await Promise.all(worlds.map((world) => quarrel(world, () => ++value)));
  await end(worlds);
  await Promise.all(worlds.flatMap(({ clients }) => clients.map((client) => client.closed())));
  await server.stop();
}

Deno.test("thousands of changes that cross each other leave all clients with the server's value", async () => {
  await run(undefined, async (worlds) => {
    await Promise.all(worlds.map(agreement));
    assertEquals(worlds.filter((world) => !agrees(world)).length, 0);
  });
});

Deno.test("without the rule of convergence the values part", async () => {
  await run(0, (worlds) => {
    const parted = worlds.filter((world) => !agrees(world)).length;
    assert(parted > SESSIONS / 10, `${parted} of ${SESSIONS} sessions`);
    return Promise.resolve();
  });
});
