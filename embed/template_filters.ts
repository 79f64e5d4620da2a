/**
 * Filters of Jinja that nunjucks lacks.
 *
 * @module
 */

/** What a template calls with `value | name(…)`. */
export type TemplateFilter = (value: unknown, ...args: unknown[]) => unknown;

/**
 * The filters, by their names in Jinja.
 *
 * @param safe Marks a text as one that needs no escaping.
 */
export function jinjaFilters(safe: (text: string) => object): Readonly<Record<string, TemplateFilter>> {
  return {
    format: (pattern, ...args) => formatPercent(String(pattern), args),
    tojson: (value, indent) => safe(jsonForScripts(value, typeof indent === "number" ? indent : undefined)),
    min: (values) => (values as number[]).reduce((a, b) => b < a ? b : a),
    max: (values) => (values as number[]).reduce((a, b) => b > a ? b : a),
    unique: (values) => [...new Set(values as unknown[])],
  };
}

/** JSON that may stand in a script or an attribute in single quotes, as Jinja writes it. */
function jsonForScripts(value: unknown, indent: number | undefined): string {
  const codes: Readonly<Record<string, string>> = { "<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "'": "\\u0027" };
  return (JSON.stringify(value, null, indent) ?? "null").replaceAll(/[<>&']/g, (character) => codes[character]!);
}

const DIRECTIVE = /%(?:\((\w+)\))?([-+ 0]*)(\d+)?(?:\.(\d+))?([sdifeg%])/g;

/** Fills in a pattern of Python's `%`: `"%.2f"`, `"%5d"`, `"%s and %s"`. */
function formatPercent(pattern: string, args: readonly unknown[]): string {
  let next = 0;
  return pattern.replaceAll(DIRECTIVE, (_all, _name, flags: string, width = "0", precision, kind: string) => {
    if (kind === "%") return "%";
    const text = formatValue(args[next++], kind, precision === undefined ? undefined : Number(precision));
    const signed = flags.includes("+") && kind !== "s" && !text.startsWith("-") ? `+${text}` : text;
    if (flags.includes("-")) return signed.padEnd(Number(width));
    if (!flags.includes("0") || kind === "s") return signed.padStart(Number(width));
    const [, sign = "", digits = ""] = /^([-+]?)(.*)$/.exec(signed) ?? [];
    return sign + digits.padStart(Number(width) - sign.length, "0");
  });
}

function formatValue(value: unknown, kind: string, precision: number | undefined): string {
  switch (kind) {
    case "d":
    case "i":
      return String(Math.trunc(Number(value)));
    case "f":
      return Number(value).toFixed(precision ?? 6);
    case "e":
      return Number(value).toExponential(precision ?? 6).replace(/e([-+])(\d)$/, "e$10$2");
    case "g":
      return String(Number(Number(value).toPrecision(precision || 6)));
    default:
      return precision === undefined ? String(value) : String(value).slice(0, precision);
  }
}
