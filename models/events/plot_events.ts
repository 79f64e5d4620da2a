/**
 * Events of plots that do not belong to a point.
 *
 * @module
 */

import type { EventFields } from "./event.ts";
import { registerEvents } from "./event_registry.ts";
import { flag, number, record } from "./fields.ts";
import { ModelEvent, type ModelEventValues, modelField } from "./model_event.ts";

/** Base class of events of a plot. */
export abstract class PlotEvent extends ModelEvent {
  /** Fields of the event. */
  static override readonly fields: EventFields = { model: modelField("Plot") };
}

/** A plot has started to draw fewer points during an interaction (level of detail). */
export class LODStart extends PlotEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "lodstart";

  /** Creates the event from its field values. */
  constructor(values: ModelEventValues) {
    super(values);
  }
}

/** A plot draws all points again after an interaction (level of detail). */
export class LODEnd extends PlotEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "lodend";

  /** Creates the event from its field values. */
  constructor(values: ModelEventValues) {
    super(values);
  }
}

/** Field values of a {@linkcode RangesUpdate}. */
export interface RangesUpdateValues extends ModelEventValues {
  /** Start of the x-range, in data units. */
  x0?: number | null;
  /** End of the x-range, in data units. */
  x1?: number | null;
  /** Start of the y-range, in data units. */
  y0?: number | null;
  /** End of the y-range, in data units. */
  y1?: number | null;
}

/**
 * The default ranges of a plot have changed. One event replaces the change events of the four
 * bounds.
 */
export class RangesUpdate extends PlotEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "rangesupdate";
  /** Fields of the event. */
  static override readonly fields: EventFields = {
    ...PlotEvent.fields,
    x0: number,
    x1: number,
    y0: number,
    y1: number,
  };
  /** Start of the x-range, in data units. */
  declare readonly x0: number | null;
  /** End of the x-range, in data units. */
  declare readonly x1: number | null;
  /** Start of the y-range, in data units. */
  declare readonly y0: number | null;
  /** End of the y-range, in data units. */
  declare readonly y1: number | null;

  /** Creates the event from its field values. */
  constructor(values: RangesUpdateValues) {
    super(values);
  }
}

/** Field values of a {@linkcode SelectionGeometry}. */
export interface SelectionGeometryValues extends ModelEventValues {
  /** Type and coordinates of the region. */
  geometry?: Record<string, unknown> | null;
  /** Whether the selection is complete. Further events follow while the pointer moves. */
  final?: boolean;
}

/** A region of a plot was selected. */
export class SelectionGeometry extends PlotEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "selectiongeometry";
  /** Fields of the event. */
  static override readonly fields: EventFields = { ...PlotEvent.fields, geometry: record, final: flag };
  /** Type and coordinates of the region. */
  declare readonly geometry: Record<string, unknown> | null;
  /** Whether the selection is complete. Further events follow while the pointer moves. */
  declare readonly final: boolean;

  /** Creates the event from its field values. */
  constructor(values: SelectionGeometryValues) {
    super(values);
  }
}

/** The reset tool of a plot was used. */
export class Reset extends PlotEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "reset";

  /** Creates the event from its field values. */
  constructor(values: ModelEventValues) {
    super(values);
  }
}

registerEvents(LODStart, LODEnd, RangesUpdate, SelectionGeometry, Reset);
