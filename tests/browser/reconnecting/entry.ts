/** A form whose page shows the fields of `ClientReconnected`. */

import type { Document } from "../../../document/document.ts";
import { ClientReconnected } from "../../../models/events.ts";
import { Div, TextInput } from "../../../models/mod.ts";
import { column } from "../../../plotting/layouts/mod.ts";

export default function (doc: Document): void {
  const entry = new TextInput({ title: "Name", name: "entry" });
  const report = new Div({ text: "never reconnected", name: "report" });
  doc.on_event(ClientReconnected, ({ fresh }) => report.text = `reconnected, fresh: ${fresh}`);
  doc.add_root(column(entry, report));
}
