import { type FlexBox, LayoutDOM, type UIElement } from "../../models/gen/classes.ts";

/** How a layout fills the space that there is; null to leave that to each of its parts. */
export type SizingMode = NonNullable<LayoutDOM["sizing_mode"]>;

/** Attributes that every function here passes on to the layout it makes. */
export interface LayoutOptions extends Partial<Omit<FlexBox["$props"], "children">> {
  /**
   * How the layout, and those of its children that do not say it themselves, fill the space that there is.
   * @default {null}
   */
  sizing_mode?: SizingMode | null;
}

/** Whether nothing was said of how a layout sizes itself. */
export function hasAutoSizing(item: LayoutDOM): boolean {
  return item.sizing_mode === null && item.width_policy === "auto" && item.height_policy === "auto";
}

/** Sets how an element fills its space, if it can and nothing was said of that. */
export function applySizing(item: UIElement, sizingMode: SizingMode | null): void {
  if (sizingMode !== null && item instanceof LayoutDOM && hasAutoSizing(item)) item.sizing_mode = sizingMode;
}
