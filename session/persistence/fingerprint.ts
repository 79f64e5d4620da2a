/**
 * Digests of a fresh document. They show whether an application that runs again creates the same
 * document.
 *
 * @module
 */

import { isModelRep, type ModelRep } from "../../document/wire/model_rep.ts";
import type { DocJson, WireBuffer } from "../../protocol/message.ts";
import { digest } from "./digest.ts";

const encoder = new TextEncoder();

/** Digests of a document. */
interface Fingerprint {
  /** Digest of the whole document with its binary arrays: equal documents have equal bases. */
  readonly base: string;
  /**
   * Digest of the document's models: their ids, types, names and references, without other values.
   */
  readonly shape: string;
}

/**
 * Returns the digests of a document.
 *
 * @param version Version of the application. Documents of different versions have different shapes.
 */
export async function fingerprintOf(
  doc: DocJson,
  buffers: readonly WireBuffer[],
  version: string,
): Promise<Fingerprint> {
  const [base, shape] = await Promise.all([baseOf(doc, buffers), digest([encoder.encode(version + shapeText(doc))])]);
  return { base, shape };
}

/** Returns the shape in the digest of a fresh document, which consists of base and shape. */
export function shapeOf(digest: string): string {
  return digest.slice(digest.indexOf(".") + 1);
}

async function baseOf(doc: DocJson, buffers: readonly WireBuffer[]): Promise<string> {
  // The ids of buffers differ between processes. They are replaced by the buffers' positions.
  const places = new Map(buffers.map(({ id }, place) => [id, `#${place}`]));
  const text = JSON.stringify(doc, (key, value) => key === "id" && places.get(value) || value);
  return await digest([encoder.encode(text), ...buffers.map(({ data }) => data)]);
}

function shapeText(doc: DocJson): string {
  const lines: string[] = [];
  const visit = (rep: unknown, references: string[]): void => {
    if (typeof rep !== "object" || rep === null) return;
    if ("type" in rep && rep.type === "bytes") return; // its id is the id of a buffer
    if (isModelRep(rep)) {
      references.push(rep.id);
      lines.push(lineOf(rep, visit));
    } else if ("id" in rep && typeof rep.id === "string" && Object.keys(rep).length === 1) {
      references.push(rep.id);
    } else {
      for (const value of Object.values(rep)) visit(value, references);
    }
  };
  const roots: string[] = [];
  for (const root of doc.roots) visit(root, roots);
  visit(doc.config, roots);
  return [roots.join(), ...lines.sort()].join("\n");
}

function lineOf(rep: ModelRep, visit: (rep: unknown, references: string[]) => void): string {
  const references: string[] = [];
  for (const value of Object.values(rep.attributes ?? {})) visit(value, references);
  return [rep.id, rep.name, rep.attributes?.name ?? "", references.sort().join()].join(":");
}
