/**
 * Events at a point of a plot: taps, presses and mouse events.
 *
 * @module
 */

import { type EventFields } from "./event.ts";
import { registerEvents } from "./event_registry.ts";
import { number } from "./fields.ts";
import { PointEvent, type PointEventValues } from "./point_event.ts";

/** A plot was tapped or clicked. */
export class Tap extends PointEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "tap";
}

/** A plot was double-tapped or double-clicked. */
export class DoubleTap extends PointEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "doubletap";
}

/** A pointer was pressed on a plot and held. */
export class Press extends PointEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "press";
}

/** A pointer that was pressed and held on a plot was released. */
export class PressUp extends PointEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "pressup";
}

/** The pointer has entered the canvas of a plot, including borders and axes. */
export class MouseEnter extends PointEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "mouseenter";
}

/** The pointer has left the canvas of a plot, including borders and axes. */
export class MouseLeave extends PointEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "mouseleave";
}

/**
 * The pointer has moved over a plot. Use it with care: each movement sends a message to the server.
 */
export class MouseMove extends PointEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "mousemove";
}

/** The mouse wheel was turned over a plot. */
export class MouseWheel extends PointEvent<PointEventValues & { delta?: number | null }> {
  /** Name of the event on the wire. */
  static override readonly event_name = "wheel";
  /** Fields of the event: those of {@linkcode PointEvent}, and `delta`. */
  static override readonly fields: EventFields = { ...PointEvent.fields, delta: number };
  /**
   * Scroll distance in pixels, positive for scrolling up, negative for scrolling down; null if the
   * browser did not send it. BokehJS converts distances in lines and pages to pixels.
   */
  declare readonly delta: number | null;
}

registerEvents(Tap, DoubleTap, Press, PressUp, MouseEnter, MouseLeave, MouseMove, MouseWheel);
