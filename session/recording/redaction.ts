/**
 * Removes secrets from recordings.
 *
 * @module
 */

import { isRecord } from "../../common/is_record.ts";
import type { Document } from "../../document/document.ts";
import { isPageMessage } from "../../document/page/page_message.ts";
import type { SessionRequest } from "../../document/session_request.ts";
import { FILE_ID_PATTERN } from "../ownership/file_id.ts";

/** Minimum length of a text that is replaced within other texts, in characters. Short ones occur by chance. */
const MIN_LENGTH = 6;
/** Fields of serialized values that the server needs as they are. Only a value that is a secret itself is replaced. */
const STRUCTURE: ReadonlySet<string> = new Set(["id", "type", "name", "kind", "attr", "msg_type"]);
/** Number of passwords that are replaced within other texts, the last ones: a client can send any number. */
const MAX_PASSWORDS = 20;
/** Names of headers and arguments whose values are secrets. */
const SECRET_NAME = /auth|token|secret|key|cookie|session|password|assertion/i;
/** Attributes of a `PasswordInput` that contain what the user has typed. */
const PASSWORD_ATTRIBUTES: ReadonlySet<string> = new Set(["value", "value_input"]);
const PASSWORD = "<password>";
const FILE_ID = new RegExp(FILE_ID_PATTERN, "g");

/** What is to be removed from the recording of a session. */
export interface RedactionOptions {
  readonly document: Document;
  readonly sessionId: string;
  /** The request that opened the session. */
  readonly request: SessionRequest | null;
  /** Names of the arguments whose values may be recorded. */
  readonly recordedArguments: ReadonlySet<string>;
}

/**
 * Replaces the secrets of a session by their names: the session's id, cookies, headers with
 * credentials, ids of uploads and downloads, passwords, and arguments of the URL.
 */
export class Redaction {
  readonly #options: RedactionOptions;
  readonly #secrets = new Map<string, string>();
  readonly #passwords: string[] = [];
  /** Ids of questions, which are random, by their names in the recording. */
  readonly #questions = new Map<string, string>();

  /** Creates the redaction of a session. */
  constructor(options: RedactionOptions) {
    this.#options = options;
    const { sessionId, request } = options;
    this.#add(sessionId, "<session id>");
    for (const [name, value] of Object.entries(request?.cookies ?? {})) this.#add(value, `<cookie ${name}>`);
    for (const [name, value] of Object.entries(request?.headers ?? {})) {
      if (!SECRET_NAME.test(name)) continue;
      this.#add(value, `<header ${name}>`);
      this.#add(value.slice(value.indexOf(" ") + 1), `<header ${name}>`); // without the scheme, as "Bearer"
    }
    for (const [name, values] of Object.entries(request?.arguments ?? {})) {
      if (!SECRET_NAME.test(name)) continue;
      for (const value of values) this.#add(new TextDecoder().decode(value), `<argument ${name}>`);
    }
  }

  /** Returns the id of a question that has a name in the recording, undefined for other texts. */
  questionId(name: string): string | undefined {
    return this.#questions.get(name);
  }

