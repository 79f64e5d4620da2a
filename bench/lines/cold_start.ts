/** Line that measures the start of a server. */

import { getRequest, HttpConnection } from "../client/http_connection.ts";
import type { Goal, Line, Sample } from "../line.ts";
import { processSeconds } from "../measure/proc.ts";
import { commandOf, publishedCommand, twin } from "../servers/commands.ts";
import { type CommandOf, startServer } from "../servers/server.ts";
import { ALL_SERVERS } from "./load_line.ts";

/** Options of {@linkcode coldStartLine}. */
export interface ColdStartLine extends Pick<Line, "id" | "title"> {
  goal?: Goal;
  /** Whether this server runs from the published package. @default {false} */
  published?: boolean;
}

/** Returns a line that starts a server and requests a page as soon as its port accepts connections. */
export function coldStartLine({ published = false, ...line }: ColdStartLine): Line {
  return {
    unit: "ms",
    servers: ALL_SERVERS,
    ...line,
    async measure(server, { tools, placement }) {
      const command = published && server === "ours"
        ? publishedCommand(await tools.published.install(), NAME)
        : commandOf(server, twin(NAME), tools);
      // The first start compiles the modules. Later ones use the cache.
      await start(command, placement.server);
      return await start(command, placement.server);
    },
  };
}

/** Name of the application. */
const NAME = "sliders";

/** Starts a server and requests a page. */
async function start(command: CommandOf, core: number): Promise<Sample> {
  const started = performance.now();
  await using running = await startServer(command, core);
  using http = await HttpConnection.open(running.port);
  const { status, head } = await http.request(getRequest(running.port, `/${NAME}`));
  if (status !== 200) throw new Error(`Cannot get the page: the server answered ${head}`);
  const value = performance.now() - started;
  return { value, cpu: processSeconds(running.pid) * 1000, further: { listening: running.startMilliseconds } };
}
