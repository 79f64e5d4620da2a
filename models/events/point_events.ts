/**
 * Events of single points of plots: taps, presses and the mouse.
 *
 * @module
 */

import { type EventFields } from "./event.ts";
import { registerEvents } from "./event_registry.ts";
import { number } from "./fields.ts";
import { PointEvent, type PointEventValues } from "./point_event.ts";

/** A plot was tapped or clicked. */
export class Tap extends PointEvent {
  /** Its name on the wire. */
  static override readonly event_name = "tap";
}

/** A plot was tapped or clicked twice. */
export class DoubleTap extends PointEvent {
  /** Its name on the wire. */
  static override readonly event_name = "doubletap";
}

/** A pointer was held down on a plot. */
export class Press extends PointEvent {
  /** Its name on the wire. */
  static override readonly event_name = "press";
}

/** A pointer that was held down on a plot was let go. */
export class PressUp extends PointEvent {
  /** Its name on the wire. */
  static override readonly event_name = "pressup";
}

/** The pointer entered the canvas of a plot, borders and axes included. */
export class MouseEnter extends PointEvent {
  /** Its name on the wire. */
  static override readonly event_name = "mouseenter";
}

/** The pointer left the canvas of a plot, borders and axes included. */
export class MouseLeave extends PointEvent {
  /** Its name on the wire. */
  static override readonly event_name = "mouseleave";
}

/** The pointer moved over a plot. It comes very often. */
export class MouseMove extends PointEvent {
  /** Its name on the wire. */
  static override readonly event_name = "mousemove";
}

/** The mouse wheel was turned over a plot. */
export class MouseWheel extends PointEvent<PointEventValues & { delta?: number | null }> {
  /** Its name on the wire. */
  static override readonly event_name = "wheel";
  /** What it carries. */
  static override readonly fields: EventFields = { ...PointEvent.fields, delta: number };
  /** How fast it turned, with a sign. */
  declare readonly delta: number | null;
}

registerEvents(Tap, DoubleTap, Press, PressUp, MouseEnter, MouseLeave, MouseMove, MouseWheel);
