/** An application that accepts uploads. Its title is their URL, and its text says whether it is receiving one. */

import type { Document } from "@bokeh/server";
import { Div } from "@bokeh/server/models";

export default function (doc: Document): void {
  const state = new Div({ text: "waiting" });
  const measure = async (stream: ReadableStream<Uint8Array<ArrayBuffer>>) => {
    state.text = "receiving";
    const { length } = await new Response(stream).bytes();
    state.text = "waiting";
    return length;
  };
  doc.title = doc.session_context!.files.acceptUploads(async ({ stream }) => ({
    bytes: await measure(stream),
    pid: Deno.pid,
  }));
  doc.add_root(state);
}
