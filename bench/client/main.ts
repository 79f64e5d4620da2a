/** The load client. Reads a job as JSON from its standard input and prints the measurement. */

import type { Job, Measurement } from "./job.ts";
import { beside } from "./loads/beside.ts";
import { crowd } from "./loads/crowd.ts";
import { get } from "./loads/get.ts";
import { hold } from "./loads/hold.ts";
import { mixed } from "./loads/mixed.ts";
import { patch } from "./loads/patch.ts";
import { pull } from "./loads/pull.ts";
import { session } from "./loads/session.ts";
import { stream } from "./loads/stream.ts";
import { takeover } from "./loads/takeover.ts";

function run(job: Job): Promise<Measurement> {
  switch (job.load) {
    case "beside":
      return beside(job);
    case "get":
      return get(job);
    case "session":
      return session(job);
    case "pull":
      return pull(job);
    case "patch":
      return patch(job);
    case "stream":
      return stream(job);
    case "crowd":
      return crowd(job);
    case "mixed":
      return mixed(job);
    case "hold":
      return hold(job);
    case "takeover":
      return takeover(job);
  }
}

if (import.meta.main) {
  const job: Job = await new Response(Deno.stdin.readable).json();
  console.log(JSON.stringify(await run(job)));
  // Open websockets would keep the program running.
  Deno.exit(0);
}
