import { assertEquals, assertThrows } from "@std/assert";
import { DEFAULT_LIMITS } from "../../common/limits.ts";
import { ProtocolError } from "../../protocol/error.ts";
import { ManualClock } from "../../common/manual_clock.ts";
import { SessionQuota } from "./session_quota.ts";

Deno.test("SessionQuota refuses sessions beyond its limit until one is destroyed", () => {
  const quota = new SessionQuota({ ...DEFAULT_LIMITS, sessions: 2 });
  const release = quota.take("a");
  quota.take(undefined);
  assertEquals(assertThrows(() => quota.take("b"), ProtocolError).code, "too_many_sessions");
  release();
  quota.take("b");
});

Deno.test("SessionQuota counts addresses separately", () => {
  const quota = new SessionQuota({ ...DEFAULT_LIMITS, sessionsPerAddress: 1 });
  const release = quota.take("a");
  quota.take("b");
  quota.take(undefined);
  quota.take(undefined);
  assertThrows(() => quota.take("a"), ProtocolError, "its address has 1 already");
  release();
  quota.take("a");
});

Deno.test("SessionQuota limits the new sessions per second", async () => {
  const clock = new ManualClock();
  const quota = new SessionQuota({ ...DEFAULT_LIMITS, sessionsPerSecond: 1 }, clock);
  quota.take("a");
  assertThrows(() => quota.take("a"), ProtocolError, "in this second");
  await clock.tick(1000);
  quota.take("a");
});

Deno.test("SessionQuota counts the addresses of an IPv6 network as one, and IPv4 in IPv6 notation as IPv4", () => {
  for (
    const [one, same, other] of [
      ["2001:db8:1:2::1", "2001:DB8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:3::1"],
      ["2001:db8::1", "2001:db8:0:0:5::", "2001:db8:1::1"],
      ["::1", "0:0:0:0:0:0:0:2", "1::1"],
      ["fe80::1%eth0", "fe80::2%eth1", "fe80:0:0:1::1"],
      ["::ffff:192.0.2.1", "192.0.2.1", "::ffff:192.0.2.2"],
    ] as const
  ) {
    const quota = new SessionQuota({ ...DEFAULT_LIMITS, sessionsPerAddress: 1 });
    const release = quota.take(one);
    assertThrows(() => quota.take(same), ProtocolError, "its address has 1 already");
    quota.take(other);
    release();
    quota.take(same);
  }
});
