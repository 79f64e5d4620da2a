// Fails for the visitor who asks for it.
import type { Document } from "@bokeh/server";

export default function (doc: Document): void {
  const { fail } = doc.session_context?.request?.arguments ?? {};
  if (fail !== undefined) throw new Error("Cannot tell: a secret of the application");
}
