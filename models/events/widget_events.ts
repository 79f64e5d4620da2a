/**
 * Events of widgets, axes, legends and menus.
 *
 * @module
 */

import type { Model } from "../base/model.ts";
import type { EventFields } from "./event.ts";
import { registerEvents } from "./event_registry.ts";
import { optionalString, place, stringOrStrings, text } from "./fields.ts";
import { ModelEvent, type ModelEventValues, modelField } from "./model_event.ts";

/** An axis was clicked. */
export class AxisClick extends ModelEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "axis_click";
  /** Fields of the event. */
  static override readonly fields: EventFields = { model: modelField("Axis"), value: place };
  /** Position on the axis: a number (on a logarithmic axis the decade), or the nearest factor. */
  declare readonly value: number | string | string[] | null;

  /** Creates the event from its field values. */
  constructor(values: ModelEventValues & { value?: number | string | string[] | null }) {
    super(values);
  }
}

/** A button was clicked. */
export class ButtonClick extends ModelEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "button_click";
  /** Fields of the event. */
  static override readonly fields: EventFields = { model: modelField("AbstractButton", "ToggleButtonGroup") };

  /** Creates the event from its field values. */
  constructor(values: ModelEventValues) {
    super(values);
  }
}

/** Field values of a {@linkcode FileInputChange}. */
export interface FileInputChangeValues extends ModelEventValues {
  /** Content of the file in base64; an array if the input accepts several files. */
  value: string | string[];
  /** Name of the file; an array if the input accepts several files. */
  filename: string | string[];
  /** MIME type of the file; an array if the input accepts several files. */
  mime_type: string | string[];
}

/** Files were chosen in a file input. */
export class FileInputChange extends ModelEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "file_input_change";
  /** Fields of the event. */
  static override readonly fields: EventFields = {
    model: modelField("FileInput"),
    value: stringOrStrings,
    filename: stringOrStrings,
    mime_type: stringOrStrings,
  };
  /** Content of the file in base64; an array if the input accepts several files. */
  declare readonly value: string | string[];
  /** Name of the file; an array if the input accepts several files. */
  declare readonly filename: string | string[];
  /** MIME type of the file; an array if the input accepts several files. */
  declare readonly mime_type: string | string[];

  /** Creates the event from its field values. */
  constructor(values: FileInputChangeValues) {
    super(values);
  }
}

/** An item of a legend was clicked. */
export class LegendItemClick extends ModelEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "legend_item_click";
  /** Fields of the event. */
  static override readonly fields: EventFields = { ...ModelEvent.fields, item: modelField("LegendItem") };
  /** The legend item. */
  declare readonly item: Model | null;

  /** Creates the event from its field values. */
  constructor(values: ModelEventValues & { item: Model | null }) {
    super(values);
  }
}

/** An item of a menu was clicked. */
export class MenuItemClick extends ModelEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "menu_item_click";
  /** Fields of the event. */
  static override readonly fields: EventFields = { ...ModelEvent.fields, item: optionalString };
  /** Value of the menu item. */
  declare readonly item: string | null;

  /** Creates the event from its field values. */
  constructor(values: ModelEventValues & { item?: string | null }) {
    super(values);
  }
}

/** A text input was submitted with the enter key. */
export class ValueSubmit extends ModelEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "value_submit";
  /** Fields of the event. */
  static override readonly fields: EventFields = { model: modelField("TextInput"), value: text };
  /** The submitted text. */
  declare readonly value: string;

  /** Creates the event from its field values. */
  constructor(values: ModelEventValues & { value: string }) {
    super(values);
  }
}

/** Instructs the browsers to clear an input. The server sends it. */
export class ClearInput extends ModelEvent {
  /** Name of the event on the wire. */
  static override readonly event_name = "clear_input";
  /** Fields of the event. */
  static override readonly fields: EventFields = { model: modelField("InputWidget") };

  /** Creates the event from its field values. */
  constructor(values: ModelEventValues) {
    super(values);
  }
}

registerEvents(AxisClick, ButtonClick, FileInputChange, LegendItemClick, MenuItemClick, ValueSubmit, ClearInput);
