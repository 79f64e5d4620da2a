/** `doc.flush()` over real websockets, with two clients of a session. */

import { assert, assertEquals } from "@std/assert";
import { type ClientSession, pullSession } from "@bokeh/server/client";
import { Div, Slider } from "@bokeh/server/models";
import { eventually } from "../kit/eventually.ts";
import { ServerProcess } from "../kit/server_process.ts";

const APP = decodeURIComponent(new URL("../kit/tasks/flush_app.ts", import.meta.url).pathname);

/** Records when the label of a client changes. */
function watch({ document }: ClientSession) {
  const label = document.get_model_by_name<Div>("label");
  const slider = document.get_model_by_name<Slider>("slider");
  const seen: { text: string; at: number; end: unknown }[] = [];
  label.on_change("text", () => seen.push({ text: label.text, at: performance.now(), end: slider.end }));
  return { slider, seen };
}

Deno.test("flush() reaches all clients before the callback blocks the server, and all are equal at the end", async () => {
  await using program = await ServerProcess.serve(APP, "--port", "0");
  await using one = await pullSession({ url: program.url });
  await using other = await pullSession({ url: program.url, sessionId: one.id });
  const clients = [watch(one), watch(other)];
  clients[0]!.slider.value = 3;
  await eventually(() => clients.every(({ seen }) => seen.length === 2), "both clients have both parts");
  for (const { seen: [first, last] } of clients) {
    assertEquals([first!.text, last!.text], ["Computing 3", "Computed 3"]);
    assert(last!.at - first!.at > 300, `${last!.at - first!.at} ms`);
  }

  // both clients move the slider at the same time
  clients[0]!.slider.value = 8;
  clients[1]!.slider.value = 9;
  await eventually(
    () => clients.every(({ slider, seen }) => seen.length === 6 && slider.value === 5),
    "both clients have the value of the server",
  );
  const texts = clients.map(({ seen }) => seen.slice(2).map(({ text }) => text));
  assertEquals(texts[0], texts[1]);
  assertEquals(texts[0]!.toSorted(), ["Computed 8", "Computed 9", "Computing 8", "Computing 9"]);
});
