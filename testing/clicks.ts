/**
 * What a browser does when a person clicks.
 *
 * @module
 */

import { type BokehEvent, ButtonClick, MenuItemClick } from "../models/events.ts";
import type { Model } from "../models/base/model.ts";

/** What a click changes and tells. */
export interface Click {
  /** The new value of `active`, where the click changes it. */
  active?: unknown;
  /** The event, where there is one. */
  event?: BokehEvent;
}

const GROUPS_OF_ONE = ["RadioGroup", "RadioButtonGroup"];
const GROUPS_OF_MANY = ["CheckboxGroup", "CheckboxButtonGroup"];
const SWITCHES = ["Toggle", "Checkbox", "Switch"];

/**
 * What a click on a model does, as BokehJS does it.
 *
 * @param item The index or the label of a group's button or a menu's item, or the item's value.
 */
export function clickOf(model: Model, item: number | string | undefined): Click {
  const isOneOf = (types: readonly string[]) => types.some((type) => model.isA(type));
  if (isOneOf(GROUPS_OF_ONE)) return clickGroup(model, () => indexOf(model, item));
  if (isOneOf(GROUPS_OF_MANY)) return clickGroup(model, () => toggled(model.get("active"), indexOf(model, item)));
  if (model.isA("Dropdown") && item !== undefined) {
    return { event: new MenuItemClick({ model, item: menuValue(model, item) }) };
  }
  const event = model.isA("AbstractButton") ? { event: new ButtonClick({ model }) } : {};
  if (isOneOf(SWITCHES)) return { active: !model.get("active"), ...event };
  if (!model.isA("AbstractButton")) {
    throw new TypeError(`Cannot click ${model}: a click on a ${model.type} does nothing; send an event or set a value`);
  }
  return event;
}

function clickGroup(model: Model, active: () => unknown): Click {
  return { active: active(), ...(model.isA("ToggleButtonGroup") ? { event: new ButtonClick({ model }) } : {}) };
}

/** The value of a menu's item that is named by its index, its label or its value. A line between items has neither. */
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

function indexOf(model: Model, item: number | string | undefined): number {
  const labels = model.get("labels");
  const index = typeof item === "string" && Array.isArray(labels) ? labels.indexOf(item) : item;
  if (typeof index === "number" && Array.isArray(labels) && index in labels) return index;
  throw new RangeError(`Cannot click ${model}: give the index or the label of one of its buttons, not ${item}`);
}

function toggled(active: unknown, index: number): number[] {
  const before: number[] = Array.isArray(active) ? active : [];
  return before.includes(index) ? before.filter((other) => other !== index) : [...before, index].sort((a, b) => a - b);
}
