/** An application whose onSessionDestroyed takes a minute. */

import type { Document, SessionContext } from "@bokeh/server";
import { Div } from "@bokeh/server/models";

export default function (doc: Document): void {
  doc.add_root(new Div({ text: "here" }));
}

export async function onSessionDestroyed(_context: SessionContext): Promise<void> {
  console.log("ending");
  await new Promise((resolve) => setTimeout(resolve, 60_000));
}
