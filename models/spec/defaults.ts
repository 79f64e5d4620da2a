/**
 * Creates the default values of properties.
 *
 * @module
 */

import { nullPrototypeObject } from "../../common/null_prototype_object.ts";
import { makeModel } from "../spec/registry.ts";
import { Expr, Field, Value } from "../values/values.ts";

/** The representation of a value on the wire. */
type Rep = { readonly type?: unknown; readonly [key: string]: unknown };

/** Creates a default. Each call creates new models and containers. */
type Factory = () => unknown;

/**
 * Returns a function that creates a default.
 *
 * @param rep The representation of the default on the wire, as in `gen/spec.jsonl`.
 */
export function compileDefault(rep: unknown): Factory {
  if (typeof rep !== "object" || rep === null) return () => rep;
  if (Array.isArray(rep)) {
    const items = rep.map(compileDefault);
    return () => items.map((item) => item());
  }
  const form = rep as Rep;
  switch (form.type) {
    case "object":
      return compileModel(form);
    case "number": {
      const value = form.value === "nan" ? NaN : form.value === "-inf" ? -Infinity : Infinity;
      return () => value;
    }
    case "map":
      return compileMap(form.entries as [unknown, unknown][] | undefined ?? []);
    case "set": {
      const items = (form.entries as unknown[] | undefined ?? []).map(compileDefault);
      return () => new Set(items.map((item) => item()));
    }
    case "value": {
      const value = compileDefault(form.value);
      return () => new Value(value(), unitsOf(form));
    }
    case "field":
      return () => new Field(form.field as string, unitsOf(form));
    case "expr": {
      const expr = compileDefault(form.expr);
      return () => new Expr(expr(), unitsOf(form));
    }
    default: {
      const fields = compileFields(form);
      return () => make(fields);
    }
  }
}

function unitsOf(form: Rep): { units: string } | undefined {
  return form.units === undefined ? undefined : { units: form.units as string };
}

function compileFields(record: object): [name: string, make: Factory][] {
  return Object.entries(record).map(([name, rep]) => [name, compileDefault(rep)]);
}

function make(fields: readonly [string, Factory][]): Record<string, unknown> {
  const made: Record<string, unknown> = {};
  for (const [name, factory] of fields) made[name] = factory();
  return made;
}

function compileModel(form: Rep): Factory {
  const type = form.name as string;
  const attributes = compileFields(form.attributes as object | undefined ?? {});
  return () => makeModel(type, attributes.length === 0 ? undefined : make(attributes));
}

function compileMap(entries: readonly [unknown, unknown][]): Factory {
  const compiled = entries.map(([key, value]) => [compileDefault(key)(), compileDefault(value)] as const);
  if (compiled.some(([key]) => typeof key !== "string")) {
    return () => new Map(compiled.map(([key, factory]) => [key, factory()]));
  }
  return () => {
    const record = nullPrototypeObject();
    for (const [key, factory] of compiled) record[key as string] = factory();
    return record;
  };
}
