import baseline from "./python_baseline.json" with { type: "json" };

/** The preferred names of enumerations that have several names in Python. */
const PREFERRED = new Set(["DashPattern", "LegendLocation", "Location", "SizingMode", "TextAlign"]);

/** The names of classes and enumerations in TypeScript. */
export class Names {
  readonly #classes = new Map<string, string>();
  readonly #enums = new Map<string, string>();
  /** The enumerations that {@linkcode enumOf} has returned, by name. */
  readonly enums = new Map<string, readonly string[]>();

  /** @param models The names of all models on the wire. */
  constructor(models: Iterable<string>) {
    const types = [...models];
    const plain = new Set(types.filter((type) => !type.includes(".")));
    for (const type of types) {
      const last = type.slice(type.lastIndexOf(".") + 1);
      // The module bokeh.models.dom also has classes named Div, Span and Text.
      this.#classes.set(type, type !== last && plain.has(last) ? `DOM${last}` : last);
    }
    const taken = new Set(this.#classes.values());
    for (const [name, values] of Object.entries(baseline.enums)) {
      const key = JSON.stringify([...values].sort());
      if (taken.has(name) || this.#enums.has(key) && !PREFERRED.has(name)) continue;
      this.#enums.set(key, name);
    }
  }

  /** Returns the name of the class of a type on the wire. */
  classOf(type: string): string {
    return this.#classes.get(type) ?? type;
  }

  /** Returns the name of an enumeration, undefined if it has none. */
  enumOf(values: readonly (string | number)[]): string | undefined {
    const texts = values.map(String);
    const name = this.#enums.get(JSON.stringify(texts.toSorted()));
    if (name !== undefined) this.enums.set(name, texts);
    return name;
  }
}
