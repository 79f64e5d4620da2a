/**
 * The base of events of single points of plots.
 *
 * @module
 */

import type { EventFields } from "./event.ts";
import { number, record } from "./fields.ts";
import type { ModelEventValues } from "./model_event.ts";
import { PlotEvent } from "./plot_events.ts";

/** Keys that are held down while something happens. */
export interface KeyModifiers {
  /** The shift key. */
  shift: boolean;
  /** The control key. */
  ctrl: boolean;
  /** The alt key. */
  alt: boolean;
}

/** What events of a point are made of. */
export interface PointEventValues extends ModelEventValues {
  /** Horizontal place on the screen, from the left of the canvas. */
  sx?: number | null;
  /** Vertical place on the screen, from the top of the canvas. */
  sy?: number | null;
  /** Horizontal place in the data space of the default range. */
  x?: number | null;
  /** Vertical place in the data space of the default range. */
  y?: number | null;
  /** Keys that were held down. */
  modifiers?: KeyModifiers | null;
}

/** An event of a point of a plot. */
export abstract class PointEvent<V extends PointEventValues = PointEventValues> extends PlotEvent {
  /** What it carries. */
  static override readonly fields: EventFields = {
    ...PlotEvent.fields,
    sx: number,
    sy: number,
    x: number,
    y: number,
    modifiers: record,
  };
  /** Horizontal place on the screen, from the left of the canvas. */
  declare readonly sx: number | null;
  /** Vertical place on the screen, from the top of the canvas. */
  declare readonly sy: number | null;
  /** Horizontal place in the data space of the default range. */
  declare readonly x: number | null;
  /** Vertical place in the data space of the default range. */
  declare readonly y: number | null;
  /** Keys that were held down. */
  declare readonly modifiers: KeyModifiers | null;

  /** Makes the event out of its fields by name. */
  constructor(values: V) {
    super(values);
  }
}
