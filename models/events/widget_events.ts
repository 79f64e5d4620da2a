/**
 * Events of widgets, axes, legends and menus.
 *
 * @module
 */

import type { Model } from "../base/model.ts";
import type { EventFields } from "./event.ts";
import { registerEvents } from "./event_registry.ts";
import { optionalText, place, text, textOrTexts } from "./fields.ts";
import { ModelEvent, type ModelEventValues, modelField } from "./model_event.ts";

/** An axis was clicked. */
export class AxisClick extends ModelEvent {
  /** Its name on the wire. */
  static override readonly event_name = "axis_click";
  /** What it carries. */
  static override readonly fields: EventFields = { model: modelField("Axis"), value: place };
  /** Where: a number (on a log axis the decade), or the nearest factor. */
  declare readonly value: number | string | string[] | null;

  /** Makes the event out of its fields by name. */
  constructor(values: ModelEventValues & { value?: number | string | string[] | null }) {
    super(values);
  }
}

/** A button was clicked. */
export class ButtonClick extends ModelEvent {
  /** Its name on the wire. */
  static override readonly event_name = "button_click";
  /** What it carries. */
  static override readonly fields: EventFields = { model: modelField("AbstractButton", "ToggleButtonGroup") };

  /** Makes the event out of its fields by name. */
  constructor(values: ModelEventValues) {
    super(values);
  }
}

/** What a {@linkcode FileInputChange} is made of. */
export interface FileInputChangeValues extends ModelEventValues {
  /** The content of the file in base64, of each file where there may be several. */
  value: string | string[];
  /** The name of the file, or the names. */
  filename: string | string[];
  /** The type of the file, or the types. */
  mime_type: string | string[];
}

/** Files were chosen. */
export class FileInputChange extends ModelEvent {
  /** Its name on the wire. */
  static override readonly event_name = "file_input_change";
  /** What it carries. */
  static override readonly fields: EventFields = {
    model: modelField("FileInput"),
    value: textOrTexts,
    filename: textOrTexts,
    mime_type: textOrTexts,
  };
  /** The content of the file in base64, of each file where there may be several. */
  declare readonly value: string | string[];
  /** The name of the file, or the names. */
  declare readonly filename: string | string[];
  /** The type of the file, or the types. */
  declare readonly mime_type: string | string[];

  /** Makes the event out of its fields by name. */
  constructor(values: FileInputChangeValues) {
    super(values);
  }
}

/** An item of a legend was clicked. */
export class LegendItemClick extends ModelEvent {
  /** Its name on the wire. */
  static override readonly event_name = "legend_item_click";
  /** What it carries. */
  static override readonly fields: EventFields = { ...ModelEvent.fields, item: modelField("LegendItem") };
  /** The item. */
  declare readonly item: Model | null;

  /** Makes the event out of its fields by name. */
  constructor(values: ModelEventValues & { item: Model | null }) {
    super(values);
  }
}

/** An item of a menu was clicked. */
export class MenuItemClick extends ModelEvent {
  /** Its name on the wire. */
  static override readonly event_name = "menu_item_click";
  /** What it carries. */
  static override readonly fields: EventFields = { ...ModelEvent.fields, item: optionalText };
  /** The item's value. */
  declare readonly item: string | null;

  /** Makes the event out of its fields by name. */
  constructor(values: ModelEventValues & { item?: string | null }) {
    super(values);
  }
}

/** A text was entered with the enter key. */
export class ValueSubmit extends ModelEvent {
  /** Its name on the wire. */
  static override readonly event_name = "value_submit";
  /** What it carries. */
  static override readonly fields: EventFields = { model: modelField("TextInput"), value: text };
  /** The text. */
  declare readonly value: string;

  /** Makes the event out of its fields by name. */
  constructor(values: ModelEventValues & { value: string }) {
    super(values);
  }
}

/** Tells a browser to empty an input. */
export class ClearInput extends ModelEvent {
  /** Its name on the wire. */
  static override readonly event_name = "clear_input";
  /** What it carries. */
  static override readonly fields: EventFields = { model: modelField("InputWidget") };

  /** Makes the event out of its fields by name. */
  constructor(values: ModelEventValues) {
    super(values);
  }
}

registerEvents(AxisClick, ButtonClick, FileInputChange, LegendItemClick, MenuItemClick, ValueSubmit, ClearInput);
