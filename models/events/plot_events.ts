/**
 * Events of whole plots.
 *
 * @module
 */

import type { EventFields } from "./event.ts";
import { registerEvents } from "./event_registry.ts";
import { flag, number, record } from "./fields.ts";
import { ModelEvent, type ModelEventValues, modelField } from "./model_event.ts";

/** An event of a plot. */
export abstract class PlotEvent extends ModelEvent {
  /** What it carries. */
  static override readonly fields: EventFields = { model: modelField("Plot") };
}

/** While someone drags or zooms, the plot draws fewer points from now on. */
export class LODStart extends PlotEvent {
  /** Its name on the wire. */
  static override readonly event_name = "lodstart";

  /** Makes the event out of its fields by name. */
  constructor(values: ModelEventValues) {
    super(values);
  }
}

/** The plot draws all points again. */
export class LODEnd extends PlotEvent {
  /** Its name on the wire. */
  static override readonly event_name = "lodend";

  /** Makes the event out of its fields by name. */
  constructor(values: ModelEventValues) {
    super(values);
  }
}

/** Ends of the default ranges. */
export interface RangesUpdateValues extends ModelEventValues {
  /** Start of the x range. */
  x0?: number | null;
  /** End of the x range. */
  x1?: number | null;
  /** Start of the y range. */
  y0?: number | null;
  /** End of the y range. */
  y1?: number | null;
}

/** The ranges of a plot changed: one event for what `start` and `end` of each range would tell one by one. */
export class RangesUpdate extends PlotEvent {
  /** Its name on the wire. */
  static override readonly event_name = "rangesupdate";
  /** What it carries. */
  static override readonly fields: EventFields = {
    ...PlotEvent.fields,
    x0: number,
    x1: number,
    y0: number,
    y1: number,
  };
  /** Start of the x range. */
  declare readonly x0: number | null;
  /** End of the x range. */
  declare readonly x1: number | null;
  /** Start of the y range. */
  declare readonly y0: number | null;
  /** End of the y range. */
  declare readonly y1: number | null;

  /** Makes the event out of its fields by name. */
  constructor(values: RangesUpdateValues) {
    super(values);
  }
}

/** What a {@linkcode SelectionGeometry} is made of. */
export interface SelectionGeometryValues extends ModelEventValues {
  /** The type and the coordinates. */
  geometry?: Record<string, unknown> | null;
  /** Whether it is the last of one selection; several may come while the pointer moves. */
  final?: boolean;
}

/** A region of a plot was selected. */
export class SelectionGeometry extends PlotEvent {
  /** Its name on the wire. */
  static override readonly event_name = "selectiongeometry";
  /** What it carries. */
  static override readonly fields: EventFields = { ...PlotEvent.fields, geometry: record, final: flag };
  /** The type and the coordinates of the region. */
  declare readonly geometry: Record<string, unknown> | null;
  /** Whether it is the last of one selection; several may come while the pointer moves. */
  declare readonly final: boolean;

  /** Makes the event out of its fields by name. */
  constructor(values: SelectionGeometryValues) {
    super(values);
  }
}

/** The reset tool of a plot was used. */
export class Reset extends PlotEvent {
  /** Its name on the wire. */
  static override readonly event_name = "reset";

  /** Makes the event out of its fields by name. */
  constructor(values: ModelEventValues) {
    super(values);
  }
}

registerEvents(LODStart, LODEnd, RangesUpdate, SelectionGeometry, Reset);
