/**
 * Runs scenarios of heavy load and faults, and prints the figures of each.
 *
 * ```sh
 * deno task chaos [--only connected,abandoned,storm,drain,kill,takeover,rolling] [--clients N] [--server "…"]
 * ```
 *
 * @module
 */

import { settlesWithin } from "../../common/settles_within.ts";
import { parseArgs } from "node:util";
import { LoadClient, type Tally, unanswered } from "./load_client.ts";
import { measureTakeovers } from "./takeovers.ts";
import { DENO_SERVER_COMMAND, ServerUnderLoad } from "./server_under_load.ts";

const LIFETIMES = ["--unused-session-lifetime", "2000", "--check-unused-sessions", "1000"];
/** The number of clients that connect at the same time, small enough for the listen queue of the operating system. */
const CONCURRENCY = 100;
/** Number of clients of servers with a session store. */
const MAX_TAKEOVERS = 200;

/** The parameters of the scenarios. */
interface Settings {
  /** The command that starts the server, with `{port}`. */
  readonly command: readonly string[];
  /** The number of clients. */
  readonly clients: number;
}

/** The results of a scenario by name. */
type Figures = Record<string, number | string>;

function newTally(): Tally {
  return { sent: 0, acknowledged: 0, refused: 0 };
}

/** Connects `count` clients, each to a separate session, and pulls the document of each. Leaves out those that fail. */
async function connect(url: string, count: number, tally: Tally, concurrency = CONCURRENCY): Promise<LoadClient[]> {
  const clients: LoadClient[] = [];
  let next = 0;
  const work = async () => {
    while (next++ < count) {
      const client = await LoadClient.open(url, crypto.randomUUID(), tally);
      if (client !== undefined && await client.pull() !== undefined) clients.push(client);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, count) }, work));
  return clients;
}

/** Waits until the server has at most 10 file descriptors more than `descriptors`. Returns the seconds it took. */
async function waitForDescriptors(server: ServerUnderLoad, descriptors: number, seconds: number): Promise<number> {
  const start = performance.now();
  while ((await server.resources()).descriptors > descriptors + 10 && performance.now() - start < seconds * 1000) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return (performance.now() - start) / 1000;
}

