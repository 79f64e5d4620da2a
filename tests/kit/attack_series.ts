/**
 * Tests that attack one server several times. After each attack the test checks that a client which has been connected from the
 * beginning still gets its document unchanged, that a new client is served, and that the process logged no uncaught error.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { withDeadline } from "./raw_socket.ts";
import { ServerProcess, type ServerProcessOptions } from "./server_process.ts";

/** Runs one attack as a step of the test. */
export type Attack = (name: string, fn: () => Promise<void>) => Promise<void>;

/** Declares a test that starts one server and attacks it. */
export function testAttacks(
  name: string,
  options: ServerProcessOptions,
  attacks: (server: ServerProcess, attack: Attack) => Promise<void>,
): void {
  Deno.test(name, async (t) => {
    await using server = await ServerProcess.start(options);
    using unrelated = await server.client("unrelated");
    const before = withoutBufferIds(await unrelated.pull());
    await attacks(server, async (attack, fn) => {
      // The connections of the whole test stay open during a step, so a step cannot be checked for leaks.
      await t.step({
        name: attack,
        sanitizeOps: false,
        sanitizeResources: false,
        fn: async () => {
          await withDeadline(fn(), () => {}, 30);
          assertEquals(withoutBufferIds(await unrelated.pull()), before);
          await server.assertHealthy();
          assertEquals(/Uncaught|unhandled/i.exec(server.log), null, server.log);
        },
      });
    });
  });
}

/** Returns the JSON of a document without the ids of buffers, which differ in each reply. */
function withoutBufferIds(doc: unknown): string {
  return JSON.stringify(doc).replaceAll(/"data":\{"id":"[^"]*"\}/g, "");
}
