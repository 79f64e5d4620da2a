/**
 * Digests of a fresh document. They show whether an application that runs again creates the same
 * document.
 *
 * @module
 */

import type { DocJson, WireBuffer } from "../../protocol/message.ts";
import { isModelRep, type ModelRep } from "./model_rep.ts";

const encoder = new TextEncoder();
/** Characters of a digest: 132 bits. */
const DIGEST_LENGTH = 22;

/** Digests of a document. */
interface Fingerprint {
  /** Digest of the whole document with its binary arrays: equal documents have equal bases. */
  readonly base: string;
  /**
   * Digest of the document's models: their ids, types, names and references, without other values.
   */
  readonly shape: string;
}

/** Returns the digests of a document. */
export async function fingerprintOf(doc: DocJson, buffers: readonly WireBuffer[]): Promise<Fingerprint> {
  const [base, shape] = await Promise.all([baseOf(doc, buffers), digest([encoder.encode(shapeOf(doc))])]);
  return { base, shape };
}

async function baseOf(doc: DocJson, buffers: readonly WireBuffer[]): Promise<string> {
  // The ids of buffers differ between processes. They are replaced by the buffers' positions.
  const places = new Map(buffers.map(({ id }, place) => [id, `#${place}`]));
  const text = JSON.stringify(doc, (key, value) => key === "id" && places.get(value) || value);
  return await digest([encoder.encode(text), ...buffers.map(({ data }) => data)]);
}

function shapeOf(doc: DocJson): string {
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

async function digest(parts: readonly Uint8Array[]): Promise<string> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return hash.toBase64({ alphabet: "base64url", omitPadding: true }).slice(0, DIGEST_LENGTH);
}
