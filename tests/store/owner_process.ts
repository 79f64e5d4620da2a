/**
 * A process that owns the session "k" of a store, and appends an entry every 20 ms. It prints a
 * line of JSON for what it does: `{"owned": epoch}`, `{"appended": seq}`, `{"refused": code}`.
 * Arguments: `sqlite` or `redis`, and the file or URL of the store.
 *
 * @module
 */

import { delay } from "@std/async/delay";
import type { SessionStore } from "../../session/persistence/session_store.ts";
import { StoreError } from "../../session/persistence/store_error.ts";
import { redisStore } from "../../store/redis/mod.ts";
import { sqliteStore } from "../../store/sqlite/mod.ts";

const [kind, place = ""] = Deno.args;
await using store: SessionStore = kind === "sqlite" ? sqliteStore(place) : redisStore(place);
await using member = await store.join({ id: "owner", build: "1" });
const opening = await member.open("k", { header: new Uint8Array(), retentionMilliseconds: 60_000 });
if (opening.kind !== "created") throw new Error(`Cannot own session: it is ${opening.kind}`);
console.log(JSON.stringify({ owned: opening.claim.epoch }));

for (let seq = 1;; seq++) {
  try {
    await member.append(opening.claim, { seq, data: new TextEncoder().encode(`${seq}`) });
    console.log(JSON.stringify({ appended: seq }));
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    console.log(JSON.stringify({ refused: error.code }));
    if (error.code !== "unavailable") break;
    seq--; // Appends the same entry again, because it may not have been stored.
  }
  await delay(20);
}
