/**
 * Integrity checks of models that refer to an attribute of another model.
 *
 * @module
 */

import { SetValue, ValueOf } from "../../models/gen/classes.ts";
import { Model } from "../../models/base/model.ts";
import { prepareValue } from "../../models/values/prepare_value.ts";
import { suggest } from "../../models/diagnostics/suggest.ts";
import { check, type IntegrityCheck } from "./check.ts";

/** Checks of models that refer to an attribute of another model. */
export const valueChecks: readonly IntegrityCheck[] = [
  ...[SetValue, ValueOf].map((cls) =>
    check<SetValue | ValueOf>(
      cls,
      "E-1028",
      "NOT_A_PROPERTY_OF",
      ({ obj, attr }) =>
        obj instanceof Model && obj.spec.property(attr) === undefined
          ? `it refers to ${obj.type}.${attr}, which does not exist${suggest(attr, obj.properties())}`
          : undefined,
    )
  ),
  check(SetValue, "E-1029", "INVALID_PROPERTY_VALUE", ({ obj, attr, value }) => {
    const property = obj instanceof Model ? obj.spec.property(attr) : undefined;
    return property === undefined ? undefined : refusal(() => prepareValue(obj as Model, property, value));
  }),
];

/** Returns why a value is refused, undefined if it is accepted. */
function refusal(set: () => unknown): string | undefined {
  try {
    set();
    return undefined;
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
}
