/** An application that shows the process that owns the session and appends a line to a file for every run. */

import type { Document } from "@bokeh/server";
import { Div, Slider } from "@bokeh/server/models";

export default function (doc: Document): void {
  const [file] = doc.session_context!.serverContext.argv;
  if (file !== undefined) Deno.writeTextFileSync(file, `${Deno.pid}\n`, { append: true });
  doc.add_root(new Div({ name: "pid", text: String(Deno.pid) }));
  doc.add_root(new Slider({ start: 0, end: 100, value: 0 }));
}
