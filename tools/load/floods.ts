/**
 * Measures the memory of this server during and after two floods: changes for a client that does not read, and thousands of
 * sessions at the same time. Memory depends on when V8 collects garbage, so these are checks of the soak and not tests.
 *
 * @module
 */

import { eventually } from "../../tests/kit/eventually.ts";
import { ServerProcess } from "../../tests/kit/server_process.ts";
import { idOf } from "../../tests/kit/messages.ts";
import { type WireClient } from "../../tests/kit/wire_client.ts";

/** Memory that a flood may add, besides that of the same flood to a client that reads, in MiB. */
const UNREAD_MEBIBYTES = 32;
/** Memory that a flood to one client may add in total, in MiB. */
const FLOOD_MEBIBYTES = 128;
/** The number of sessions that are open at the same time. */
const SESSIONS = 4000;
/** The share of their memory that the server may keep after they have expired. */
const KEPT_SHARE = 1 / 3;

/** A measured amount of memory and its limit, in MiB. */
export interface MemoryCheck {
  readonly name: string;
  readonly memory: number;
  readonly limit: number;
}

/** Starts 32 MB of changes per second in the session of a client. */
async function startFlood(client: WireClient): Promise<void> {
  const action = idOf(await client.pull(), "action");
  await client.patch({ kind: "ModelChanged", model: { id: action }, attr: "value", new: "flood" });
}

/** Measures by how much a flood raises the peak of the server's memory if the client reads all of it, in MiB. */
async function peakOfReadFlood(server: ServerProcess): Promise<number> {
  using client = await server.client("read");
  await server.resetPeakMemory();
  const before = await server.memory();
  await startFlood(client);
  const end = performance.now() + 6000;
  while (performance.now() < end) await client.next();
  return await server.peakMemory() - before;
}

/** Floods a client that does not read until the server closes its connection. */
export async function checkUnreadFlood(): Promise<MemoryCheck> {
  await using server = await ServerProcess.start({
    args: ["--unused-session-lifetime", "100", "--check-unused-sessions", "100", "--metrics"],
  });
  const usual = await peakOfReadFlood(server);
  await eventually(async () => await server.sessions() === 0, "the session of the first flood has expired", 5);
  await server.resetPeakMemory();
  const before = await server.memory();
  using _stuck = await server.client("flooded");
  using peer = await server.client("flooded");
  await startFlood(peer);
  await eventually(
    () => server.log.includes("the client does not receive"),
    "the client that does not read is disconnected",
    60,
  );
  return {
    name: "flood to a client that does not read",
    memory: await server.peakMemory() - before,
    limit: Math.min(usual + UNREAD_MEBIBYTES, FLOOD_MEBIBYTES),
  };
}

/** Opens thousands of sessions and waits until they have expired. */
export async function checkExpiredSessions(): Promise<MemoryCheck> {
  await using server = await ServerProcess.start({
    args: ["--unused-session-lifetime", "500", "--check-unused-sessions", "300", "--metrics"],
  });
  await server.assertHealthy();
  const before = await server.memory();
  const clients: WireClient[] = [];
  while (clients.length < SESSIONS) {
    clients.push(...await Promise.all(Array.from({ length: 50 }, () => server.client())));
  }
  const limit = (await server.memory() - before) * KEPT_SHARE;
  for (const client of clients) client.close();
  await eventually(async () => await server.sessions() === 0, "all sessions have expired");
  let memory = Infinity;
  for (let second = 0; second < 10 && memory > limit; second++) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    memory = await server.memory() - before;
  }
  return { name: `${SESSIONS} expired sessions`, memory, limit };
}
