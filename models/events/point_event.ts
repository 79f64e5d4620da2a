/**
 * Base class of events at a point of a plot.
 *
 * @module
 */

import type { EventFields } from "./event.ts";
import { number, record } from "./fields.ts";
import type { ModelEventValues } from "./model_event.ts";
import { PlotEvent } from "./plot_events.ts";

/** Modifier keys that were pressed. */
export interface KeyModifiers {
  /** The shift key. */
  shift: boolean;
  /** The control key. */
  ctrl: boolean;
  /** The alt key. */
  alt: boolean;
}

/** Field values of a {@linkcode PointEvent}. */
export interface PointEventValues extends ModelEventValues {
  /** Horizontal position in pixels, from the left edge of the canvas. */
  sx?: number | null;
  /** Vertical position in pixels, from the top edge of the canvas. */
  sy?: number | null;
  /** Horizontal position in data units of the default x-range. */
  x?: number | null;
  /** Vertical position in data units of the default y-range. */
  y?: number | null;
  /** Modifier keys that were pressed. */
  modifiers?: KeyModifiers | null;
}

/** Base class of events at a point of a plot. */
export abstract class PointEvent<V extends PointEventValues = PointEventValues> extends PlotEvent {
  /** Fields of the event. */
  static override readonly fields: EventFields = {
    ...PlotEvent.fields,
    sx: number,
    sy: number,
    x: number,
    y: number,
    modifiers: record,
  };
  /** Horizontal position in pixels, from the left edge of the canvas. */
  declare readonly sx: number | null;
  /** Vertical position in pixels, from the top edge of the canvas. */
  declare readonly sy: number | null;
  /** Horizontal position in data units of the default x-range. */
  declare readonly x: number | null;
  /** Vertical position in data units of the default y-range. */
  declare readonly y: number | null;
  /** Modifier keys that were pressed. */
  declare readonly modifiers: KeyModifiers | null;

  /** Creates the event from its field values. */
  constructor(values: V) {
    super(values);
  }
}
