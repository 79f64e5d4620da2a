/**
 * Render items, the argument of BokehJS's `embed_items`: which document is shown in which elements.
 *
 * @module
 */

import type { Model } from "../models/base/model.ts";
import { html } from "./escape.ts";

/** A document of a page. The names of the fields are BokehJS's. */
export interface RenderItem {
  /** Token of the session to show; absent for documents without a server. */
  token?: string;
  /** Id of a document without a server: its key in `docs_json`. */
  docid?: string;
  /** Id of the element for all roots that `roots` does not contain. */
  elementid?: string;
  /** Ids of elements by the ids of the roots that are shown in them. */
  roots?: Record<string, string>;
  /** Ids of the roots, in the document's order. */
  root_ids?: string[];
  /** Whether the page's title becomes that of the document. */
  use_for_title?: boolean;
}

/** A root and the element in which it is shown. */
export interface RootElement {
  /** Id of the model. */
  readonly id: string;
  /** Id of the element. */
  readonly elementid: string;
  /** Name of the model, for templates. */
  readonly name: string | null;
  /** Tags of the model, for templates. */
  readonly tags: readonly unknown[];
}

/** Assigns an element with a random id to each root. */
export function rootElements(roots: readonly Model[]): RootElement[] {
  return roots.map((root) => ({ id: root.id, elementid: crypto.randomUUID(), name: root.name, tags: root.tags }));
}

/** Returns the fields of a render item that assign roots to elements. */
export function rootsOfItem(roots: readonly RootElement[]): { roots: Record<string, string>; root_ids: string[] } {
  return {
    roots: Object.fromEntries(roots.map((root) => [root.id, root.elementid])),
    root_ids: roots.map((root) => root.id),
  };
}

/**
 * Returns the empty element in which BokehJS shows a root or, without the id of a root, a whole
 * document.
 */
export function embedElement(target: { readonly elementid: string; readonly id?: string }): string {
  const root = target.id === undefined ? "" : ` data-root-id="${html(target.id)}"`;
  return `<div id="${html(target.elementid)}"${root} style="display: contents;"></div>`;
}
