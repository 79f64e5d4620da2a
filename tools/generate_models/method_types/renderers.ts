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

/** Methods of renderers of glyphs. */
export interface GlyphRendererMethods {
  /**
   * Makes a color bar for the color mapper of the glyph; adding it to the plot is up to the caller.
   *
   * @throws {TypeError} if no color mapper gives the glyph its colors.
   */
  construct_color_bar(attributes?: Attributes<ColorBarProps>): ColorBar;
  /** Puts a mark, an arrow head for example, on the lines of the glyph and of its variants. */
  add_decoration(marking: Marking, node: Decoration["node"]): Decoration;
}

/** Lines and areas of contours, as `contour_data()` of `plotting` makes them. */
export interface ContourColumns {
  /** The columns of the areas, null for none. */
  readonly fill_data: ColumnData | null;
  /** The columns of the lines, null for none. */
  readonly line_data: ColumnData | null;
}

/** Methods of renderers of contours. */
export interface ContourRendererMethods {
  /** Makes a color bar with the lines and areas of the contours; adding it to the plot is up to the caller. */
  construct_color_bar(attributes?: Attributes<ContourColorBarProps>): ContourColorBar;
  /** Draws other lines and areas, of as many levels, with the colors and styles of those that there are. */
  set_data(data: ContourColumns): void;
}
