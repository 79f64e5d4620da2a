/** Lines of sessions that a session store keeps. Compare their CPU time with those of the lines without a store. */

import type { Line } from "../line.ts";
import type { StoreName } from "../servers/session_store.ts";
import { loadLine } from "./load_line.ts";

const STORES: readonly [StoreName, title: string][] = [["sqlite", "SQLite"], ["redis", "Redis"], ["valkey", "Valkey"]];

/** Patches and whole sessions with each session store. */
export const storeLines: readonly Line[] = STORES.flatMap(([store, title]) => [
  ...[1, 16].map((clients) =>
    loadLine({
      id: `${store}-patch-${clients}`,
      title: `${title}: patch, callback of 200 sines, answer; ${clients} client${clients > 1 ? "s" : ""}`,
      app: "sliders",
      servers: ["ours"],
      store,
      job: (target) => ({ load: "patch", clients, ...target }),
    })
  ),
  loadLine({
    id: `${store}-session-16`,
    title: `${title}: whole session, 16 at a time`,
    app: "sliders",
    servers: ["ours"],
    store,
    job: (target) => ({ load: "session", concurrency: 16, ...target }),
  }),
]);
