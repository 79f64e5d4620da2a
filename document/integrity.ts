/**
 * Finds what is most likely a mistake in the models of a document.
 *
 * @module
 */

import type { Model } from "../models/model.ts";

/** Something that is most likely a mistake. */
export interface ValidationIssue {
  /** Bokeh's number of the check. */
  readonly code: number;
  /** Whether the document cannot be shown as it was meant, or is only odd. */
  readonly level: "error" | "warning";
  /** What is wrong. */
  readonly text: string;
  /** Where. */
  readonly model: Model;
}

/** One check of one model. */
export type IntegrityCheck = (model: Model) => Iterable<ValidationIssue>;

const checks: readonly IntegrityCheck[] = [checkEmptyLayout, checkMissingRenderers];

/** Runs all checks on all models. */
export function checkIntegrity(models: Iterable<Model>): ValidationIssue[] {
  return Array.from(models).flatMap((model) => checks.flatMap((check) => [...check(model)]));
}

function* checkEmptyLayout(model: Model): Iterable<ValidationIssue> {
  if ((model.isA("Row") || model.isA("Column")) && isEmptyList(model.get("children"))) {
    yield { code: 1002, level: "warning", text: "Layout has no children", model };
  }
}

function* checkMissingRenderers(model: Model): Iterable<ValidationIssue> {
  if (model.isA("Plot") && isEmptyList(model.get("renderers")) && isEmptyList(model.get("center"))) {
    yield { code: 1000, level: "warning", text: "Plot has no renderers", model };
  }
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
