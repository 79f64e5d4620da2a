/// <reference types="./bokehjs.d.ts" />

/**
 * Brings the document of a page to the state that the server sent after a reconnection. Models that
 * both have stay the same objects, and only what differs is changed: views are not built again, so
 * that focus, text that is being typed, the active tool, and the places that pages are scrolled to
 * stay. BokehJS's own `replace_with_json` builds everything again.
 *
 * Without comments and wrapped in a function, this file is a part of an inline script. It must not
 * contain the text of an end tag.
 *
 * @typedef {object} ModelRep A model as documents write it where it first appears.
 * @property {"object"} type
 * @property {string} name Its class.
 * @property {string} id
 * @property {Record<string, unknown>} [attributes]
 */

/** @type {(rep: object) => rep is ModelRep} */
function isModelRep(rep) {
  return "type" in rep && rep.type === "object" && "id" in rep && typeof rep.id === "string" && "name" in rep;
}

/** @type {(rep: object, fn: (value: unknown) => unknown) => Record<string, unknown>} */
function mapValues(rep, fn) {
  return Object.fromEntries(Object.entries(rep).map(([key, value]) => [key, fn(value)]));
}

/** The changes that lead from the document of a page to that of the server. */
class DocumentDifference {
  /**
   * Whether an id stands for a model of another class than in the page, so that no change leads
   * there.
   */
  isImpossible = false;
  /** @type {{ kind: "ModelChanged", model: { id: string }, attr: string, new: unknown }[]} */
  #changes = [];
  /** @type {Map<string, ModelRep>} Models that the page lacks, until a change writes them in full. */
  #created = new Map();
  /** @type {[BokehModel, Set<string>][]} Models that both have, with the attributes that the server sent. */
  #common = [];
  #document;
  #isKept;
  #serializer;

  /**
   * @param {BokehPageDocument} document
   * @param {(id: string, attr: string) => boolean} isKept Whether the page's value of an attribute
   * is newer than the server's.
   */
  constructor(document, isKept) {
    this.#document = document;
    this.#isKept = isKept;
    const { Serializer } = Bokeh.require("core/serialization");
    const references = new Map([...document._all_models.values()].map((model) => [model, { id: model.id }]));
    this.#serializer = new Serializer({ references });
  }

  /** @param {BokehDocumentJson} json */
  read({ roots, config, callbacks }) {
    const ids = roots.map((root) => this.#idOf(root));
    this.isImpossible ||= ids.join() !== this.#document.roots().map(({ id }) => id).join();
    this.#reduce([roots, config, callbacks ?? {}]);
    this.isImpossible ||= this.#idOf(config) !== this.#document.config.id;
  }

  /**
   * Returns the changes as events of a patch. Each model that the page lacks is written in full
   * where it first appears.
   */
  events() {
    return this.#changes.map((change) => this.#writeOut(change));
  }

  /** Sets what the server did not send, and the page has changed, to its default. */
  resetDefaults() {
    for (const [model, sent] of this.#common) {
      for (const prop of model) {
        if (!prop.dirty || !prop.syncable || prop.readonly || sent.has(prop.attr)) continue;
        if (!this.#isKept(model.id, prop.attr)) {
          model.setv({ [prop.attr]: prop.default_value(model) }, { sync: false });
        }
      }
    }
  }

  /** @param {unknown} rep */
  #idOf(rep) {
    return typeof rep === "object" && rep !== null && "id" in rep ? rep.id : undefined;
  }

  /**
   * Returns a value that names models by their ids only. Notes the attributes of models that the
   * page has.
   *
   * @param {unknown} rep
   * @returns {unknown}
   */
  #reduce(rep) {
    if (typeof rep !== "object" || rep === null) return rep;
    if (Array.isArray(rep)) return rep.map((item) => this.#reduce(item));
    if (!isModelRep(rep)) return mapValues(rep, (value) => this.#reduce(value));
    const model = this.#document.get_model_by_id(rep.id);
    if (model === null) {
      this.#created.set(rep.id, {
        ...rep,
        attributes: mapValues(rep.attributes ?? {}, (value) => this.#reduce(value)),
      });
    } else this.#compare(model, rep);
    return { id: rep.id };
  }

  /** @type {(model: BokehModel, rep: ModelRep) => void} */
  #compare(model, { id, name, attributes = {} }) {
    this.isImpossible ||= model.type !== name;
    for (const [attr, value] of Object.entries(attributes)) {
      const reduced = this.#reduce(value);
      if (this.#isKept(id, attr) || this.#isEqual(model, attr, reduced)) continue;
      this.#changes.push({ kind: "ModelChanged", model: { id }, attr, new: reduced });
    }
    this.#common.push([model, new Set(Object.keys(attributes))]);
  }

  /**
   * Returns whether an attribute is written as the server wrote it. BokehJS compares values too,
   * but takes equal specifications of visual properties for different ones. Binary arrays are left
   * to it.
   *
   * @type {(model: BokehModel, attr: string, rep: unknown) => boolean}
   */
  #isEqual(model, attr, rep) {
    const prop = model.properties[attr];
    if (prop === undefined || prop.is_unset) return false;
    const own = this.#serializer.encode(prop.get_value());
    // a constant of a visual property may be written as a specification or as its value alone
    const isConstant = typeof own === "object" && own !== null && "type" in own && own.type === "value" &&
      "value" in own;
    const text = JSON.stringify(rep);
    return JSON.stringify(own) === text || isConstant && JSON.stringify(own.value) === text;
  }

  /**
   * @param {unknown} value
   * @returns {unknown}
   */
  #writeOut(value) {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => this.#writeOut(item));
    // the id in there is that of a buffer
    if ("type" in value && value.type === "bytes") return value;
    const id = this.#idOf(value);
    const created = typeof id === "string" ? this.#created.get(id) : undefined;
    if (created === undefined) return mapValues(value, (item) => this.#writeOut(item));
    this.#created.delete(created.id);
    return { ...created, attributes: this.#writeOut(created.attributes) };
  }
}

/**
 * Changes a document to what the server sent. Returns whether that was possible; otherwise nothing
 * was changed.
 *
 * @param {BokehPageDocument} document
 * @param {BokehDocumentJson} json
 * @param {Map<string, ArrayBuffer>} buffers
 * @param {(id: string, attr: string) => boolean} isKept Whether the page's value of an attribute is
 * newer than the server's.
 */
export function refreshDocument(document, json, buffers, isKept) {
  // definitions of classes that the page does not know yet can be read with a whole document only
  if (json.defs?.some(({ name }) => document.resolver.get(name) === null)) return false;
  const difference = new DocumentDifference(document, isKept);
  difference.read(json);
  if (difference.isImpossible) return false;
  document.apply_json_patch({ events: difference.events() }, buffers);
  difference.resetDefaults();
  if (document.title() !== json.title) document.set_title(json.title, { sync: false });
  return true;
}
