/** Signals: the first one shuts the program down, a second one exits at once. */

import { assert, assertEquals } from "@std/assert";
import { pullSession } from "../../client/mod.ts";
import { example, ServerProcess } from "../kit/server_process.ts";
import { eventually } from "../kit/eventually.ts";

const SLOW = decodeURIComponent(new URL("slow_to_end.ts", import.meta.url).pathname);
const OPTIONS = { ignore: Deno.build.os === "windows" };

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

Deno.test("SIGTERM: releases the port and closes websockets with 1001 while hooks still run", OPTIONS, async () => {
  await using program = await ServerProcess.serve(SLOW, "--port", "0", "--drain", "3000", "--log-level", "None");
  const session = await pullSession({ url: program.url, reconnect: false });
  const took = await seconds(async () => {
    const ended = program.stop();
    await eventually(async () =>
      await fetch(program.url).then((response) => response.body?.cancel().then(() => false) ?? false, () => true)
    );
    assertEquals(await ended, 0);
  });
  assert(took > 2.5 && took < 6, `${took} s`);
  await session.close();
});

for (const [signal, code] of [["SIGTERM", 0], ["SIGINT", 130]] as const) {
  Deno.test(`${signal}: a second one exits at once with ${code}`, OPTIONS, async () => {
    await using program = await ServerProcess.serve(SLOW, "--port", "0", "--log-level", "None");
    const session = await pullSession({ url: program.url, reconnect: false });
    const took = await seconds(async () => {
      program.signal(signal);
      await eventually(async () =>
        await fetch(program.url).then((response) => response.body?.cancel().then(() => false) ?? false, () => true)
      );
      program.signal(signal);
      assertEquals(await program.exitCode(), code);
    });
    assert(took < 5, `${took} s`);
    await session.close();
  });
}

Deno.test("SIGTERM: repeated ones exit with 0 if the hooks take little time", OPTIONS, async () => {
  await using program = await ServerProcess.serve(example("sliders"), "--port", "0", "--log-level", "None");
  for (let count = 0; count < 3; count++) program.signal("SIGTERM");
  assertEquals(await program.exitCode(), 0);
});

Deno.test("SIGTERM: with --drain-delay, /readyz answers 503 while clients are still served", OPTIONS, async () => {
  await using program = await ServerProcess.serve(example("sliders"), "--port", "0", "--drain-delay", "1500");
  const session = await pullSession({ url: program.url, reconnect: false });
  const took = await seconds(async () => {
    program.signal("SIGTERM");
    const readyz = new URL("/readyz", program.url);
    await eventually(async () => {
      const { status, body } = await fetch(readyz);
      await body?.cancel();
      return status === 503;
    });
    const second = await pullSession({ url: program.url, reconnect: false });
    await session.forceRoundtrip();
    await second.close();
    assertEquals(await program.exitCode(), 0);
  });
  assert(took > 1.4 && took < 8, `${took} s`);
  await session.close();
});

Deno.test("SIGTERM: with --drain-spread, websockets are closed over that time", OPTIONS, async () => {
  await using program = await ServerProcess.serve(example("sliders"), "--port", "0", "--drain-spread", "1500");
  const sessions = await Promise.all(
    Array.from({ length: 20 }, () => pullSession({ url: program.url, reconnect: false })),
  );
  const times: number[] = [];
  const closed = sessions.map((session) => session.closed.catch(() => void times.push(performance.now())));
  program.signal("SIGTERM");
  await Promise.all(closed);
  const took = times.at(-1)! - times[0]!;
  assert(took > 700 && took < 5000, `${took} ms`);
  assertEquals(await program.exitCode(), 0);
});
