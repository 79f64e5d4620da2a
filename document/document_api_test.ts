import { assertEquals } from "@std/assert";
import { Document } from "./document.ts";

/**
 * Every member that authors see. The type makes this list complete: a new member of `Document` must
 * be added here.
 */
const MEMBERS: Record<keyof Document, "Bokeh" | "addition"> = {
  add_next_tick_callback: "Bokeh",
  add_periodic_callback: "Bokeh",
  add_root: "Bokeh",
  add_timeout_callback: "Bokeh",
  apply_json_patch: "Bokeh",
  clear: "Bokeh",
  config: "Bokeh",
  confirm: "addition",
  flush: "addition",
  get_model_by_id: "Bokeh",
  get_model_by_name: "Bokeh",
  hold: "Bokeh",
  hold_value: "Bokeh",
  js_on_event: "Bokeh",
  location: "addition",
  locked_callback: "addition",
  models: "Bokeh",
  notifications: "addition",
  on_change: "Bokeh",
  on_event: "Bokeh",
  on_message: "Bokeh",
  on_session_destroyed: "Bokeh",
  on_session_resumed: "addition",
  page: "addition",
  remove_next_tick_callback: "Bokeh",
  remove_on_change: "Bokeh",
  remove_on_message: "Bokeh",
  remove_periodic_callback: "Bokeh",
  remove_root: "Bokeh",
  remove_timeout_callback: "Bokeh",
  replace_with_json: "Bokeh",
  roots: "Bokeh",
  select: "Bokeh",
  select_one: "Bokeh",
  send_message: "addition",
  session_callbacks: "Bokeh",
  session_context: "Bokeh",
  session_state: "addition",
  set_select: "Bokeh",
  set_title: "Bokeh",
  task: "addition",
  template: "Bokeh",
  template_variables: "Bokeh",
  theme: "Bokeh",
  title: "Bokeh",
  to_json: "Bokeh",
  transient: "addition",
  unhold: "Bokeh",
  validate: "Bokeh",
};

Deno.test("Document has only the members of Bokeh's API and the listed additions", () => {
  const ofPrototype = Object.getOwnPropertyNames(Document.prototype).filter((name) => name !== "constructor");
  assertEquals([...ofPrototype, ...Object.keys(new Document())].sort(), Object.keys(MEMBERS));
  assertEquals(Object.getPrototypeOf(Document.prototype), Object.prototype);
});
