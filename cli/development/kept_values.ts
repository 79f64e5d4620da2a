/**
 * Carries widget values that users have changed over to the document of a reloaded application.
 *
 * @module
 */

import type { Document } from "../../document/document.ts";

/** Properties that users change with widgets. */
const ATTRIBUTES = ["value", "active", "color"];

/**
 * Widget values by key: class, name or label, property, and the index among widgets that are equal
 * in those.
 */
export type WidgetValues = ReadonlyMap<string, unknown>;

/** Returns the current values of the widgets of a document. */
export function widgetValues(doc: Document): WidgetValues {
  return new Map([...widgetProperties(doc)].map(([key, { read }]) => [key, read()]));
}

/** Returns the values in `now` that differ from those in `before`. */
export function changedValues(now: WidgetValues, before: WidgetValues): WidgetValues {
  return new Map([...now].filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before.get(key))));
}

/**
 * Sets widgets of a document. Ignores values without a widget, and values that the widget rejects.
 */
export function setWidgetValues(doc: Document, values: WidgetValues): void {
  const found = widgetProperties(doc);
  for (const [key, value] of values) {
    try {
      found.get(key)?.write(value);
    } catch (error) {
      // The widget of the new version can accept other values.
      if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    }
  }
}

/** Access to a property of a widget. */
interface WidgetProperty {
  read(): unknown;
  write(value: unknown): void;
}

function widgetProperties(doc: Document): Map<string, WidgetProperty> {
  const found = new Map<string, WidgetProperty>();
  for (const model of doc.models) {
    if (!model.isA("Widget") && !model.isA("Tabs")) continue;
    const properties = new Set(model.properties());
    const text = ["title", "label"].find((name) => properties.has(name));
    const label = model.name ?? (text === undefined ? "" : model.get(text));
    // A required property has no default and can be unset, such as the file of a FileInput before
    // the user chooses one.
    const isUnset = (attribute: string) =>
      model.spec.property(attribute)?.required === true && model.rawValue(attribute) === undefined;
    for (const attribute of ATTRIBUTES.filter((name) => properties.has(name))) {
      const key = (count: number) => JSON.stringify([model.type, label, attribute, count]);
      let count = 0;
      while (found.has(key(count))) count++;
      found.set(key(count), {
        read: () => isUnset(attribute) ? undefined : model.get(attribute),
        write: (value) => model.set(attribute, value),
      });
    }
  }
  return found;
}
