/**
 * Integrity checks of layouts and widgets.
 *
 * @module
 */

import { AbstractSlider, FlexBox, GridBox, GridPlot, HBox, LayoutDOM, VBox } from "../../models/gen/classes.ts";
import { peek } from "../../models/base/attribute_values.ts";
import { Model } from "../../models/base/model.ts";
import { check, type IntegrityCheck, listed, repeated } from "./check.ts";

type BoxClass = abstract new (...args: never[]) => Model;

/** Checks of layouts and widgets. */
export const layoutChecks: readonly IntegrityCheck[] = [
  check(
    FlexBox,
    "W-1002",
    "EMPTY_LAYOUT",
    (box) => childrenOf(box).length === 0 ? "it has no children: add some, or remove it" : undefined,
  ),
  check(
    FlexBox,
    "W-1004",
    "BOTH_CHILD_AND_ROOT",
    (box, roots) =>
      listed(
        childrenOf(box).filter((child) => child instanceof Model && roots.includes(child)).map(String),
        (list) => `it contains ${list}, which is a root as well and would be shown twice: add only the box as a root`,
      ),
    ["children"],
  ),
  ...([FlexBox, GridBox, GridPlot, HBox, VBox] satisfies BoxClass[]).map((cls: BoxClass) =>
    check(cls, "E-1027", "REPEATED_LAYOUT_CHILD", (box) =>
      listed(
        repeated(childrenOf(box)).map(String),
        (list) => `it contains ${list} more than once: an element can be in one place only, clone it for another`,
      ))
  ),
  check(
    LayoutDOM,
    "W-1005",
    "FIXED_SIZING_MODE",
    (model) =>
      model.sizing_mode === "fixed" && (model.width === null || model.height === null)
        ? 'its sizing_mode is "fixed" and it has no size: set width and height'
        : undefined,
    ["sizing_mode"],
  ),
  check(
    LayoutDOM,
    "W-1006",
    "FIXED_WIDTH_POLICY",
    (model) =>
      model.width_policy === "fixed" && model.width === null ? 'its width_policy is "fixed": set width' : undefined,
    ["width_policy"],
  ),
  check(
    LayoutDOM,
    "W-1007",
    "FIXED_HEIGHT_POLICY",
    (model) =>
      model.height_policy === "fixed" && model.height === null ? 'its height_policy is "fixed": set height' : undefined,
    ["height_policy"],
  ),
  check(LayoutDOM, "E-1022", "MIN_PREFERRED_MAX_WIDTH", (model) => {
    const { min_width, max_width } = model;
    const fixed = model.sizing_mode === "fixed" || model.width_policy === "fixed";
    return findDisorder("width", [min_width, fixed ? model.width : null, max_width]);
  }, ["min_width", "max_width"]),
  check(LayoutDOM, "E-1023", "MIN_PREFERRED_MAX_HEIGHT", (model) => {
    const { min_height, max_height } = model;
    const fixed = model.sizing_mode === "fixed" || model.height_policy === "fixed";
    return findDisorder("height", [min_height, fixed ? model.height : null, max_height]);
  }, ["min_height", "max_height"]),
  check(AbstractSlider, "E-1021", "EQUAL_SLIDER_START_END", (slider) => {
    const [start, end] = [slider.rawValue("start"), slider.rawValue("end")];
    return start !== undefined && start === end
      ? `its start and its end are both ${start}: set different values`
      : undefined;
  }),
];

function childrenOf(box: Model): unknown[] {
  const children = peek(box, "children");
  if (!Array.isArray(children)) return [];
  if (children.every((child) => child instanceof Model)) return children;
  return children.map((item) => {
    if (item instanceof Model) return item;
    return Array.isArray(item) ? item[0] : Reflect.get(Object(item), "child");
  });
}

function findDisorder(what: string, sizes: readonly (number | null)[]): string | undefined {
  const given = sizes.filter((size) => size !== null);
  return given.every((size, i) => i === 0 || given[i - 1]! <= size)
    ? undefined
    : `min_${what}, ${what} and max_${what} are not in this order: they are ${given.join(", ")}`;
}
