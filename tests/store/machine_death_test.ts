/**
 * A machine that fails without closing its connections: a network namespace whose link is cut. Only
 * the load balancer can notice. Needs root and the program `ip`.
 */

import { assert, assertEquals } from "@std/assert";
import { freePort } from "../../cli/processes/workers.ts";
import type { BalancerProgram } from "../kit/balancer.ts";
import { eventually } from "../kit/eventually.ts";
import { idOf, textOf } from "../kit/messages.ts";
import { RedisServer } from "../kit/redis_server.ts";
import { percentile, ServerGroup } from "../kit/server_group.ts";
import type { ServerProcess } from "../kit/server_process.ts";
import { SharedServers } from "../kit/shared_servers.ts";

const OPTIONS = { ignore: !await canCreateNamespaces(), sanitizeOps: false, sanitizeResources: false };
const CLIENTS = 20;
/**
 * Bounds of the slowest return on an idle machine: the time after which the load balancer notices,
 * the first attempt of pages (0.5 s), a connection attempt to the failed machine (0.5 s), and the
 * application. A test that runs beside others gets twice as long.
 */
const BOUND_MILLISECONDS = { nginx: 6500, haproxy: 2500 };

async function run(program: string, ...args: string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(program, { args, stdin: "null", stdout: "null", stderr: "null" }).output()).success;
  } catch {
    return false; // the program is not installed
  }
}

async function canCreateNamespaces(): Promise<boolean> {
  if (Deno.build.os !== "linux" || Deno.uid() !== 0) return false;
  const name = `bokeh-try-${Deno.pid}`;
  return await run("ip", "netns", "add", name) && await run("ip", "netns", "del", name);
}

/** A network namespace with a link to this machine. It is removed when it is disposed of. */
async function startMachine(number: number) {
  const [name, outside, inside] = ["m", "o", "i"].map((letter) => `b${letter}${Deno.pid}-${number}`);
  const network = `10.${200 + number}.${Deno.pid % 250}`;
  const ip = async (...args: string[]) => {
    if (!await run("ip", ...args)) throw new Error(`Command failed: ip ${args.join(" ")}`);
  };
  await ip("netns", "add", name!);
  await ip("link", "add", outside!, "type", "veth", "peer", "name", inside!, "netns", name!);
  await ip("addr", "add", `${network}.1/24`, "dev", outside!);
  await ip("link", "set", outside!, "up");
  for (const args of [["addr", "add", `${network}.2/24`, "dev", inside!], ["link", "set", inside!, "up"]]) {
    await ip("-n", name!, ...args);
  }
  return {
    address: `${network}.2`,
    gateway: `${network}.1`,
    shell: `exec ip netns exec ${name} "$@"`,
    cut: () => ip("-n", name!, "link", "set", inside!, "down"),
    [Symbol.asyncDispose]: () => ip("netns", "del", name!),
  };
}

for (const [number, balancer] of (["nginx", "haproxy"] as BalancerProgram[]).entries()) {
  Deno.test(`${balancer}: pages of a machine whose link is cut go on elsewhere`, OPTIONS, async () => {
    await using machine = await startMachine(number);
    await using redis = await RedisServer.start(
      "redis",
      "--bind",
      "127.0.0.1",
      machine.gateway,
      "--protected-mode",
      "no",
    );
    const servers = [{ address: machine.address, shell: machine.shell }, { address: machine.gateway }];
    const store = `redis://${machine.gateway}:${redis.port}`;
    await using group = await ServerGroup.start({ servers, store, balancer });
    await group.connect(CLIENTS, 100);
    await eventually(() => group.figures.confirmed > 5 * CLIENTS);
    // Users stop when nothing happens. nginx would otherwise not notice: it counts their data as activity.
    for (const client of group.clients) client.pause();
    await machine.cut();
    const cutAt = performance.now();
    const { figures } = group;
    await eventually(() => figures.returns.length > 0 && group.isConnected);
    // The clients count from the loss of their connection, which the load balancer causes.
    const slowest = performance.now() - cutAt;
    console.log(
      `${balancer}: all pages were back ${
        Math.round(slowest)
      } ms after the failure (from the loss of the connection: median ${
        Math.round(percentile(figures.returns, 0.5))
      } ms)`,
    );
    assertEquals([figures.lost, figures.anew], [0, 0]);
    assert(slowest < 2 * BOUND_MILLISECONDS[balancer], `slowest ${slowest} ms`);
  });
}

Deno.test(
  "a client that is relayed to a machine whose link is cut goes on at the server that relayed it",
  OPTIONS,
  async () => {
    await using machine = await startMachine(2);
    await using shared = await SharedServers.start("sqlite", "dashboard", 1);
    const [near] = shared.servers as [ServerProcess];
    const { address, shell } = machine;
    const far = await shared.addWith(
      shell,
      ...["--address", address, "--peer-address", `${address}:${freePort("127.0.0.1")}`, "--keep-alive", "1000"],
      ...["--allow-websocket-origin", "*"],
    );
    const token = await shared.token();
    const first = new WebSocket(`ws://${address}:${far.port}/dashboard/ws`, ["bokeh", token]);
    await new Promise((resolve, reject) => {
      first.onmessage = resolve;
      first.onclose = ({ code }) => reject(new Error(`Cannot connect: ${code}`));
    });
    first.onclose = null;
    using relayed = await shared.connect(near, token);
    const slider = idOf(await relayed.pull(), "slider");
    assertEquals(await relayed.patch({ kind: "ModelChanged", model: { id: slider }, attr: "value", new: 7 }), "OK");
    await machine.cut();
    assertEquals(await relayed.socket.closeCode(), 1012);
    // The process lives and answers the store: it gives the session back when it has lost its clients.
    let text = "";
    await eventually(async () => {
      using back = await shared.connect(near, token).catch(() => undefined);
      if (back !== undefined) text = textOf(await back.pull(), "answer");
      return back !== undefined;
    }, "the session goes on");
    assertEquals(text, "frequency 7, change 1");
    first.close();
  },
);
