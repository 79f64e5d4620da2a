/**
 * What BokehJS's `embed_items` is told: which document to show where.
 *
 * @module
 */

import type { Model } from "../models/base/model.ts";
import { html } from "./escape.ts";

/** One document of a page. Names as BokehJS reads them. */
export interface RenderItem {
  /** Token of the session to show. */
  token?: string;
  /** Key into `docs_json` of a document without a server. */
  docid?: string;
  /** Id of the element that takes all roots for which `roots` names none. */
  elementid?: string;
  /** Element ids by the ids of the roots that go into them. */
  roots?: Record<string, string>;
  /** Ids of roots in their order. */
  root_ids?: string[];
  /** Whether the tab takes the title of the document. */
  use_for_title?: boolean;
}

/** A root and the element that will hold it. */
export interface RootElement {
  /** Id of the model. */
  readonly id: string;
  /** Id of the element. */
  readonly elementid: string;
  /** Name of the model, for templates that ask for it. */
  readonly name: string | null;
  /** Tags of the model, for templates. */
  readonly tags: readonly unknown[];
}

/** An element of its own for each root. */
export function rootElements(roots: readonly Model[]): RootElement[] {
  return roots.map((root) => ({ id: root.id, elementid: crypto.randomUUID(), name: root.name, tags: root.tags }));
}

/** The members of a render item that say where roots go. */
export function rootsOfItem(roots: readonly RootElement[]): { roots: Record<string, string>; root_ids: string[] } {
  return {
    roots: Object.fromEntries(roots.map((root) => [root.id, root.elementid])),
    root_ids: roots.map((root) => root.id),
  };
}

/** The empty element in which BokehJS puts a root, or, without a root's id, all of a document. */
export function embedElement(target: { readonly elementid: string; readonly id?: string }): string {
  const root = target.id === undefined ? "" : ` data-root-id="${html(target.id)}"`;
  return `<div id="${html(target.elementid)}"${root} style="display: contents;"></div>`;
}
