/**
 * Finds what is most likely a mistake in the models of a document.
 *
 * @module
 */

import type { ModelHost } from "../../models/base/host.ts";
import type { Model } from "../../models/base/model.ts";
import type { IntegrityCheck, ValidationIssue } from "./check.ts";
import { layoutChecks } from "./layout_checks.ts";
import { plotChecks } from "./plot_checks.ts";
import { rendererChecks } from "./renderer_checks.ts";
import { valueChecks } from "./value_checks.ts";

export type { ValidationIssue } from "./check.ts";

const CHECKS: readonly IntegrityCheck[] = [...layoutChecks, ...plotChecks, ...rendererChecks, ...valueChecks];

/** Runs all checks on all models; roots are what the document shows for themselves. */
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

/** The checks by class: every session of an application has models of the same ones. */
const checksByClass = new WeakMap<object, readonly IntegrityCheck[]>();

function checksOf(model: Model): readonly IntegrityCheck[] {
  let checks = checksByClass.get(model.constructor);
  if (checks === undefined) {
    checks = CHECKS.filter((check) => model instanceof check.cls);
    checksByClass.set(model.constructor, checks);
  }
  return checks;
}

/** Whether the model or its theme says anything of what a check is about. */
function isConcerned(model: Model, { concerns }: IntegrityCheck, theme?: Theme | null): boolean {
  if (concerns === undefined) return true;
  for (const attr of concerns) if (model.rawValue(attr) !== undefined || theme?.has(attr)) return true;
  return false;
}

/** Whether a model lacks a value without a default: checks could not read it. */
function isIncomplete(model: Model): boolean {
  for (const { attr } of model.spec.required) {
    if (model.rawValue(attr) === undefined) return true;
  }
  return false;
}
