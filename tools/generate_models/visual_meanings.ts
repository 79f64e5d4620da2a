/** What attributes of lines, areas, patterns and texts mean; `{it}` stands for what is drawn. */
const VISUALS: Readonly<Record<string, string>> = {
  line_color: "Color of {it}, null for none",
  line_alpha: "Opacity of {it}, from 0 to 1",
  line_width: "Width of {it} in pixels",
  line_join: "How the corners of {it} are drawn",
  line_cap: "How the ends of {it} are drawn",
  line_dash: "Dashes of {it}: a name as `dashed`, or lengths of dashes and gaps in pixels",
  line_dash_offset: "How far into their pattern the dashes of {it} begin, in pixels",
  fill_color: "Color that fills {it}, null for none",
  fill_alpha: "Opacity of what fills {it}, from 0 to 1",
  hatch_color: "Color of the pattern on {it}, null for none",
  hatch_alpha: "Opacity of the pattern on {it}, from 0 to 1",
  hatch_scale: "Size of the pattern on {it} in pixels",
  hatch_pattern: "Pattern on {it}: a name as `dot`, its abbreviation, or one of `hatch_extra`; null for none",
  hatch_weight: "Width of the lines of the pattern on {it} in pixels",
  hatch_extra: "Textures that the pattern on {it} may be, by name",
  text_color: "Color of {it}, null for none",
  text_outline_color: "Color of the outline of the letters of {it}, null for none",
  text_outline_width: "Width of the outline of the letters of {it} in pixels",
  text_alpha: "Opacity of {it}, from 0 to 1",
  text_font: "Font of {it}, as in CSS",
  text_font_size: "Size of the letters of {it}, with a unit as in CSS",
  text_font_style: "Style of {it}: `normal`, `italic`, `bold` or `bold italic`",
  text_align: "Which side of {it} is at the place given",
  text_baseline: "Which height of {it} is at the place given",
  text_line_height: "Height of a line of {it}, as a multiple of that of its letters",
};

/** What is drawn, by the start of the attribute's name. */
const SUBJECTS: Readonly<Record<string, string>> = {
  above: "what is above",
  axis: "the line of the axis",
  axis_label: "the label of the axis",
  background: "the background",
  band: "every other band between the lines",
  bar: "the bar",
  below: "what is below",
  border: "the border",
  grid: "the lines at major ticks",
  group: "the labels of the outermost factors",
  inactive: "entries that are muted or hidden",
  label: "the labels",
  major_label: "the labels of the ticks",
  major_tick: "the major ticks",
  minor_grid: "the lines at minor ticks",
  minor_tick: "the minor ticks",
  outline: "the frame",
  separator: "the lines between groups of factors",
  subgroup: "the labels of the middle factors",
  title: "the title",
};

/** What an attribute is named for where it has no longer name. */
const PLAIN: Readonly<Record<string, string>> = {
  line: "the line",
  fill: "the area",
  hatch: "the area",
  text: "the text",
};

/** What an attribute of a line, an area, a pattern or a text means, undefined for others. */
export function visualMeaning(attr: string): string | undefined {
  const found = Object.entries(VISUALS).find(([visual]) => attr === visual || attr.endsWith(`_${visual}`));
  if (found === undefined) return undefined;
  const [visual, meaning] = found;
  const whole = attr.slice(0, -visual.length - 1);
  const isHovered = whole === "hover" || whole.startsWith("hover_");
  const prefix = isHovered ? whole.slice("hover_".length) : whole;
  const kind = visual.slice(0, visual.indexOf("_"));
  const subject = SUBJECTS[prefix] ?? (prefix === "" ? PLAIN[kind]! : `the ${prefix.replaceAll("_", " ")}`);
  return `${meaning.replace("{it}", subject)}${isHovered ? ", while the pointer is on it" : ""}`;
}
