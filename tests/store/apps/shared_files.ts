/** An application that accepts an upload and offers a download, and whose button offers another one. */

import type { Document } from "@bokeh/server";
import { Button, Div } from "@bokeh/server/models";

export default function (doc: Document): void {
  const { files } = doc.session_context!;
  const size = new Div({ text: "0 bytes", name: "size" });
  const upload = files.acceptUploads(async ({ stream }) => {
    const { length } = await new Response(stream).bytes();
    size.text = `${length} bytes`;
    return { pid: Deno.pid };
  });
  const download = files.offerDownload(() => ({ name: "size.txt", content: size.text }));
  const late = new Div({ text: "", name: "late" });
  const button = new Button({ label: "Offer", name: "offer" });
  button.on_click(() => late.text = files.offerDownload(() => ({ name: "late.txt", content: "late" })));
  for (const root of [size, late, button]) doc.add_root(root);
  doc.add_root(new Div({ text: upload, name: "upload" }));
  doc.add_root(new Div({ text: download, name: "download" }));
}
