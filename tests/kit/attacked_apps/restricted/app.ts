// The same application with a patch policy: clients can only use its widgets and set a short title.
import { type PatchPolicy, widgetsAndTools } from "@bokeh/server";
export { default } from "../app.ts";

export const acceptPatch: PatchPolicy = (change, session) =>
  change.kind === "TitleChanged" ? change.title.length < 100 : widgetsAndTools(change, session);
