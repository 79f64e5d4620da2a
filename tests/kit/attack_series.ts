/**
 * A series of attacks on one server. After each of them an innocent client, connected from the beginning, must find its
 * document as it was and be answered, a new visitor must get a right page, and the process must be the same.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { withDeadline } from "./raw_socket.ts";
import { Victim, type VictimOptions } from "./victim.ts";

/** Runs one attack as a step of the test. */
export type Attack = (name: string, fn: () => Promise<void>) => Promise<void>;

/** Declares a test of attacks on one server. */
export function siege(
  name: string,
  options: VictimOptions,
  attacks: (victim: Victim, attack: Attack) => Promise<void>,
): void {
  Deno.test(name, async (t) => {
    await using victim = await Victim.start(options);
    using innocent = await victim.client("innocent");
    const before = withoutBufferIds(await innocent.pull());
    await attacks(victim, async (attack, fn) => {
      // what runs in the background for the whole siege is none of the step's
      await t.step({
        name: attack,
        sanitizeOps: false,
        sanitizeResources: false,
        fn: async () => {
          await withDeadline(fn(), () => {}, 30);
          assertEquals(withoutBufferIds(await innocent.pull()), before);
          await victim.assertHealthy();
          assertEquals(/Uncaught|unhandled/i.exec(victim.log), null, victim.log);
        },
      });
    });
  });
}

/** Ids of buffers are anew in each reply. */
function withoutBufferIds(doc: unknown): string {
  return JSON.stringify(doc).replaceAll(/"data":\{"id":"[^"]*"\}/g, "");
}
