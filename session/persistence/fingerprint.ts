/**
 * The shape of a fresh document. It shows whether an application that runs again creates the same
 * models.
 *
 * @module
 */

import { isModelRep, type ModelRep } from "../../document/wire/model_rep.ts";
import type { DocJson } from "../../protocol/message.ts";
import { digest } from "./digest.ts";

/**
 * Returns the digest of a document's models: their ids, types, names and references, without other
 * values.
 *
 * @param version Version of the application. Documents of different versions have different shapes.
 */
export function fingerprintOf(doc: DocJson, version: string): string {
  return digest([new TextEncoder().encode(version + textOf(doc))]);
}

/** Returns the shape in the digest of a fresh document, which consists of base and shape. */
export function shapeOf(digest: string): string {
  return digest.slice(digest.indexOf(".") + 1);
}

function textOf(doc: DocJson): string {
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
