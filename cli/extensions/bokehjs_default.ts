/**
 * Reads the defaults of BokehJS's properties.
 *
 * @module
 */

/**
 * Returns the representation of a default of BokehJS on the wire, undefined if it has none.
 *
 * @param value The default, as BokehJS creates it for a model.
 */
function representation(value: unknown): unknown {
  if (typeof value === "symbol" || value === undefined) return undefined;
  if (typeof value === "number" && !Number.isFinite(value)) {
    return { type: "number", value: Number.isNaN(value) ? "nan" : value > 0 ? "+inf" : "-inf" };
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return Array.from(value as ArrayLike<unknown>, representation);
  }
  if (value instanceof Map) return mapOf([...value]);
  if (value instanceof Set) return value.size === 0 ? { type: "set" } : { type: "set", entries: [...value] };
  if (isModel(value)) return modelOf(value);
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && ["field", "value", "expr"].includes(only[0])) {
    return { type: only[0], [only[0]]: representation(only[1]) };
  }
  return mapOf(entries);
}

/** A model of BokehJS. */
interface RawModel {
  readonly type: string;
  readonly _props: Readonly<Record<string, { readonly options: { readonly internal?: boolean } }>>;
  readonly dirty_attributes: Record<string, unknown>;
}

function isModel(value: object): value is RawModel {
  return "dirty_attributes" in value;
}

function mapOf(entries: readonly (readonly [unknown, unknown])[]): object {
  if (entries.length === 0) return { type: "map" };
  return { type: "map", entries: entries.map(([key, value]) => [representation(key), representation(value)]) };
}

function modelOf(model: RawModel): object {
  const sent = Object.entries(model.dirty_attributes).filter(([attr]) => !model._props[attr]?.options.internal);
  const attributes = sent.map(([attr, value]) => [attr, representation(value)]);
  const rep = { type: "object", name: model.type };
  return attributes.length === 0 ? rep : { ...rep, attributes: Object.fromEntries(attributes) };
}

/**
 * Returns the representation of a property's default, undefined if it has none or is computed from
 * other attributes.
 *
 * @param model A model without attributes.
 * @param makeDefault The function that returns the default.
 */
export function defaultOf(model: object, makeDefault: (model: object) => unknown): unknown {
  try {
    return representation(makeDefault(model));
  } catch (error) {
    // Some defaults are computed from other attributes, which are not set here.
    if (error instanceof Error && error.message.endsWith("is unset")) return undefined;
    throw error;
  }
}

/** Returns whether the type of a property makes it an alias of another. */
export function isAlias(type: unknown): type is { attr: string } {
  return typeof type === "object" && type?.constructor.name === "PropertyAlias";
}
