/** Says which process holds the session, and writes a line for every run into the file that it is given. */

import type { Document } from "@bokeh/server";
import { Div, Slider } from "@bokeh/server/models";

export default function (doc: Document): void {
  const [file] = doc.session_context!.serverContext.argv;
  if (file !== undefined) Deno.writeTextFileSync(file, `${Deno.pid}\n`, { append: true });
  doc.add_root(new Div({ name: "pid", text: String(Deno.pid) }));
  doc.add_root(new Slider({ start: 0, end: 100, value: 0 }));
}
