/**
 * Simulated actions of users: computes the changes and events that BokehJS sends for a click, and
 * for files that a user chooses.
 *
 * @module
 */

import { type BokehEvent, ButtonClick, MenuItemClick } from "../models/events.ts";
import type { FileInput } from "../models/mod.ts";
import type { Model } from "../models/base/model.ts";

/** The change and the event that BokehJS sends for a click. */
interface Click {
  /** The new value of the attribute `active`; absent if the click does not change it. */
  active?: unknown;
  /** The event that the click sends; absent if it sends none. */
  event?: BokehEvent;
}

const SINGLE_CHOICE_GROUPS = ["RadioGroup", "RadioButtonGroup"];
const MULTIPLE_CHOICE_GROUPS = ["CheckboxGroup", "CheckboxButtonGroup"];
const SWITCHES = ["Toggle", "Checkbox", "Switch"];

/**
 * Returns the change and the event that BokehJS sends for a click on a model. Does not change the
 * model.
 *
 * @param item Index or label of a group's button, or index, label or value of a menu's item.
 * Without it, a click on a `Dropdown` is a click on the button itself.
 * @throws {TypeError} If a click on the model has no effect.
 * @throws {RangeError} If the group or menu has no such item.
 */
export function clickOf(model: Model, item: number | string | undefined): Click {
  const isOneOf = (types: readonly string[]) => types.some((type) => model.isA(type));
  if (isOneOf(SINGLE_CHOICE_GROUPS)) return clickGroup(model, () => indexOf(model, item));
  if (isOneOf(MULTIPLE_CHOICE_GROUPS)) {
    return clickGroup(model, () => toggled(model.get("active"), indexOf(model, item)));
  }
  if (model.isA("Dropdown") && item !== undefined) {
    return { event: new MenuItemClick({ model, item: menuValue(model, item) }) };
  }
  const event = model.isA("AbstractButton") ? { event: new ButtonClick({ model }) } : {};
  if (isOneOf(SWITCHES)) return { active: !model.get("active"), ...event };
  if (!model.isA("AbstractButton")) {
    throw new TypeError(
      `Cannot click ${model}: a click on a ${model.type} has no effect; send an event or set a value`,
    );
  }
  return event;
}

function clickGroup(model: Model, active: () => unknown): Click {
  return { active: active(), ...(model.isA("ToggleButtonGroup") ? { event: new ButtonClick({ model }) } : {}) };
}

/**
 * Returns the value of the menu item with an index, label or value. An item is a pair of label and
 * value, or a text that is both. Separators (null) count in indices, but cannot be clicked.
 *
 * @throws {RangeError} If the menu has no such item.
 */
function menuValue(model: Model, item: number | string): string {
  const entries: unknown[] = [model.get("menu")].flat();
  const found = typeof item === "number"
    ? entries[item]
    : entries.find((entry) => entry !== null && [entry].flat().includes(item));
  const value = Array.isArray(found) ? found[1] : found;
  if (typeof value === "string") return value;
  throw new RangeError(
    `Cannot click ${model}: give the index, the label or the value of one of its items, not ${item}`,
  );
}

/**
 * Returns the index of the button with an index or label in a group.
 *
 * @throws {RangeError} If the group has no such button.
 */
function indexOf(model: Model, item: number | string | undefined): number {
  const labels = model.get("labels");
  const index = typeof item === "string" && Array.isArray(labels) ? labels.indexOf(item) : item;
  if (typeof index === "number" && Array.isArray(labels) && index in labels) return index;
  throw new RangeError(`Cannot click ${model}: give the index or the label of one of its buttons, not ${item}`);
}

/** Returns the sorted indices of the active buttons after a click on one of them. */
function toggled(active: unknown, index: number): number[] {
  const before: number[] = Array.isArray(active) ? active : [];
  return before.includes(index) ? before.filter((other) => other !== index) : [...before, index].sort((a, b) => a - b);
}

/**
 * The new values of a `FileInput`: strings if it accepts one file, lists of strings with an item
 * per file if it accepts several.
 */
interface ChosenFiles {
  /** Contents in base64. */
  readonly value: string | string[];
  /** File names. */
  readonly filename: string | string[];
  /** MIME types. */
  readonly mime_type: string | string[];
}

/**
 * Reads files and returns the values that BokehJS sets when a user chooses them in a `FileInput`.
 *
 * @param files The files. If there are none, the values are empty, as after clearing the input.
 * @throws {RangeError} If there are several files, and neither `multiple` nor `directory` is set.
 */
export async function readChosenFiles(input: FileInput, files: readonly File[]): Promise<ChosenFiles> {
  if (input.multiple !== true && input.directory !== true) {
    if (files.length > 1) {
      throw new RangeError(`Cannot upload ${files.length} files to ${input}: it accepts one, set multiple`);
    }
    const [file] = files;
    if (file === undefined) return { value: "", filename: "", mime_type: "" };
    return { value: await base64(file), filename: file.name, mime_type: file.type };
  }
  return {
    value: await Promise.all(files.map(base64)),
    filename: files.map(({ name }) => name),
    mime_type: files.map(({ type }) => type),
  };
}

async function base64(file: File): Promise<string> {
  return (await file.bytes()).toBase64();
}
