/** Registries of several processes that share their sessions through a directory. */

import { assertEquals, assertRejects } from "@std/assert";
import { ProtocolError } from "../../protocol/error.ts";
import { SessionHeldError } from "../../session/ownership/session_held_error.ts";
import { sessionKeyOf } from "../../session/ownership/session_key.ts";
import { makeRegistry } from "../../session/session_test_support.ts";
import { eventually } from "../../tests/kit/eventually.ts";
import { DirectoryClient } from "./directory_client.ts";
import { SessionDirectory } from "./session_directory.ts";

type Fixture = ReturnType<typeof makeRegistry>;

async function withProcesses(
  fill: () => void,
  test: (first: Fixture["registry"], second: Fixture["registry"], clock: Fixture["clock"]) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "bokeh-" });
  {
    using stack = new DisposableStack();
    stack.use(new SessionDirectory(folder, "secret"));
    const processAt = async (index: number) => {
      const options = { folder, index, secret: "secret", addressOf: String, sharesData: true };
      return makeRegistry(fill, { claims: stack.use(await DirectoryClient.connect(options)) });
    };
    const [{ registry: first, clock }, { registry: second }] = [await processAt(0), await processAt(1)];
    await test(first, second, clock);
  }
  await Deno.remove(folder, { recursive: true });
}

function info(text: string) {
  return { token: { text, expiresAt: Date.now() + 60_000 } };
}

Deno.test("registries of two processes: a session is in the process that opened it first", () =>
  withProcesses(() => {}, async (first, second) => {
    const session = await first.getOrCreate("s", info("token"));
    const error = await assertRejects(() => second.getOrCreate("s", info("token")), SessionHeldError);
    assertEquals([error.held.address, error.code], ["0", "session_moved"]);
    assertEquals(await first.getOrCreate("s", info("token")), session);
    assertEquals([await first.exists("s"), await second.exists("s"), await second.exists("other")], [
      true,
      true,
      false,
    ]);
    assertEquals([await first.owns(sessionKeyOf("/", "s")), await second.owns(sessionKeyOf("/", "s"))], [true, false]);
    await first.drain();
  }));

Deno.test("registries of two processes: clients that open a session at once share one, or find its owner", () =>
  withProcesses(() => {}, async (first, second) => {
    const opened = await Promise.allSettled(
      [first, second, first, second].map((registry) => registry.getOrCreate("s", info("token"))),
    );
    const sessions = opened.flatMap((result) => result.status === "fulfilled" ? [result.value] : []);
    assertEquals([sessions.length, new Set(sessions).size, first.size + second.size], [2, 1, 1]);
    await Promise.all([first.drain(), second.drain()]);
  }));

Deno.test("registries of two processes: the token of a destroyed session opens none in the other process", () =>
  withProcesses(() => {}, async (first, second, clock) => {
    await first.getOrCreate("s", info("token"));
    await clock.tick(20_000);
    await first.sweep();
    await eventually(async () => !await second.exists("s"));
    const error = await assertRejects(() => second.getOrCreate("s", info("token")), ProtocolError);
    assertEquals(error.code, "session_gone");
    await second.getOrCreate("s", info("a new token"));
    await second.drain();
  }));

Deno.test("registries of two processes: a session that could not be created can be opened in the other process", () => {
  let fails = true;
  const fill = () => {
    if (fails) throw new Error("not yet");
  };
  return withProcesses(fill, async (first, second) => {
    await assertRejects(() => first.getOrCreate("s", info("token")), Error, "failed");
    fails = false;
    await eventually(async () => !await second.exists("s"));
    await second.getOrCreate("s", info("token"));
    await second.drain();
  });
});
