/**
 * Describes what differs between two documents, for people.
 *
 * @module
 */

import type { DocJson } from "../protocol/message.ts";
import { isModelRep } from "./wire/model_rep.ts";

/** Maximum length of a value in a description, in characters. */
const MAX_VALUE_LENGTH = 60;

/** The models of a document, without nesting. */
interface FlatDocument {
  readonly roots: readonly string[];
  /** Types and attributes by id. Models in attributes are replaced by references. */
  readonly models: ReadonlyMap<string, FlatModel>;
}

interface FlatModel {
  readonly type: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * Returns a line for each difference between two documents, such as
 * `Slider(p1001).value: 1 became 2`. Returns no lines if they are equal.
 *
 * @param isIgnored Returns whether an attribute is not compared. By default all are compared.
 */
export function describeDifferences(
  before: DocJson,
  after: DocJson,
  isIgnored: (id: string, attr: string) => boolean = () => false,
): string[] {
  const [old, now] = [flattenDocument(before), flattenDocument(after)];
  const lines: string[] = [];
  if (before.title !== after.title) lines.push(`title: ${shown(before.title)} became ${shown(after.title)}`);
  if (old.roots.join() !== now.roots.join()) lines.push(`roots: ${shown(old.roots)} became ${shown(now.roots)}`);
  for (const [id, model] of old.models) {
    const other = now.models.get(id);
    if (other === undefined) lines.push(`${model.type}(${id}): it is missing`);
    else if (other.type !== model.type) lines.push(`${model.type}(${id}): it became ${other.type}`);
    else lines.push(...attributeLines(id, model, other, isIgnored));
  }
  for (const [id, { type }] of now.models) if (!old.models.has(id)) lines.push(`${type}(${id}): it is new`);
  return lines;
}

function attributeLines(
  id: string,
  { type, attributes: old }: FlatModel,
  { attributes: now }: FlatModel,
  isIgnored: (id: string, attr: string) => boolean,
): string[] {
  const attrs = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return attrs.filter((attr) => !isIgnored(id, attr) && JSON.stringify(old[attr]) !== JSON.stringify(now[attr]))
    .map((attr) => `${type}(${id}).${attr}: ${shown(old[attr])} became ${shown(now[attr])}`);
}

/** Returns the models of a document by their ids, with references in place of nested models. */
export function flattenDocument({ roots, config }: DocJson): FlatDocument {
  const models = new Map<string, FlatModel>();
  const visit = (rep: unknown): unknown => {
    if (typeof rep !== "object" || rep === null) return rep;
    if (Array.isArray(rep)) return rep.map(visit);
    if (!isModelRep(rep)) return Object.fromEntries(Object.entries(rep).map(([key, value]) => [key, visit(value)]));
    const { id, name: type, attributes = {} } = rep;
    models.set(id, { type, attributes: visit(attributes) as Record<string, unknown> });
    return { id };
  };
  const ids = roots.map((root) => (visit(root) as { id: string }).id);
  visit(config);
  return { roots: ids, models };
}

function shown(value: unknown): string {
  const text = value === undefined ? "its default" : JSON.stringify(value);
  return text.length <= MAX_VALUE_LENGTH ? text : `${text.slice(0, MAX_VALUE_LENGTH)}…`;
}
