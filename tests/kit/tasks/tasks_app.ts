/** An application with a task, for tests in a browser: start, progress, cancel, and a slider. */

import type { Document } from "@bokeh/server";
import { Button, Div, Slider, Spinner } from "@bokeh/server/models";
import { compute, steps } from "./sample_tasks.ts";

export const busyIndicator = true;

export default function (doc: Document): void {
  const [start, cancel, stuck] = ["start", "cancel", "stuck"].map((name) => new Button({ name, label: name })) as [
    Button,
    Button,
    Button,
  ];
  const part = new Spinner({ name: "part", value: 0 });
  const result = new Div({ name: "result", text: "" });
  const slider = new Slider({ name: "slider", start: 0, end: 1000, value: 0 });
  const echo = new Div({ name: "echo", text: "0" });
  let controller = new AbortController();

  start.on_click(async () => {
    controller = new AbortController();
    result.text = "running";
    const { signal } = controller;
    try {
      const count = await doc.task(steps, 3000, { signal, onProgress: (value) => part.value = value });
      result.text = `${count} steps`;
    } finally {
      if (signal.aborted) result.text = "cancelled";
    }
  });
  cancel.on_click(() => controller.abort());
  stuck.on_click(async () => void await doc.task(compute, { milliseconds: 20_000, polls: false }));
  slider.on_change("value", (_attr, _old, value) => echo.text = String(value));
  for (const root of [start, cancel, stuck, part, result, slider, echo]) doc.add_root(root);
}
