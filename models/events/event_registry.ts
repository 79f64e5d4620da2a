/**
 * The classes of events by name.
 *
 * @module
 */

import type { EventClass } from "./event.ts";

const classes = new Map<string, EventClass>();

/**
 * Makes classes of events known by their names.
 *
 * @param added Classes that have an `event_name`. An application may add its own.
 */
export function registerEvents(...added: EventClass[]): void {
  for (const cls of added) classes.set(cls.event_name, cls);
}

/**
 * The class of events of a name.
 *
 * @param name The name on the wire, for example `"button_click"`.
 * @returns The class, or undefined where no event has that name.
 */
export function event_class(name: string): EventClass | undefined {
  return classes.get(name);
}

/** The names of all events. */
export function event_names(): string[] {
  return [...classes.keys()];
}
