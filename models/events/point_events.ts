/**
 * Events of single points of plots: taps, presses and the mouse.
 *
 * @module
 */

import { type EventFields, type ModelEventValues, registerEvents } from "./event.ts";
import { number, record } from "./fields.ts";
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

  /** @param values The fields by name. */
  constructor(values: V) {
    super(values);
  }
}

/** A plot was tapped or clicked. */
export class Tap extends PointEvent {
  static override readonly event_name = "tap";
}

/** A plot was tapped or clicked twice. */
export class DoubleTap extends PointEvent {
  static override readonly event_name = "doubletap";
}

/** A pointer was held down on a plot. */
export class Press extends PointEvent {
  static override readonly event_name = "press";
}

/** A pointer that was held down on a plot was let go. */
export class PressUp extends PointEvent {
  static override readonly event_name = "pressup";
}

/** The pointer entered the canvas of a plot, borders and axes included. */
export class MouseEnter extends PointEvent {
  static override readonly event_name = "mouseenter";
}

/** The pointer left the canvas of a plot, borders and axes included. */
export class MouseLeave extends PointEvent {
  static override readonly event_name = "mouseleave";
}

/** The pointer moved over a plot. It comes very often. */
export class MouseMove extends PointEvent {
  static override readonly event_name = "mousemove";
}

/** The mouse wheel was turned over a plot. */
export class MouseWheel extends PointEvent<PointEventValues & { delta?: number | null }> {
  static override readonly event_name = "wheel";
  static override readonly fields: EventFields = { ...PointEvent.fields, delta: number };
  /** How fast it turned, with a sign. */
  declare readonly delta: number | null;
}

registerEvents(Tap, DoubleTap, Press, PressUp, MouseEnter, MouseLeave, MouseMove, MouseWheel);
