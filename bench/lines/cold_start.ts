/** Line that measures the start of a server. */

import { getRequest, HttpConnection } from "../client/http_connection.ts";
import type { Line } from "../line.ts";
import { processSeconds } from "../measure/proc.ts";
import { commandOf, twin } from "../servers/commands.ts";
import { startServer } from "../servers/server.ts";
import { ALL_SERVERS } from "./load_line.ts";

/** Returns a line that starts a server and requests a page as soon as its port accepts connections. */
export function coldStartLine(line: Pick<Line, "id" | "title"> & Partial<Line>): Line {
  const application = twin("sliders");
  return {
    unit: "ms",
    servers: ALL_SERVERS,
    ...line,
    async measure(server, { tools, placement }) {
      const started = performance.now();
      await using running = await startServer(commandOf(server, application, tools), placement.server);
      using http = await HttpConnection.open(running.port);
      const { status, head } = await http.request(getRequest(running.port, application.path));
      if (status !== 200) throw new Error(`Cannot get the page: the server answered ${head}`);
      const value = performance.now() - started;
      return { value, cpu: processSeconds(running.pid) * 1000, further: { listening: running.startMilliseconds } };
    },
  };
}
