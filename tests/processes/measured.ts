/** An application that accepts uploads. Its title is their URL. */

import type { Document } from "@bokeh/server";

export default function (doc: Document): void {
  const measure = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) =>
    (await new Response(stream).bytes()).length;
  doc.title = doc.session_context!.files.acceptUploads(async ({ stream }) => ({
    bytes: await measure(stream),
    pid: Deno.pid,
  }));
}
