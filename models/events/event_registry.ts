/**
 * Registry of event classes by name.
 *
 * @module
 */

import type { EventClass } from "./event.ts";

const classes = new Map<string, EventClass>();

/**
 * Registers event classes, so that events with their names can be received and handled with
 * `on_event`.
 *
 * @param added Classes with an `event_name`. A class replaces a registered class of the same name.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { event_class, ModelEvent, registerEvents } from "@bokeh/server/events";
 *
 * class Swipe extends ModelEvent {
 *   static override readonly event_name = "swipe";
 * }
 * registerEvents(Swipe);
 * assertEquals(event_class("swipe"), Swipe);
 * ```
 */
export function registerEvents(...added: EventClass[]): void {
  for (const cls of added) classes.set(cls.event_name, cls);
}

/**
 * Returns the event class of a name, or undefined if no event has that name.
 *
 * @param name Name of the event on the wire, such as `"button_click"`.
 */
export function event_class(name: string): EventClass | undefined {
  return classes.get(name);
}

/** Returns the names of all registered events. */
export function event_names(): string[] {
  return [...classes.keys()];
}
