/**
 * Events of gestures on plots: panning, pinching and rotating.
 *
 * @module
 */

import { type EventFields } from "./event.ts";
import { registerEvents } from "./event_registry.ts";
import { number } from "./fields.ts";
import { PointEvent, type PointEventValues } from "./point_event.ts";

/** Field values of a {@linkcode Pan}. */
export interface PanValues extends PointEventValues {
  /** Horizontal distance in pixels since the previous event. */
  delta_x?: number | null;
  /** Vertical distance in pixels since the previous event. */
  delta_y?: number | null;
  /** Direction: 1 or -1. */
  direction?: number | null;
}

/** A plot is being panned. Fired for each movement. */
export class Pan extends PointEvent<PanValues> {
  /** Name of the event on the wire. */
  static override readonly event_name = "pan";
  /** Fields of the event. */
  static override readonly fields: EventFields = {
    ...PointEvent.fields,
    delta_x: number,
    delta_y: number,
    direction: number,
  };
  /** Horizontal distance in pixels since the previous event. */
  declare readonly delta_x: number | null;
  /** Vertical distance in pixels since the previous event. */
  declare readonly delta_y: number | null;
  /** Direction: 1 or -1. */
  declare readonly direction: number | null;
}

/** A pinch gesture on a touch device. Fired for each movement. */
export class Pinch extends PointEvent<PointEventValues & { scale?: number | null }> {
  /** Name of the event on the wire. */
  static override readonly event_name = "pinch";
  /** Fields of the event. */
  static override readonly fields: EventFields = { ...PointEvent.fields, scale: number };
  /** Amount of the scaling, with a sign. */
  declare readonly scale: number | null;
}

/** A rotation gesture on a touch device. Fired for each movement. */
export class Rotate extends PointEvent<PointEventValues & { rotation?: number | null }> {
  /** Name of the event on the wire. */
  static override readonly event_name = "rotate";
  /** Fields of the event. */
  static override readonly fields: EventFields = { ...PointEvent.fields, rotation: number };
  /** Angle in degrees. */
  declare readonly rotation: number | null;
}

/** Panning has started. */
export class PanStart extends PointEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "panstart";
}

/** Panning has ended. */
export class PanEnd extends PointEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "panend";
}

/** A pinch gesture on a touch device has started. */
export class PinchStart extends PointEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "pinchstart";
}

/** A pinch gesture on a touch device has ended. */
export class PinchEnd extends PointEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "pinchend";
}

/** A rotation gesture on a touch device has started. */
export class RotateStart extends PointEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "rotatestart";
}

/** A rotation gesture on a touch device has ended. */
export class RotateEnd extends PointEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "rotateend";
}

registerEvents(Pan, Pinch, Rotate, PanStart, PanEnd, PinchStart, PinchEnd, RotateStart, RotateEnd);