  /** Returns a value of JSON without secrets. */
  value(value: unknown): unknown {
    if (typeof value === "string") return this.#text(value);
    if (Array.isArray(value)) return value.map((item) => this.value(item));
    if (!isRecord(value)) return value;
    const isPassword = value.name === "PasswordInput";
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        isPassword && key === "attributes" ? this.#attributesOfPassword(item) : this.#field(key, item),
      ]),
    );
  }

  /** Returns the value of an attribute without secrets. */
  attribute(type: string | undefined, attr: string, value: unknown): unknown {
    if (type !== "PasswordInput" || !PASSWORD_ATTRIBUTES.has(attr)) return this.value(value);
    if (typeof value === "string" && value !== PASSWORD) this.#addPassword(value);
    return value === "" ? value : PASSWORD;
  }

  /** Returns an event of a patch without secrets. */
  event(event: object): unknown {
    const { kind, model, attr, msg_data: data, msg_type } = event as Record<string, unknown>;
    if (typeof attr === "string" && "new" in event) {
      return { ...event, new: this.attribute(this.#typeOf(model), attr, event.new) };
    }
    if (kind !== "MessageSent") return this.value(event);
    if (isPageMessage({ kind, msg_type })) return { ...event, msg_data: this.#pageMessage(data) };
    return this.value(this.#isOfPassword(data) ? { ...event, msg_data: withoutTexts(data) } : event);
  }

  #field(key: string, item: unknown): unknown {
    if (typeof item !== "string" || !STRUCTURE.has(key)) return this.value(item);
    return this.#secrets.get(item) ?? item;
  }

  #add(secret: string, name: string): void {
    if (secret.length >= MIN_LENGTH && !this.#secrets.has(secret)) this.#secrets.set(secret, name);
  }

  #text(text: string): string {
    let result = text.includes(".") ? text.replace(FILE_ID, "<file id>") : text;
    for (const [secret, name] of this.#secrets) result = result.replaceAll(secret, name);
    return result;
  }

  #attributesOfPassword(attributes: unknown): unknown {
    if (!isRecord(attributes)) return attributes;
    return Object.fromEntries(
      Object.entries(attributes).map(([attr, value]) => [attr, this.attribute("PasswordInput", attr, value)]),
    );
  }

  #typeOf(model: unknown): string | undefined {
    if (!isRecord(model) || typeof model.id !== "string") return undefined;
    const found = this.#options.document.get_model_by_id(model.id);
    return found?.isA("PasswordInput") ? "PasswordInput" : found?.type;
  }

  /** Returns whether an event comes from a `PasswordInput`, whose text it can contain. */
  #isOfPassword(data: unknown): boolean {
    if (Array.isArray(data)) return data.some((item) => this.#isOfPassword(item));
    if (!isRecord(data)) return false;
    return this.#typeOf(data) === "PasswordInput" || Object.values(data).some((item) => this.#isOfPassword(item));
  }

  /** Returns a message about the page's URL with the arguments that may be recorded. */
  #pageMessage(content: unknown): unknown {
    if (!Array.isArray(content)) return this.value(content);
    const [subject, id] = content;
    if (subject === "confirm" && typeof id === "string") this.#addQuestion(id);
    return content.map((text) =>
      typeof text === "string" && text.startsWith("?") ? this.#query(text) : this.value(text)
    );
  }

  #addPassword(password: string): void {
    if (password.length < MIN_LENGTH || this.#secrets.has(password)) return;
    this.#add(password, PASSWORD);
    if (this.#passwords.push(password) > MAX_PASSWORDS) this.#secrets.delete(this.#passwords.shift()!);
  }

  #addQuestion(id: string): void {
    if (this.#secrets.has(id)) return;
    const name = `<question ${this.#questions.size + 1}>`;
    this.#questions.set(name, id);
    this.#add(id, name);
  }

  #query(text: string): string {
    const all = new URLSearchParams(text);
    const kept = new URLSearchParams([...all].filter(([name]) => this.#options.recordedArguments.has(name)));
    return kept.size === 0 ? "" : `?${kept}`;
  }
}

/** Returns a serialized map of values whose texts are replaced. The first element of each entry is its name. */
function withoutTexts(data: unknown, isName = false): unknown {
  if (typeof data === "string") return isName ? data : PASSWORD;
  if (Array.isArray(data)) {
    const isEntry = data.length === 2 && typeof data[0] === "string";
    return data.map((item, index) => withoutTexts(item, isEntry && index === 0));
  }
  if (!isRecord(data)) return data;
  return Object.fromEntries(
    Object.entries(data).map((
      [key, value],
    ) => [key, key === "values" || key === "entries" || isRecord(value) ? withoutTexts(value) : value]),
  );
}
