// Events: what a user does with a plot is shown in the page by JavaScript, and logged by the server.
import type { Document } from "@bokeh/server";
import * as events from "@bokeh/server/events";
import { column, row } from "@bokeh/server/layouts";
import { Button, CustomJS, Div } from "@bokeh/server/models";
import { figure } from "@bokeh/server/plotting";
import { SeededRandom } from "../data/seeded_random.ts";

const POINT = ["x", "y", "sx", "sy"];
/** The events of a plot, with the attributes to show. */
const EVENTS = [
  [events.LODStart, []],
  [events.LODEnd, []],
  [events.Tap, POINT],
  [events.DoubleTap, POINT],
  [events.Press, POINT],
  [events.MouseWheel, [...POINT, "delta"]],
  [events.MouseEnter, POINT],
  [events.MouseLeave, POINT],
  [events.Pan, [...POINT, "delta_x", "delta_y"]],
  [events.PanStart, POINT],
  [events.PanEnd, POINT],
  [events.Pinch, [...POINT, "scale"]],
  [events.PinchStart, POINT],
  [events.PinchEnd, POINT],
  [events.SelectionGeometry, ["geometry", "final"]],
  [events.RangesUpdate, ["x0", "x1", "y0", "y1"]],
  [events.Reset, []],
] as const;

/** A button and a plot of many points. */
export default function (doc: Document): void {
  const random = new SeededRandom(11);
  const uniform = (end: number) => Float64Array.from({ length: 1000 }, () => random.uniform(0, end));
  const [x, y, radius] = [uniform(100), uniform(100), uniform(1.5)];
  const fill_color = Array.from(x, (_, i) => `rgb(${Math.floor(50 + 2 * x[i]!)}, ${Math.floor(30 + 2 * y[i]!)}, 150)`);
  const plot = figure({
    tools: "pan,wheel_zoom,zoom_in,zoom_out,reset,tap,lasso_select,box_select,box_zoom,undo,redo",
  });
  plot.circle(x, y, { radius, fill_color, fill_alpha: 0.6, line_color: null });

  const div = new Div({ width: 1000 });
  const button = new Button({ label: "Button", button_type: "success", width: 300 });
  const show = (attributes: readonly string[]) =>
    new CustomJS({
      args: { div, attributes },
      code: `
        const { to_string } = Bokeh.require("core/util/pretty")
        const values = attributes.map((name) => name + "=" + to_string(cb_obj[name], { precision: 2 }))
        const line = "<b>" + cb_obj.event_name + "</b>(" + values.join(", ") + ")<br>\\n"
        div.text = div.text.concat(line).split("\\n").slice(-35).join("\\n")
      `,
    });
  const log = (attributes: readonly string[]) => (event: object) => {
    const fields = event as Record<string, unknown>;
    console.log(
      `${fields.event_name}(${attributes.map((name) => `${name}=${JSON.stringify(fields[name])}`).join(", ")})`,
    );
  };
  button.js_on_event(events.ButtonClick, show([]));
  button.on_event(events.ButtonClick, log([]));
  for (const [event, attributes] of EVENTS) {
    plot.js_on_event(event, show(attributes));
    plot.on_event(event, log(attributes));
  }
  doc.add_root(column(button, row(plot, div)));
  doc.title = "Events";
}