const SCENARIOS: Record<string, (settings: Settings) => Promise<Figures>> = {
  /** Keeps many sessions open at the same time. */
  async connected({ command, clients: count }) {
    await using server = await ServerUnderLoad.start([...command, ...LIFETIMES]);
    const before = await server.resources();
    const tally = newTally();
    const started = performance.now();
    const clients = await connect(server.url, count, tally);
    const seconds = (performance.now() - started) / 1000;
    const held = await server.resources();
    await Promise.all(clients.map((client) => client.set(client.ids.get("freq")!, "value", 2)));
    for (const client of clients) client.close();
    const gone = await waitForDescriptors(server, before.descriptors, 30);
    await new Promise((resolve) => setTimeout(resolve, 6000));
    const after = await server.resources();
    return {
      "sessions": clients.length,
      "patches lost": unanswered(tally),
      "seconds to connect": round(seconds),
      "MiB before": round(before.memory),
      "MiB connected": round(held.memory),
      "KiB per session": round((held.memory - before.memory) * 1024 / clients.length),
      "MiB after": round(after.memory),
      "descriptors before / connected / after": `${before.descriptors} / ${held.descriptors} / ${after.descriptors}`,
      "seconds until descriptors were back": round(gone),
    };
  },

  /** Opens and abandons up to 1,000 sessions at once. Repeats it five times, so that a leak adds up. */
  async abandoned({ command, clients }) {
    const count = Math.min(1000, clients);
    await using server = await ServerUnderLoad.start([...command, ...LIFETIMES]);
    const memory: number[] = [];
    let seconds = 0;
    for (let i = 0; i < 5; i++) {
      const started = performance.now();
      await Promise.all(
        Array.from({ length: count }, async () => {
          const client = await LoadClient.open(server.url, crypto.randomUUID(), newTally());
          client?.close();
        }),
      );
      seconds = Math.max(seconds, (performance.now() - started) / 1000);
      await new Promise((resolve) => setTimeout(resolve, 4500));
      memory.push(round((await server.resources()).memory));
    }
    return {
      "sessions": 5 * count,
      "slowest round in seconds": round(seconds),
      "MiB after each round": memory.join(", "),
    };
  },

  /** Restarts the server and lets all clients reconnect within five seconds. */
  async storm({ command, clients }) {
    const count = Math.min(5000, clients);
    const first = await ServerUnderLoad.start([...command, ...LIFETIMES]);
    const before = await connect(first.url, count, newTally());
    const { port } = first;
    const closed = Promise.all(before.map((client) => client.closed));
    await first.stop();
    const codes = new Set(await closed);
    await using second = await ServerUnderLoad.start([...command, ...LIFETIMES], port);
    const started = performance.now();
    const tally = newTally();
    let back = 0;
    let slowest = 0;
    await Promise.all(before.map(async () => {
      // The pages' reconnects have jitter too.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5000));
      const asked = performance.now();
      const client = await LoadClient.open(second.url, crypto.randomUUID(), tally);
      if (await client?.pull() !== undefined) back++;
      slowest = Math.max(slowest, performance.now() - asked);
    }));
    const seconds = (performance.now() - started) / 1000;
    const { memory } = await second.resources();
    return {
      "clients": before.length,
      "close codes of the stop": [...codes].join(", "),
      "back": back,
      "seconds until all were back": round(seconds),
      "slowest answer in seconds": round(slowest / 1000),
      "MiB": round(memory),
    };
  },

  /** Sends SIGTERM while all clients send patches. Patches without an answer are counted; they may be lost. */
  async drain({ command }) {
    const server = await ServerUnderLoad.start([...command, ...LIFETIMES]);
    const tally = newTally();
    const clients = await connect(server.url, 200, tally);
    const work = clients.map(async (client) => {
      while (client.isOpen) await client.set(client.ids.get("freq")!, "value", Math.random() * 5);
    });
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const started = performance.now();
    const ended = server.stop();
    const codes = await Promise.all(clients.map((client) => client.closed));
    await Promise.all(work);
    return {
      "clients": clients.length,
      "patches acknowledged": tally.acknowledged,
      "without an answer": unanswered(tally),
      "close codes": [...new Set(codes)].join(", "),
      "exit code": await ended,
      "seconds to stop": round((performance.now() - started) / 1000),
    };
  },

  /** Kills one of two processes under load, and checks that the other continues and that the killed one is replaced. */
  async kill({ command }) {
    await using server = await ServerUnderLoad.start([...command, ...LIFETIMES, "--num-procs", "2"]);
    const tally = newTally();
    const clients = await connect(server.url, 100, tally);
    const [victim] = await server.workers();
    Deno.kill(victim!, "SIGKILL");
    const allClosed = await settlesWithin(Promise.all(clients.map((client) => client.closed)), 1000);
    const started = performance.now();
    const again = await connect(server.url, 100, tally);
    const seconds = (performance.now() - started) / 1000;
    for (let i = 0; i < 100 && (await server.workers()).length < 2; i++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    for (const client of [...clients, ...again]) client.close();
    return {
      "clients": clients.length,
      "other process continued": allClosed ? "no" : "yes",
      "connected again": again.length,
      "seconds to connect again": round(seconds),
      "processes at the end": (await server.workers()).length,
    };
  },

  /** Kills two servers with a session store, one after the other, while clients change their sessions. */
  async takeover({ clients }) {
    return await measureTakeovers({ servers: 2, clients: Math.min(clients, MAX_TAKEOVERS), signal: "SIGKILL" });
  },

  /** Restarts four servers with a session store, one after the other, while clients change their sessions. */
  async rolling({ clients }) {
    return await measureTakeovers({ servers: 4, clients: Math.min(clients, MAX_TAKEOVERS), signal: "SIGTERM" });
  },
};

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

if (import.meta.main) {
  const { values: options } = parseArgs({
    args: Deno.args,
    options: { only: { type: "string" }, clients: { type: "string" }, server: { type: "string" } },
  });
  const command = options.server?.split(" ") ?? DENO_SERVER_COMMAND;
  const settings: Settings = { command, clients: Number(options.clients ?? 10_000) };
  const only = options.only?.split(",") ?? Object.keys(SCENARIOS);
  for (const name of only) {
    const figures = await SCENARIOS[name]!(settings);
    console.log(`\n${name}`);
    for (const [what, figure] of Object.entries(figures)) console.log(`  ${what.padEnd(40)} ${figure}`);
  }
}
