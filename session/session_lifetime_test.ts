import { assert, assertEquals, assertFalse } from "@std/assert";
import { ManualClock } from "../common/manual_clock.ts";
import { SessionLifetime } from "./session_lifetime.ts";

const UNUSED = { connections: 0, busy: false };

Deno.test("SessionLifetime.isExpired() returns true only after the session was unused for its lifetime", async () => {
  const clock = new ManualClock();
  const lifetime = new SessionLifetime(clock);
  await clock.tick(15_000);
  assertFalse(lifetime.isExpired(UNUSED, 15_000));
  await clock.tick(1);
  assert(lifetime.isExpired(UNUSED, 15_000));
  assertFalse(lifetime.isExpired({ connections: 1, busy: false }, 15_000));
  assertFalse(lifetime.isExpired({ connections: 0, busy: true }, 15_000));
  lifetime.startIdleTime();
  assertFalse(lifetime.isExpired(UNUSED, 15_000));
});

Deno.test("SessionLifetime.blockExpiration() takes precedence over a requested expiration", () => {
  const lifetime = new SessionLifetime(new ManualClock());
  const unblock = lifetime.blockExpiration();
  lifetime.requestExpiration();
  assertFalse(lifetime.isExpired(UNUSED, 15_000));
  unblock();
  unblock();
  assertFalse(lifetime.expirationBlocked);
  assert(lifetime.isExpired(UNUSED, 15_000));
});

Deno.test("SessionLifetime.markDestroyed() aborts the signal once", () => {
  const lifetime = new SessionLifetime(new ManualClock());
  const { signal } = lifetime;
  assertEquals([lifetime.markDestroyed("session_gone"), lifetime.markDestroyed("going_away")], [true, false]);
  assert(lifetime.destroyed && signal.aborted);
  assertEquals(signal.reason.code, "session_gone");
});
