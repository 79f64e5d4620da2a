import { assert, assertEquals } from "@std/assert";
import { ManualClock } from "../../common/manual_clock.ts";
import { Nonces } from "./nonces.ts";

Deno.test("Nonces: each is valid once, and for a short time", async () => {
  const clock = new ManualClock();
  const nonces = new Nonces(clock);
  const [first, second, third] = [nonces.issue(), nonces.issue(), nonces.issue()] as const;
  assertEquals([nonces.use(first), nonces.use(first), nonces.use(undefined)], [true, false, false]);
  await clock.tick(19_000);
  assertEquals([nonces.use(second), nonces.use(first), nonces.use(second)], [true, false, false]);
  await clock.tick(2000);
  assertEquals([nonces.use(third), nonces.use(first)], [false, false]);
});

Deno.test("Nonces: those of other processes, and changed ones, are refused", () => {
  const nonces = new Nonces();
  const nonce = nonces.issue();
  const [number, time, signature] = nonce.split(".");
  const changed = [
    `2.${time}.${signature}`,
    `${number}.${Number(time) + 1}.${signature}`,
    `${number}.${time}.`,
    "",
    "a",
  ];
  for (const text of [new Nonces().issue(), ...changed, `${nonce} `]) assert(!nonces.use(text), text);
  assert(nonces.use(nonce));
});

Deno.test("Nonces: many that are never used take no memory and leave others valid, and used ones are removed", async () => {
  const clock = new ManualClock();
  const nonces = new Nonces(clock);
  const early = nonces.issue();
  for (let count = 0; count < 2000; count++) nonces.issue();
  assertEquals([nonces.size, nonces.use(early)], [0, true]);
  for (let count = 0; count < 100; count++) assert(nonces.use(nonces.issue()));
  await clock.tick(21_000);
  assert(nonces.use(nonces.issue()));
  assertEquals(nonces.size, 1);
});
