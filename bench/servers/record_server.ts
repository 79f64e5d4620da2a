/** Creates the recording for the bare server. */

import type { Setting } from "../line.ts";
import { commandOf, twin } from "./commands.ts";
import { record } from "./record.ts";
import { type Recording, stringifyRecording } from "./recording.ts";
import { type ServerName, startServer } from "./server.ts";

/** Starts a server for each application and writes its answers to the recording. */
export async function recordServer(from: ServerName, { tools, placement }: Setting): Promise<void> {
  const recording: Recording = { answers: new Map(), sockets: new Map() };
  for (const application of ["sliders", "points", "streams", "list_streams"].map(twin)) {
    await using running = await startServer(commandOf(from, application, tools), placement.server);
    await record(recording, { port: running.port, path: application.path });
  }
  await Deno.writeTextFile(tools.recording, stringifyRecording(recording));
}
