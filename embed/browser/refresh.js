/// <reference types="./bokehjs.d.ts" />

/**
 * Makes the document of a page equal to the server's after a reconnection. Models of both documents
 * remain the same objects, and only attributes that differ are changed. Views are not built again,
 * so that focus, text that is being typed, the active tool and scroll positions are kept. BokehJS's
 * own `replace_with_json` builds everything again. `document/difference.ts` does the same for documents
 * in programs.
 *
 * Without comments and wrapped in a function, this file is a part of an inline script. It must not
 * contain the text of an end tag.
 *
 * @typedef {object} ModelRep The definition of a model, at its first occurrence in a document.
 * @property {"object"} type
 * @property {string} name Name of the class.
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

/** Computes the changes that turn the document of a page into that of the server. */
class DocumentDifference {
  /**
   * Whether no changes can make the documents equal, for example because an id belongs to models of
   * different classes.
   */
  isImpossible = false;
  /** @type {{ kind: "ModelChanged", model: { id: string }, attr: string, new: unknown }[]} */
  #changes = [];
  /** @type {Map<string, ModelRep>} Models that the page lacks, until a change defines them. */
  #created = new Map();
  /** @type {[BokehModel, Set<string>][]} Models of both documents, with the attributes that the server sent. */
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
   * Returns the changes as events of a patch. The first reference to each model that the page lacks
   * is replaced by its definition.
   */
  events() {
    return this.#changes.map((change) => this.#writeOut(change));
  }

  /**
   * Sets attributes that the page has changed, and that the server did not send, to their defaults.
   */
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
   * Returns a value in which models are replaced by references. Compares the attributes of models
   * that the page has.
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
   * Returns whether the page's value of an attribute has the same JSON as the server's. BokehJS
   * compares values itself, but considers equal specifications of visual properties as different.
   * Binary arrays, whose JSON differs, are compared by BokehJS.
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
    // its id is that of a buffer
    if ("type" in value && value.type === "bytes") return value;
    const id = this.#idOf(value);
    const created = typeof id === "string" ? this.#created.get(id) : undefined;
    if (created === undefined) return mapValues(value, (item) => this.#writeOut(item));
    this.#created.delete(created.id);
    return { ...created, attributes: this.#writeOut(created.attributes) };
  }
}

/**
 * Makes a document equal to the server's. Returns false, without changing it, if that is
 * impossible.
 *
 * @param {BokehPageDocument} document
 * @param {BokehDocumentJson} json
 * @param {Map<string, ArrayBuffer>} buffers
 * @param {(id: string, attr: string) => boolean} isKept Whether the page's value of an attribute is
 * newer than the server's.
 */
export function refreshDocument(document, json, buffers, isKept) {
  // BokehJS reads definitions of classes only from whole documents
  if (json.defs?.some(({ name }) => document.resolver.get(name) === null)) return false;
  const difference = new DocumentDifference(document, isKept);
  difference.read(json);
  if (difference.isImpossible) return false;
  document.apply_json_patch({ events: difference.events() }, buffers);
  difference.resetDefaults();
  if (document.title() !== json.title) document.set_title(json.title, { sync: false });
  return true;
}
