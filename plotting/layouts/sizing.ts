import { type FlexBox, LayoutDOM, type UIElement } from "../../models/gen/classes.ts";

/** How a layout fills the available space, such as `"stretch_width"`. */
export type SizingMode = NonNullable<LayoutDOM["sizing_mode"]>;

/** Options of layouts: the properties of the model that is created. */
export interface LayoutOptions extends Partial<Omit<FlexBox["$props"], "children">> {
  /**
   * How the layout fills the available space. Null leaves the size to its children.
   *
   * @default {null}
   */
  sizing_mode?: SizingMode | null;
}

/** Returns whether a layout has no sizing properties of its own. */
export function hasAutoSizing(item: LayoutDOM): boolean {
  return item.sizing_mode === null && item.width_policy === "auto" && item.height_policy === "auto";
}

/** Sets the sizing mode of an element that has no sizing properties of its own. */
export function applySizing(item: UIElement, sizingMode: SizingMode | null): void {
  if (sizingMode !== null && item instanceof LayoutDOM && hasAutoSizing(item)) item.sizing_mode = sizingMode;
}
