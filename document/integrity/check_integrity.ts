/**
 * Finds likely mistakes in the models of a document.
 *
 * @module
 */

import type { ModelHost } from "../../models/base/host.ts";
import type { Model } from "../../models/base/model.ts";
import type { IntegrityCheck, ValidationIssue } from "./check.ts";
import { columnChecks } from "./column_checks.ts";
import { layoutChecks } from "./layout_checks.ts";
import { plotChecks } from "./plot_checks.ts";
import { rendererChecks } from "./renderer_checks.ts";
import { valueChecks } from "./value_checks.ts";

export type { ValidationIssue } from "./check.ts";

const CHECKS: readonly IntegrityCheck[] = [
  ...columnChecks,
  ...layoutChecks,
  ...plotChecks,
  ...rendererChecks,
  ...valueChecks,
];

/**
 * Runs Bokeh's integrity checks.
 *
 * @param models The models to check.
 * @param roots The roots of their document.
 */
export function checkIntegrity(models: Iterable<Model>, roots: readonly Model[] = []): ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  for (const model of models) {
    const checks = checksOf(model);
    if (checks.length === 0) continue;
    const incomplete = isIncomplete(model);
    const theme = model.membership?.host.themeFor(model.type);
    for (const check of checks) {
      if (check.ofIncomplete !== incomplete || !isConcerned(model, check, theme)) continue;
      const text = check.find(model, roots);
      if (text === undefined) continue;
      const { code, name, level } = check;
      issues.push({ code, name, level, text: `${model}: ${text}`, model });
    }
  }
  return issues;
}

type Theme = ReturnType<ModelHost["themeFor"]>;

/**
 * The checks by class, kept because all sessions of an application have models of the same classes.
 */
const checksByClass = new WeakMap<object, readonly IntegrityCheck[]>();

function checksOf(model: Model): readonly IntegrityCheck[] {
  let checks = checksByClass.get(model.constructor);
  if (checks === undefined) {
    checks = CHECKS.filter((check) => model instanceof check.cls);
    checksByClass.set(model.constructor, checks);
  }
  return checks;
}

/** Returns whether the model or its theme sets an attribute that a check is about. */
function isConcerned(model: Model, { concerns }: IntegrityCheck, theme?: Theme | null): boolean {
  if (concerns === undefined) return true;
  for (const attr of concerns) if (model.rawValue(attr) !== undefined || theme?.has(attr)) return true;
  return false;
}

/** Returns whether a required attribute of a model has no value, which checks could not read. */
function isIncomplete(model: Model): boolean {
  for (const { attr } of model.spec.required) {
    if (model.rawValue(attr) === undefined) return true;
  }
  return false;
}
