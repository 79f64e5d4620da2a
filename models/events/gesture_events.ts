/**
 * Events of gestures on plots: drags, pinches and rotations.
 *
 * @module
 */

import { type EventFields } from "./event.ts";
import { registerEvents } from "./event_registry.ts";
import { number } from "./fields.ts";
import { PointEvent, type PointEventValues } from "./point_event.ts";

/** What a {@linkcode Pan} is made of. */
export interface PanValues extends PointEventValues {
  /** How far it went horizontally. */
  delta_x?: number | null;
  /** How far it went vertically. */
  delta_y?: number | null;
  /** Which way: 1 or -1. */
  direction?: number | null;
}

/** A plot is being dragged. */
export class Pan extends PointEvent<PanValues> {
  /** Its name on the wire. */
  static override readonly event_name = "pan";
  /** What it carries. */
  static override readonly fields: EventFields = {
    ...PointEvent.fields,
    delta_x: number,
    delta_y: number,
    direction: number,
  };
  /** How far it went horizontally. */
  declare readonly delta_x: number | null;
  /** How far it went vertically. */
  declare readonly delta_y: number | null;
  /** Which way: 1 or -1. */
  declare readonly direction: number | null;
}

/** A plot is being pinched, on devices with touch. */
export class Pinch extends PointEvent<PointEventValues & { scale?: number | null }> {
  /** Its name on the wire. */
  static override readonly event_name = "pinch";
  /** What it carries. */
  static override readonly fields: EventFields = { ...PointEvent.fields, scale: number };
  /** By how much, with a sign. */
  declare readonly scale: number | null;
}

/** A plot is being rotated, on devices with touch. */
export class Rotate extends PointEvent<PointEventValues & { rotation?: number | null }> {
  /** Its name on the wire. */
  static override readonly event_name = "rotate";
  /** What it carries. */
  static override readonly fields: EventFields = { ...PointEvent.fields, rotation: number };
  /** By how many degrees. */
  declare readonly rotation: number | null;
}

/** A drag began. */
export class PanStart extends PointEvent {
  /** Its name on the wire. */
  static override readonly event_name = "panstart";
}

/** A drag ended. */
export class PanEnd extends PointEvent {
  /** Its name on the wire. */
  static override readonly event_name = "panend";
}

/** A pinch began, on devices with touch. */
export class PinchStart extends PointEvent {
  /** Its name on the wire. */
  static override readonly event_name = "pinchstart";
}

/** A pinch ended, on devices with touch. */
export class PinchEnd extends PointEvent {
  /** Its name on the wire. */
  static override readonly event_name = "pinchend";
}

/** A rotation began, on devices with touch. */
export class RotateStart extends PointEvent {
  /** Its name on the wire. */
  static override readonly event_name = "rotatestart";
}

/** A rotation ended, on devices with touch. */
export class RotateEnd extends PointEvent {
  /** Its name on the wire. */
  static override readonly event_name = "rotateend";
}

registerEvents(Pan, Pinch, Rotate, PanStart, PanEnd, PinchStart, PinchEnd, RotateStart, RotateEnd);
