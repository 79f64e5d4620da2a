/**
 * Lexer of templates.
 *
 * @module
 */

/** A token of a template. */
export interface Token {
  readonly kind: "text" | "open" | "close" | "name" | "number" | "string" | "operator" | "end";
  readonly text: string;
  /** Index of its first character in the template, in UTF-16 code units. */
  readonly at: number;
}

/** An error in the text of a template, with its position. */
export class TemplateSyntaxError extends SyntaxError {
  override name = "TemplateSyntaxError";

  constructor(message: string, readonly at: number) {
    super(message);
  }
}

/** Throws a TemplateSyntaxError for a position. */
export function fail(message: string, at: number): never {
  throw new TemplateSyntaxError(message, at);
}

const OPERATORS = [
  "**",
  "//",
  "==",
  "!=",
  "<=",
  ">=",
  "+",
  "-",
  "*",
  "/",
  "%",
  "~",
  "<",
  ">",
  "=",
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  ",",
  ".",
  ":",
  "|",
  ";",
];
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const NUMBER = /0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|\d[\d_]*(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  b: "\b",
  f: "\f",
  v: "\v",
  "0": "\0",
};
const CLOSERS: Readonly<Record<string, string>> = { "{{": "}}", "{%": "%}", "{#": "#}" };

/**
 * Splits a template into tokens.
 *
 * @throws {TemplateSyntaxError} If a character begins no token, or if a tag, string or comment does
 * not end.
 */
export function tokenize(source: string): Token[] {
  return new Lexer(source.replace(/\r\n?/g, "\n").replace(/\n$/, "")).tokens;
}

class Lexer {
  readonly tokens: Token[] = [];
  readonly #source: string;
  #at = 0;
  /** Whether the tag before removes the whitespace after it (`-%}`). */
  #trim = false;

  constructor(source: string) {
    this.#source = source;
    while (this.#at < source.length) this.#part();
    this.#add("end", "", source.length);
  }

  #add(kind: Token["kind"], text: string, at: number): void {
    this.tokens.push({ kind, text, at });
  }

  /** Reads a text and the tag after it. */
  #part(): void {
    const open = this.#findOpen(this.#at);
    const end = open < 0 ? this.#source.length : open;
    const trimsBefore = open >= 0 && this.#source[open + 2] === "-";
    this.#addText(this.#source.slice(this.#at, end), trimsBefore);
    this.#at = end;
    if (open >= 0) this.#tag(this.#source.slice(open, open + 2), open);
  }

  #findOpen(from: number): number {
    for (let at = this.#source.indexOf("{", from); at >= 0; at = this.#source.indexOf("{", at + 1)) {
      if (CLOSERS[this.#source.slice(at, at + 2)] !== undefined) return at;
    }
    return -1;
  }

  #addText(text: string, trimsBefore: boolean): void {
    const begun = this.#trim ? text.trimStart() : text;
    const shown = trimsBefore ? begun.trimEnd() : begun;
    this.#trim = false;
    if (shown !== "") this.#add("text", shown, this.#at);
  }

  #tag(opener: string, start: number): void {
    this.#at = start + 2;
    if ("-+".includes(this.#source[this.#at] ?? " ")) this.#at++;
    if (opener === "{#") return this.#comment(start);
    const closer = CLOSERS[opener]!;
    const first = this.tokens.length;
    this.#add("open", opener, start);
    this.#expression(closer, start);
    const [, word, end] = this.tokens.slice(first);
    if (opener === "{%" && word?.text === "raw" && end?.kind === "close") {
      this.tokens.length = first;
      this.#raw(start);
    }
  }

  #comment(start: number): void {
    const end = this.#source.indexOf("#}", this.#at);
    if (end < 0) fail("a comment does not end", start);
    this.#trim = this.#source[end - 1] === "-";
    this.#at = end + 2;
  }

  #raw(start: number): void {
    const end = /\{%[-+]?\s*endraw\s*[-+]?%\}/g;
    end.lastIndex = this.#at;
    const found = end.exec(this.#source);
    if (found === null) fail("raw does not end: endraw is missing", start);
    this.#addText(this.#source.slice(this.#at, found.index), found[0][2] === "-");
    this.#trim = found[0].at(-3) === "-";
    this.#at = found.index + found[0].length;
  }

  /**
   * Reads the tokens up to the end of a tag. Within open braces `}}` does not end a tag, as in
   * `{{ {"a": {}} }}`.
   */
  #expression(closer: string, start: number): void {
    let depth = 0;
    for (;;) {
      while (/\s/.test(this.#source[this.#at] ?? "")) this.#at++;
      if (this.#at >= this.#source.length) {
        fail(`a tag does not end: ${closer} is missing`, start);
      }
      const trims = "-+".includes(this.#source[this.#at]!) && this.#source.startsWith(closer, this.#at + 1);
      if (depth === 0 && (trims || this.#source.startsWith(closer, this.#at))) {
        this.#trim = this.#source[this.#at] === "-";
        this.#add("close", closer, this.#at);
        this.#at += closer.length + (trims ? 1 : 0);
        return;
      }
      const token = this.#token();
      if (token === "{") depth++;
      if (token === "}") depth--;
    }
  }

  /** Reads one token. Returns its text if it is an operator; else an empty text. */
  #token(): string {
    const at = this.#at;
    const character = this.#source[at]!;
    if (character === "'" || character === '"') {
      this.#add("string", this.#string(character), at);
      return "";
    }
    for (const [kind, pattern] of [["number", NUMBER], ["name", NAME]] as const) {
      pattern.lastIndex = at;
      const text = pattern.exec(this.#source)?.[0];
      if (text === undefined) continue;
      this.#add(kind, text, at);
      this.#at += text.length;
      return "";
    }
    const operator = OPERATORS.find((text) => this.#source.startsWith(text, at));
    if (operator === undefined) fail(`unexpected ${JSON.stringify(character)}`, at);
    this.#add("operator", operator, at);
    this.#at += operator.length;
    return operator;
  }

  #string(quote: string): string {
    const start = this.#at++;
    let text = "";
    for (;;) {
      const character = this.#source[this.#at++];
      if (character === undefined) fail("a string does not end", start);
      if (character === quote) return text;
      text += character === "\\" ? this.#escape() : character;
    }
  }

  #escape(): string {
    const character = this.#source[this.#at++] ?? "";
    const digits = { u: 4, x: 2, U: 8 }[character];
    if (digits !== undefined) {
      const code = this.#source.slice(this.#at, this.#at + digits);
      if (!/^[0-9a-fA-F]+$/.test(code)) fail("an escape in a string is wrong", this.#at);
      this.#at += digits;
      return String.fromCodePoint(parseInt(code, 16));
    }
    if (character === "\n") return "";
    const simple = SIMPLE_ESCAPES[character];
    if (simple !== undefined) return simple;
    return "\\'\"".includes(character) ? character : `\\${character}`;
  }
}
