import type { Attributes } from "../../../models/base/model_types.ts";
import type { ColumnData } from "../../../models/columns/columns.ts";
import type {
  ColorBar,
  ColorBarProps,
  ContourColorBar,
  ContourColorBarProps,
  Decoration,
  Marking,
} from "../../../models/gen/class_types.ts";

/** Additional methods of glyph renderers. */
export interface GlyphRendererMethods {
  /**
   * Creates a color bar for the color mapper of the glyph. Add it to the plot with `add_layout`.
   *
   * @throws {TypeError} If the glyph's colors do not come from a color mapper.
   */
  construct_color_bar(attributes?: Attributes<ColorBarProps>): ColorBar;
  /** Adds a marking, such as an arrow head, to the lines of the glyph in all of its states. */
  add_decoration(marking: Marking, node: Decoration["node"]): Decoration;
}

/** Contour lines and areas, as `contour_data()` computes them. */
export interface ContourColumns {
  /** Columns of the areas; null for no areas. */
  readonly fill_data: ColumnData | null;
  /** Columns of the lines; null for no lines. */
  readonly line_data: ColumnData | null;
}

/** Additional methods of contour renderers. */
export interface ContourRendererMethods {
  /**
   * Creates a color bar with the lines and areas of the contours. Add it to the plot with
   * `add_layout`.
   */
  construct_color_bar(attributes?: Attributes<ContourColorBarProps>): ContourColorBar;
  /**
   * Replaces the lines and areas. The number of levels must be the same; colors and styles are
   * kept.
   */
  set_data(data: ContourColumns): void;
}
