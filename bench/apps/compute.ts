// A slider with an answer, and a number that makes the session compute for 3 s: in a task with `?how=task`, else in a callback.
import type { Document } from "@bokeh/server";
import { Div, NumericInput, Slider } from "@bokeh/server/models";
import { compute, computeNow } from "./compute_task.ts";

const MILLISECONDS = 3000;

/** Adds the models to a document. */
export default function (doc: Document): void {
  const how = new TextDecoder().decode(doc.session_context?.request?.arguments["how"]?.[0]);
  const freq = new Slider({ name: "freq", start: 0, end: 10, step: 0.1, value: 1 });
  const answer = new Div({ text: "" });
  const work = new NumericInput({ name: "work", value: 0, mode: "float" });
  freq.on_change("value", () => answer.text = String(freq.value));
  work.on_change("value", async () => {
    if (how === "task") await doc.task(compute, MILLISECONDS);
    else computeNow(MILLISECONDS);
  });
  for (const root of [freq, answer, work]) doc.add_root(root);
}
