/** Load: requests of one URL over persistent connections. */

import { getRequest, headerOf, HttpConnection } from "../http_connection.ts";
import type { GetJob, Measurement } from "../job.ts";
import { scriptUrl } from "../page.ts";
import { Meter } from "../meter.ts";
import { mapConcurrently, repeat } from "../window.ts";

/** Requests a page, a script or another URL repeatedly. */
export async function get(job: GetJob): Promise<Measurement> {
  const { port } = job;
  const connections = await mapConcurrently(job.connections, 16, () => HttpConnection.open(port));
  const first = connections[0]!;
  const url = await urlOf(job, first);
  const headers = { ...job.headers };
  if (job.revalidate) {
    const { head } = await first.request(getRequest(port, url, headers));
    const tag = headerOf(head, "etag");
    if (tag === undefined) throw new Error(`Cannot revalidate ${url}: it has no entity tag`);
    headers["If-None-Match"] = tag;
  }
  const request = getRequest(port, url, headers);
  const expected = job.revalidate ? 304 : 200;
  let length = 0;
  const measurement = await repeat(
    job,
    new Meter(job.pid),
    connections.map((connection) => async () => {
      const answer = await connection.request(request);
      if (answer.status !== expected) throw new Error(`Cannot get ${url}: the server answered ${answer.head}`);
      length = answer.head.length + answer.length;
    }),
  );
  for (const connection of connections) connection[Symbol.dispose]();
  return { ...measurement, further: { bytes: length } };
}

async function urlOf({ port, path, query = "", url, script }: GetJob, http: HttpConnection): Promise<string> {
  if (url !== undefined) return url;
  if (script === undefined) return path + query;
  const { body } = await http.request(getRequest(port, path), true);
  return scriptUrl(new TextDecoder().decode(body), path, script);
}
