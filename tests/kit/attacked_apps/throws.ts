// An application that throws if the request has the argument `fail`.
import type { Document } from "@bokeh/server";

export default function (doc: Document): void {
  const { fail } = doc.session_context?.request?.arguments ?? {};
  if (fail !== undefined) throw new Error("Cannot tell: a secret of the application");
}
