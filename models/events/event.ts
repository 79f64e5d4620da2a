/**
 * The base of all events.
 *
 * @module
 */

/** Tells whether a value fits a field of an event, and how to name what does. */
export interface EventField {
  /** What fits, for error texts. */
  readonly expected: string;
  /** Whether the field may be left out; it is null then, or `otherwise`. */
  readonly optional: boolean;
  /** What stands for a field that is left out. */
  readonly otherwise?: unknown;
  /** Whether a value fits. */
  fits(value: unknown): boolean;
}

/** The fields of a class of events, by name. */
export type EventFields = Readonly<Record<string, EventField>>;

/** A class of events. */
export interface EventClass<E extends BokehEvent = BokehEvent> {
  /** Its name on the wire, empty for bases. */
  readonly event_name: string;
  /** Its fields, inherited ones first. */
  readonly fields: EventFields;
  /** The class itself; its instances tell what callbacks get. */
  readonly prototype: E;
  /** Makes an event of untyped values, as they come over the wire. Throws a TypeError where one does not fit. */
  fromValues(values: Readonly<Record<string, unknown>>): BokehEvent;
}

/** Something that happened in a browser, or that a browser is told. */
export abstract class BokehEvent {
  /** Name on the wire; empty for classes that are only bases. */
  static readonly event_name: string = "";
  /** The fields of the class, inherited ones first. */
  static readonly fields: EventFields = {};

  /** Makes the event out of its fields by name. */
  constructor(values: object) {
    const cls = this.constructor as unknown as EventClass;
    for (const [name, field] of Object.entries(cls.fields)) {
      const given = Object.hasOwn(values, name) ? Reflect.get(values, name) : undefined;
      const value = given === undefined && field.optional ? field.otherwise ?? null : given;
      if (!(field.optional && value === null) && !field.fits(value)) {
        throw new TypeError(
          `Cannot make ${this.constructor.name}.${name} of a ${typeName(value)}: expected ${field.expected}`,
        );
      }
      Object.defineProperty(this, name, { value, enumerable: true });
    }
  }

  /** Name on the wire. */
  get event_name(): string {
    return (this.constructor as unknown as EventClass).event_name;
  }

  /** The fields by name, as they go over the wire. */
  event_values(): Record<string, unknown> {
    return Object.fromEntries(Object.entries(this));
  }

  /**
   * Makes an event of untyped values, as they come over the wire.
   *
   * @param values The fields by name. Throws a TypeError where one is missing or does not fit; others are left alone.
   */
  static fromValues(values: Readonly<Record<string, unknown>>): BokehEvent {
    return Reflect.construct(this, [values]) as BokehEvent;
  }
}

/** An event of a whole document. */
export abstract class DocumentEvent extends BokehEvent {}

function typeName(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return Array.isArray(value) ? "list" : typeof value;
}
