import type { Document } from "@bokeh/server";
import { column } from "@bokeh/server/layouts";
import { Button, Slider } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";

/** Bokeh's example `timeout.py` and `hold_app.py`. */
export default function (doc: Document): void {
  const p = figure({ x_range: [0, 100], y_range: [0, 100], toolbar_location: null });
  const r = p.text({ x: [20, 40], y: [50, 60], text: ["a", "b"], alpha: 0, text_font_size: ["10px", "20px"] });
  const ds = r.data_source;
  const button = new Button({ label: "Click me" });
  const callback = () => {
    doc.hold("combine");
    ds.data = { ...ds.data, text: ["c", "d"], text_font_size: ["20px", "10px"] };
    r.glyph.text_alpha = 1;
    doc.unhold();
  };
  button.on_click(() => {
    doc.add_next_tick_callback(callback);
    doc.add_timeout_callback(callback, 1000);
  });
  const found = doc.select_one({ type: Slider, title: "no such slider" });
  if (found !== null) found.value = 1;
  doc.add_root(column(button, p));
}
