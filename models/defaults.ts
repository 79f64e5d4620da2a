/**
 * Makes default values of what the generated table says of them.
 *
 * @module
 */

import { makeModel } from "./make_model.ts";
import { Expr, Field, Value } from "./values.ts";

type Rep = { readonly type?: unknown; readonly [key: string]: unknown };

/**
 * Makes a default of its wire representation. Models are made anew at each call.
 *
 * @param rep The representation, as in `gen/spec.json`.
 */
export function decodeDefault(rep: unknown): unknown {
  if (typeof rep !== "object" || rep === null) return rep;
  if (Array.isArray(rep)) return rep.map(decodeDefault);
  const form = rep as Rep;
  switch (form.type) {
    case "object":
      return decodeModel(form);
    case "number":
      return form.value === "nan" ? NaN : form.value === "-inf" ? -Infinity : Infinity;
    case "map":
      return decodeMap(form.entries as [unknown, unknown][] | undefined);
    case "set":
      return new Set((form.entries as unknown[] | undefined ?? []).map(decodeDefault));
    case "value":
      return new Value(decodeDefault(form.value), unitsOf(form));
    case "field":
      return new Field(form.field as string, unitsOf(form));
    case "expr":
      return new Expr(decodeDefault(form.expr), unitsOf(form));
    default:
      return Object.fromEntries(Object.entries(form).map(([key, value]) => [key, decodeDefault(value)]));
  }
}

function unitsOf(form: Rep): { units: string } | undefined {
  return form.units === undefined ? undefined : { units: form.units as string };
}

function decodeModel(form: Rep): unknown {
  const attributes = Object.entries(form.attributes as Record<string, unknown> | undefined ?? {});
  return makeModel(
    form.name as string,
    Object.fromEntries(attributes.map(([attr, value]) => [attr, decodeDefault(value)])),
  );
}

function decodeMap(entries: readonly [unknown, unknown][] | undefined): unknown {
  const decoded = (entries ?? []).map(([key, value]) => [decodeDefault(key), decodeDefault(value)] as const);
  if (decoded.some(([key]) => typeof key !== "string")) return new Map(decoded);
  const record = Object.create(null);
  for (const [key, value] of decoded) record[key as string] = value;
  return record;
}
