/**
 * Events of plots, widgets and documents, the counterpart of Python's `bokeh.events`. Browsers send
 * them to the server, with two exceptions: the server sends `ClearInput` to browsers, and
 * `ConnectionLost` occurs only in browsers, for JavaScript callbacks.
 *
 * @example Handle taps on a plot
 * ```ts
 * import { Tap } from "@bokeh/server/events";
 * import { figure } from "@bokeh/server/plotting";
 *
 * const plot = figure();
 * plot.on_event(Tap, (event) => plot.title.text = `${event.x}, ${event.y}`);
 * ```
 *
 * @module
 */

export {
  BokehEvent,
  BokehEvent as Event,
  DocumentEvent,
  type EventClass,
  type EventField,
  type EventFields,
} from "./events/event.ts";
export { event_class, event_names, registerEvents } from "./events/event_registry.ts";
export { ClientReconnected, ConnectionEvent, ConnectionLost, DocumentReady } from "./events/document_events.ts";
export {
  Pan,
  PanEnd,
  PanStart,
  type PanValues,
  Pinch,
  PinchEnd,
  PinchStart,
  Rotate,
  RotateEnd,
  RotateStart,
} from "./events/gesture_events.ts";
export {
  LODEnd,
  LODStart,
  PlotEvent,
  RangesUpdate,
  type RangesUpdateValues,
  Reset,
  SelectionGeometry,
  type SelectionGeometryValues,
} from "./events/plot_events.ts";
export { ModelEvent, type ModelEventValues } from "./events/model_event.ts";
export { type KeyModifiers, PointEvent, type PointEventValues } from "./events/point_event.ts";
export {
  DoubleTap,
  MouseEnter,
  MouseLeave,
  MouseMove,
  MouseWheel,
  Press,
  PressUp,
  Tap,
} from "./events/point_events.ts";
export {
  AxisClick,
  ButtonClick,
  ClearInput,
  FileInputChange,
  type FileInputChangeValues,
  LegendItemClick,
  MenuItemClick,
  ValueSubmit,
} from "./events/widget_events.ts";
