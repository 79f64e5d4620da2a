/**
 * Base classes of events, and the description of their fields.
 *
 * @module
 */

/** Type of a field of an event. */
export interface EventField {
  /** Description of the accepted values, for error messages. */
  readonly expected: string;
  /** Whether the field may be missing or null. */
  readonly optional: boolean;
  /** Value of a missing field. @default {null} */
  readonly defaultValue?: unknown;
  /** Returns whether the field accepts a value. */
  fits(value: unknown): boolean;
}

/** Fields of an event class, by name. */
export type EventFields = Readonly<Record<string, EventField>>;

/** An event class, as `on_event` accepts it. */
export interface EventClass<E extends BokehEvent = BokehEvent> {
  /** Name of the event on the wire; empty for base classes. */
  readonly event_name: string;
  /** Fields of the event, inherited fields first. */
  readonly fields: EventFields;
  /** Prototype, from which the type of the callback's argument is inferred. */
  readonly prototype: E;
  /**
   * Creates an event from field values that were received.
   *
   * @throws {TypeError} If a field is missing or does not accept its value.
   */
  fromValues(values: Readonly<Record<string, unknown>>): BokehEvent;
}

/**
 * Base class of all events: of those that browsers send to the server, and of those that the server
 * sends to browsers.
 */
export abstract class BokehEvent {
  /** Name of the event on the wire; empty for base classes. */
  static readonly event_name: string = "";
  /** Fields of the event, inherited fields first. */
  static readonly fields: EventFields = {};

  /** Creates the event from its field values. */
  constructor(values: object) {
    const cls = this.constructor as unknown as EventClass;
    for (const [name, field] of Object.entries(cls.fields)) {
      const given = Object.hasOwn(values, name) ? Reflect.get(values, name) : undefined;
      const value = given === undefined && field.optional ? field.defaultValue ?? null : given;
      if (!(field.optional && value === null) && !field.fits(value)) {
        throw new TypeError(
          `Cannot set ${this.constructor.name}.${name} to a value of type ${
            typeName(value)
          }: expected ${field.expected}`,
        );
      }
      Object.defineProperty(this, name, { value, enumerable: true });
    }
  }

  /** Name of the event on the wire. */
  get event_name(): string {
    return (this.constructor as unknown as EventClass).event_name;
  }

  /** Returns the field values by name. */
  event_values(): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this));
  }

  /**
   * Creates an event from field values that were received.
   *
   * @param values Values by field name. Unknown names are ignored.
   * @throws {TypeError} If a field is missing or does not accept its value.
   */
  static fromValues(values: Readonly<Record<string, unknown>>): BokehEvent {
    return Reflect.construct(this, [values]) as BokehEvent;
  }
}

/** Base class of events of a document. */
export abstract class DocumentEvent extends BokehEvent {}

function typeName(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return Array.isArray(value) ? "list" : typeof value;
}
