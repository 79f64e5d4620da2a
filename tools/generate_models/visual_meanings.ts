/**
 * Descriptions of attributes of lines, areas, patterns and texts. `{it}` stands for the element.
 */
const VISUALS: Readonly<Record<string, string>> = {
  line_color: "The color of {it}, null for none",
  line_alpha: "The opacity of {it}, from 0 to 1",
  line_width: "The width of {it}, in pixels",
  line_join: "The shape of the corners of {it}",
  line_cap: "The shape of the ends of {it}",
  line_dash: "The dash pattern of {it}: a name such as `dashed`, or the lengths of dashes and gaps in pixels",
  line_dash_offset: "The offset of the dash pattern of {it}, in pixels",
  fill_color: "The fill color of {it}, null for none",
  fill_alpha: "The opacity of the fill of {it}, from 0 to 1",
  hatch_color: "The color of the hatch pattern of {it}, null for none",
  hatch_alpha: "The opacity of the hatch pattern of {it}, from 0 to 1",
  hatch_scale: "The size of the hatch pattern of {it}, in pixels",
  hatch_pattern:
    "The hatch pattern of {it}: a name such as `dot`, its abbreviation, or a name in `hatch_extra`; null for none",
  hatch_weight: "The line width of the hatch pattern of {it}, in pixels",
  hatch_extra: "Textures for the hatch pattern of {it}, by name",
  text_color: "The color of {it}, null for none",
  text_outline_color: "The outline color of {it}, null for none",
  text_outline_width: "The outline width of {it}, in pixels",
  text_alpha: "The opacity of {it}, from 0 to 1",
  text_font: "The font of {it}, as in CSS",
  text_font_size: "The font size of {it}, with a unit as in CSS",
  text_font_style: "The font style of {it}: `normal`, `italic`, `bold` or `bold italic`",
  text_align: "The horizontal alignment of {it}",
  text_baseline: "The vertical alignment of {it}",
  text_line_height: "The line height of {it}, as a multiple of the font size",
};

/** The elements by the prefix of the name of the attribute. */
const SUBJECTS: Readonly<Record<string, string>> = {
  above: "the area above",
  axis: "the line of the axis",
  axis_label: "the label of the axis",
  background: "the background",
  band: "every other band between the lines",
  bar: "the bar",
  below: "the area below",
  border: "the border",
  grid: "the major grid lines",
  group: "the labels of the outermost factors",
  inactive: "muted and hidden entries",
  label: "the labels",
  major_label: "the labels of the major ticks",
  major_tick: "the major ticks",
  minor_grid: "the minor grid lines",
  minor_tick: "the minor ticks",
  outline: "the outline of the frame",
  separator: "the lines between groups of factors",
  subgroup: "the labels of the middle factors",
  title: "the title",
};

/** The elements of attributes without a prefix, by the type of the attribute. */
const PLAIN: Readonly<Record<string, string>> = {
  line: "the line",
  fill: "the area",
  hatch: "the area",
  text: "the text",
};

/**
 * Returns the description of an attribute of a line, an area, a pattern or a text, undefined for
 * other attributes.
 */
export function visualMeaning(attr: string): string | undefined {
  const found = Object.entries(VISUALS).find(([visual]) => attr === visual || attr.endsWith(`_${visual}`));
  if (found === undefined) return undefined;
  const [visual, meaning] = found;
  const whole = attr.slice(0, -visual.length - 1);
  const isHovered = whole === "hover" || whole.startsWith("hover_");
  const prefix = isHovered ? whole.slice("hover_".length) : whole;
  const kind = visual.slice(0, visual.indexOf("_"));
  const subject = SUBJECTS[prefix] ?? (prefix === "" ? PLAIN[kind]! : `the ${prefix.replaceAll("_", " ")}`);
  return `${meaning.replace("{it}", subject)}${isHovered ? ", under the pointer" : ""}`;
}
