/**
 * What people have set widgets to, carried over into the document of an application that has changed.
 *
 * @module
 */

import type { Document } from "../../document/document.ts";

/** Properties that people change with widgets. */
const ATTRIBUTES = ["value", "active", "color"];

/** Values of widgets by what tells a widget from the others: its class, its name or label, and its place among equals. */
export type WidgetValues = ReadonlyMap<string, unknown>;

/** The values that the widgets of a document have. */
export function widgetValues(doc: Document): WidgetValues {
  return new Map([...places(doc)].map(([key, { read }]) => [key, read()]));
}

/** Those values that are others than they were. */
export function changedValues(now: WidgetValues, before: WidgetValues): WidgetValues {
  return new Map([...now].filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before.get(key))));
}

/** Sets the widgets of a document to values, as far as it has such widgets and they take them. */
export function setWidgetValues(doc: Document, values: WidgetValues): void {
  const found = places(doc);
  for (const [key, value] of values) {
    try {
      found.get(key)?.write(value);
    } catch (error) {
      // what the widget took yesterday it need not take today
      if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    }
  }
}

interface Place {
  read(): unknown;
  write(value: unknown): void;
}

function places(doc: Document): Map<string, Place> {
  const found = new Map<string, Place>();
  for (const model of doc.models) {
    if (!model.isA("Widget") && !model.isA("Tabs")) continue;
    const properties = new Set(model.properties());
    const text = ["title", "label"].find((name) => properties.has(name));
    const label = model.name ?? (text === undefined ? "" : model.get(text));
    // a required attribute has no default: the file of a FileInput before the user chooses one
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
