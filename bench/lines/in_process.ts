/** Lines of documents in one process, without a server. */

import type { Line } from "../line.ts";
import { runOn } from "../measure/run_job.ts";
import { inProcessCommand } from "../servers/commands.ts";

/** Building and serializing documents, their memory, and a stream into a long column. */
export const inProcessLines: readonly Line[] = [
  line("process-sliders", "sliders built, serialized and pulled, in process", "session sliders", { atMost: 0.5 }),
  line("process-scatter", "figure with one scatter built and serialized, in process", "session scatter"),
  line("process-gallery", "gallery built and serialized, in process", "session gallery"),
  { ...line("process-many", "document of 10,000 models built and serialized, in process", "session many"), long: true },
  line("process-stream", "stream of 10 points into 1,000,000 in two columns, in process", "stream points"),
  { ...line("heap-sliders", "memory of a document of sliders, in process", "memory sliders"), unit: "KB", once: true },
  {
    ...line("heap-many", "memory of a document of 10,000 models, in process", "memory many"),
    unit: "KB",
    once: true,
    long: true,
  },
];

function line(id: string, title: string, figure: string, goal?: Line["goal"]): Line {
  return {
    id,
    title,
    unit: "ms",
    servers: ["nodelay", "ours"],
    ...(goal && { goal }),
    measure: async (server, { tools, placement, seconds }) =>
      JSON.parse(
        await runOn(placement.server, inProcessCommand(server, [...figure.split(" "), String(seconds)], tools)),
      ),
  };
}
