/**
 * A web server that only sends files, as hosts of static sites.
 *
 * @module
 */

import { contentType } from "@std/media-types";
import { extname, join } from "@std/path";

/** Serves the files of a folder on a free port of this computer. */
export function serveFolder(folder: string): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async ({ url }) => {
    const path = decodeURIComponent(new URL(url).pathname).replace(/\/$/, "/index.html");
    try {
      const headers = { "content-type": contentType(extname(path)) ?? "application/octet-stream" };
      return new Response(await Deno.readFile(join(folder, path)), { headers });
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      return new Response(null, { status: path === "/favicon.ico" ? 204 : 404 });
    }
  });
}
