/**
 * Finds what is most likely a mistake in the models of a document.
 *
 * @module
 */

import type { Model } from "../models/model.ts";
import type { IntegrityCheck, ValidationIssue } from "./integrity/check.ts";
import { layoutChecks } from "./integrity/layout_checks.ts";
import { plotChecks } from "./integrity/plot_checks.ts";
import { rendererChecks } from "./integrity/renderer_checks.ts";

export type { ValidationIssue } from "./integrity/check.ts";

const CHECKS: readonly IntegrityCheck[] = [...layoutChecks, ...plotChecks, ...rendererChecks];

/** Runs all checks on all models; roots are what the document shows for themselves. */
export function checkIntegrity(models: Iterable<Model>, roots: readonly Model[] = []): ValidationIssue[] {
  const checksOf = new Map<unknown, IntegrityCheck[]>();
  const issues: ValidationIssue[] = [];
  for (const model of models) {
    const cls = model.constructor;
    const checks = checksOf.get(cls) ?? CHECKS.filter((check) => model instanceof check.cls);
    checksOf.set(cls, checks);
    for (const { code, name, level, find } of checks) {
      const text = find(model);
      if (text !== undefined) issues.push({ code, name, level, text: `${model}: ${text}`, model });
    }
  }
  return [...issues, ...findChildRoots(roots)];
}

/** A root that stands in a box as well would be shown twice. */
function* findChildRoots(roots: readonly Model[]): Iterable<ValidationIssue> {
  for (const root of roots) {
    const holder = roots.find((other) => other !== root && other.isA("LayoutDOM") && other.references().has(root));
    if (holder === undefined || !root.isA("UIElement")) continue;
    const text = `${root}: it is a root and stands in ${holder} as well: add ${holder} only`;
    yield { code: 1004, name: "BOTH_CHILD_AND_ROOT", level: "warning", text, model: root };
  }
}
