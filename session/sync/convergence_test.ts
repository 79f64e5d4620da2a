import { assert, assertEquals } from "@std/assert";
import { Convergence } from "./convergence.ts";
import { ManualClock } from "../../common/manual_clock.ts";

const TARGET = { name: "model" };
type Target = typeof TARGET;

/** Returns a generator of pseudo-random numbers. The seed makes a failing run reproducible. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

interface Client {
  value: number;
  latency: number;
}

/**
 * A server with clients. Each has a connection with a latency, which keeps the order of messages.
 */
class World {
  readonly clock = new ManualClock(0);
  readonly clients: Client[];
  readonly convergence: Convergence<Target>;
  value = 0;
  sent = 0;

  constructor(latencies: number[], converge: boolean) {
    this.clients = latencies.map((latency) => ({ value: 0, latency }));
    this.convergence = new Convergence<Target>({
      clock: this.clock,
      echo: (client) => {
        const to = this.clients.find((other) => other === client);
        if (!converge || !to) return;
        this.#deliver(to, this.value);
        this.convergence.noteEcho(to, TARGET, "value");
      },
    });
  }

  /** Sets the value on the server, and sends it to all clients except its source. */
  serverSets(value: number, changeSource?: Client): void {
    if (value === this.value) return;
    this.value = value;
    for (const client of this.clients) {
      if (client !== changeSource) this.#deliver(client, value);
    }
    this.convergence.noteSent(TARGET, "value", changeSource);
  }

  /** A client sets the value, and the server receives it after the client's latency. */
  clientSets(client: Client, value: number): void {
    client.value = value;
    this.clock.setTimeout(() => {
      this.convergence.noteChange(client, TARGET, "value");
      this.serverSets(value, client);
      if (value % 10 === 9) this.serverSets(value - 9); // a callback that rounds
    }, client.latency);
  }

  get values(): number[] {
    return [this.value, ...this.clients.map((client) => client.value)];
  }

  #deliver(client: Client, value: number): void {
    this.sent++;
    this.clock.setTimeout(() => client.value = value, client.latency);
  }
}

async function play(seed: number, converge: boolean): Promise<World> {
  const random = randomFrom(seed);
  const below = (n: number) => Math.floor(random() * n);
  const world = new World(Array.from({ length: 1 + below(3) }, () => 1 + below(400)), converge);
  for (let step = 0; step < 12; step++) {
    const value = 1 + below(40);
    if (random() < 0.3) world.serverSets(value);
    else world.clientSets(world.clients[below(world.clients.length)]!, value);
    await world.clock.tick(below(3) === 0 ? below(600) : below(60));
  }
  await world.clock.tick(5_000);
  return world;
}

Deno.test("Convergence produces equal final values in thousands of interleavings", async () => {
  for (let seed = 0; seed < 3_000; seed++) {
    const { values } = await play(seed, true);
    assertEquals(new Set(values).size, 1, `seed ${seed}: ${values}`);
  }
});

Deno.test("Without the echoes of Convergence, values diverge", async () => {
  let parted = 0;
  for (let seed = 0; seed < 100; seed++) parted += new Set((await play(seed, false)).values).size > 1 ? 1 : 0;
  assert(parted > 20, `${parted}`);
});

Deno.test("Convergence sends no echo without crossing changes", async () => {
  const world = new World([50], true);
  for (let i = 1; i < 9; i++) {
    world.clientSets(world.clients[0]!, i);
    await world.clock.tick(20);
  }
  await world.clock.tick(1_000);
  assertEquals(world.sent, 0);
});

Deno.test("Convergence waits until a slider is released", async () => {
  const world = new World([50], true);
  const [client] = world.clients;
  world.serverSets(5);
  const seen: number[] = [];
  for (let i = 11; i < 19; i++) {
    world.clientSets(client!, i);
    await world.clock.tick(60);
    seen.push(client!.value);
  }
  assertEquals(seen.slice(1), [12, 13, 14, 15, 16, 17, 18]);
  await world.clock.tick(1_000);
  assertEquals(world.values, [18, 18]);
  assertEquals(world.sent, 2);
});

Deno.test("Convergence ignores values that were sent before its window", async () => {
  const world = new World([50], true);
  world.serverSets(5);
  await world.clock.tick(30_001);
  world.clientSets(world.clients[0]!, 7);
  await world.clock.tick(1_000);
  assertEquals(world.sent, 1);
});

Deno.test("Convergence.remove cancels all timers", async () => {
  const world = new World([1], true);
  world.serverSets(5);
  world.clientSets(world.clients[0]!, 7);
  await world.clock.tick(2);
  assertEquals(world.clock.pending, 1);
  world.convergence.remove(world.clients[0]!);
  assertEquals(world.clock.pending, 0);
});
