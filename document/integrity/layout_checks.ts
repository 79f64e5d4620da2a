import { AbstractSlider, FlexBox, GridBox, GridPlot, HBox, LayoutDOM, VBox } from "../../models/gen/classes.ts";
import { Model } from "../../models/model.ts";
import { check, type IntegrityCheck, listed, repeated } from "./check.ts";

type BoxClass = abstract new (...args: never[]) => Model;

/** Checks of layouts and widgets. */
export const layoutChecks: readonly IntegrityCheck[] = [
  check(
    FlexBox,
    "W-1002",
    "EMPTY_LAYOUT",
    ({ children }) => children.length === 0 ? "it has no children: give it some, or leave it away" : undefined,
  ),
  check(
    FlexBox,
    "W-1004",
    "BOTH_CHILD_AND_ROOT",
    (box, roots) =>
      listed(
        box.children.filter((child) => roots.includes(child)).map(String),
        (list) => `it holds ${list}, which is a root as well and would be shown twice: add the box only`,
      ),
  ),
  ...([FlexBox, GridBox, GridPlot, HBox, VBox] satisfies BoxClass[]).map((cls: BoxClass) =>
    check(cls, "E-1027", "REPEATED_LAYOUT_CHILD", (box) =>
      listed(
        repeated(childrenOf(box)).map(String),
        (list) => `it has ${list} more than once: an element has one place only, clone it for another`,
      ))
  ),
  check(
    LayoutDOM,
    "W-1005",
    "FIXED_SIZING_MODE",
    ({ sizing_mode, width, height }) =>
      sizing_mode === "fixed" && (width === null || height === null)
        ? 'its sizing_mode is "fixed" and it has no size: set width and height'
        : undefined,
  ),
  check(
    LayoutDOM,
    "W-1006",
    "FIXED_WIDTH_POLICY",
    ({ width_policy, width }) =>
      width_policy === "fixed" && width === null ? 'its width_policy is "fixed": set width' : undefined,
  ),
  check(
    LayoutDOM,
    "W-1007",
    "FIXED_HEIGHT_POLICY",
    ({ height_policy, height }) =>
      height_policy === "fixed" && height === null ? 'its height_policy is "fixed": set height' : undefined,
  ),
  check(LayoutDOM, "E-1022", "MIN_PREFERRED_MAX_WIDTH", (model) => {
    const fixed = model.sizing_mode === "fixed" || model.width_policy === "fixed";
    return findDisorder("width", [model.min_width, fixed ? model.width : null, model.max_width]);
  }),
  check(LayoutDOM, "E-1023", "MIN_PREFERRED_MAX_HEIGHT", (model) => {
    const fixed = model.sizing_mode === "fixed" || model.height_policy === "fixed";
    return findDisorder("height", [model.min_height, fixed ? model.height : null, model.max_height]);
  }),
  check(AbstractSlider, "E-1021", "EQUAL_SLIDER_START_END", (slider) => {
    const [start, end] = ["start", "end"].map((attr) => slider.spec.property(attr) && slider.rawValue(attr));
    return start !== undefined && start === end ? `its start and its end are both ${start}: set them apart` : undefined;
  }),
];

function childrenOf(box: Model): unknown[] {
  const children = box.get("children");
  if (!Array.isArray(children)) return [];
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
