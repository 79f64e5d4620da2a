/// <reference types="./bokehjs.d.ts" />
/// <reference types="./constants.d.ts" />

// Runs the bundle of a custom model's view, and registers the class of the model with BokehJS.

const definition = __EXTENSION__;

const { default_resolver: resolver } = Bokeh.require("base");
const { HasProps } = Bokeh.require("core/has_props");
const { View } = Bokeh.require("core/view");
const kinds = Bokeh.require("core/kinds");
const properties = Bokeh.require("core/properties");

/** The types of properties that can refer to columns, by the types of their values. */
const SPECS = {
  Bool: properties.BooleanSpec,
  Color: properties.ColorSpec,
  DashPattern: properties.LineDashSpec,
  Float: properties.NumberSpec,
  FontSize: properties.FontSizeSpec,
  Int: properties.IntSpec,
  Str: properties.StringSpec,
};

/**
 * Returns a module of BokehJS.
 *
 * @param {string} specifier The specifier of an import in the view's module.
 */
function requireModule(specifier) {
  const path = /^(?:npm:)?\/?@bokeh\/bokehjs(?:@[^/]+)?(?:\/(?:build\/js\/lib\/)?(.*?))?(?:\.d)?(?:\.[jt]s)?$/.exec(
    specifier,
  )?.[1];
  if (path === undefined) return Bokeh;
  return Bokeh.require(/** @type {keyof BokehModules} */ (path));
}

/**
 * Returns the property type of a definition.
 *
 * @param {BokehKindDefinition} rep
 * @returns {object}
 */
function kindOf(rep) {
  if (typeof rep === "string") return kinds[rep] ?? kinds.Any;
  const [name, ...parts] = rep;
  switch (name) {
    case "Enum":
      return kinds.Enum(...parts);
    case "Ref":
      return kinds.Ref(classOf(parts[0].id));
    case "Spec":
      return SPECS[/** @type {keyof SPECS} */ (parts[0])] ?? properties.AnySpec;
    case "Struct":
      return kinds.Struct(Object.fromEntries(parts.map(([field, kind]) => [field, kindOf(kind)])));
    default:
      return kinds[name](...parts.map(kindOf));
  }
}

/**
 * Returns a class of BokehJS. Abstract classes are not registered under their names, but are bases of those that are.
 *
 * @param {string} name
 */
function classOf(name) {
  for (const registered of resolver.get(name) === null ? resolver.names : [name]) {
    for (let cls = resolver.get(registered); cls?.prototype instanceof HasProps; cls = Object.getPrototypeOf(cls)) {
      if (cls.__qualified__ === name) return cls;
    }
  }
  throw new Error(`Cannot show ${definition.name}: BokehJS has no class ${name} that is loaded`);
}

/**
 * Creates the class of the model from its definition.
 *
 * @param {BokehViewClass} view The class of its view.
 */
function makeModel(view) {
  /** @type {BokehModelClass} */
  const model = class extends classOf(definition.base) {};
  const { Deserializer } = Bokeh.require("core/serialization/deserializer");
  const decode = (/** @type {unknown} */ rep) => rep === undefined ? rep : new Deserializer(resolver).decode(rep);
  // LayoutDOMView leaves this to its subclasses.
  if (!("child_models" in view.prototype)) Object.defineProperty(view.prototype, "child_models", { get: () => [] });
  model.define(Object.fromEntries(
    definition.properties.map(({ name, kind, default: rep }) => [name, [kindOf(kind), decode(rep)]]),
  ));
  model.override(Object.fromEntries(Object.entries(definition.overrides).map(([name, rep]) => [name, decode(rep)])));
  model.prototype.default_view = view;
  return model;
}

/** Returns the class of the base's view. */
function baseView() {
  const base = classOf(definition.base);
  const { LayoutDOMView } = Bokeh.require("models/layouts/layout_dom");
  return base.prototype.default_view ?? LayoutDOMView;
}

/** The model as AnyWidget passes it to `render`. See https://anywidget.dev/en/afm/ */
class WidgetModel {
  #model;
  /** @type {Map<string, Map<Function, () => void>>} */
  #callbacks = new Map();
  /** @type {Set<string>} */
  #unsaved = new Set();

  /** @param {BokehModel} model */
  constructor(model) {
    this.#model = model;
  }

  /** @param {string} name */
  get(name) {
    return this.#model.property(name).get_value();
  }

  /**
   * Sets a property in the page. `save_changes` sends it to the server.
   *
   * @param {string} name
   * @param {unknown} value
   */
  set(name, value) {
    this.#unsaved.add(name);
    this.#model.setv({ [name]: value }, { sync: false });
  }

  save_changes() {
    const changes = [...this.#unsaved].map((name) => {
      const property = this.#model.property(name);
      return [property, undefined, property.get_value()];
    });
    this.#unsaved.clear();
    if (changes.length > 0) this.#model._push_changes(changes, true);
  }

  /**
   * @param {string} event `change:name` of a property
   * @param {(...args: unknown[]) => void} callback
   */
  on(event, callback) {
    const name = /^change:(.+)$/.exec(event)?.[1];
    if (name === undefined) return;
    const slot = () => callback({}, this.get(name));
    const { change } = this.#model.property(name);
    change.connect(slot);
    const known = this.#callbacks.get(event) ?? new Map();
    this.#callbacks.set(event, known.set(callback, () => change.disconnect(slot)));
  }

  /**
   * @param {string} [event]
   * @param {Function} [callback]
   */
  off(event, callback) {
    for (const [name, callbacks] of this.#callbacks) {
      if (event !== undefined && name !== event) continue;
      for (const [known, disconnect] of callbacks) {
        if (callback !== undefined && known !== callback) continue;
        disconnect();
        callbacks.delete(known);
      }
    }
  }

  send() {
    throw new Error(`Cannot send a message of ${definition.name}: set a property instead`);
  }

  /** AnyWidget's access to other widgets, which Bokeh has as properties. */
  get widget_manager() {
    throw new Error(`Cannot get other widgets of ${definition.name}: refer to other models with properties`);
  }
}

/**
 * Returns the class of a view that calls the functions of an AnyWidget.
 *
 * @param {AnyWidget | (() => AnyWidget | Promise<AnyWidget>)} source
 */
function widgetView(source) {
  return class extends baseView() {
    /** @type {AnyWidget | undefined} */
    #widget;
    #widgetModel = new WidgetModel(this.model);
    /** @type {(() => unknown)[]} */
    #cleanups = [];
    /** @type {AbortController | undefined} */
    #rendering;

    async lazy_initialize() {
      await super.lazy_initialize();
      const widget = this.#widget = typeof source === "function" ? await source() : source;
      this.#keep(await widget.initialize?.({ model: this.#widgetModel, signal: new AbortController().signal }));
    }

    render() {
      super.render();
      this.#rendering?.abort();
      const { signal } = this.#rendering = new AbortController();
      const el = document.createElement("div");
      this.shadow_el.append(el);
      Promise.resolve(this.#widget?.render?.({ model: this.#widgetModel, el, signal })).then((cleanup) =>
        this.#keep(cleanup)
      )
        .catch((error) => showError(this.shadow_el, error));
    }

    /** @param {unknown} cleanup */
    #keep(cleanup) {
      if (typeof cleanup === "function") this.#cleanups.push(() => cleanup());
    }

    remove() {
      this.#rendering?.abort();
      for (const cleanup of this.#cleanups.splice(0)) cleanup();
      this.#widgetModel.off();
      super.remove();
    }
  };
}

/**
 * Shows an error in place of a model, and throws it again, so that the console shows its line.
 *
 * @param {ShadowRoot} element
 * @param {unknown} error
 */
function showError(element, error) {
  const text = `Cannot show ${definition.name}: ${error instanceof Error ? error.message : error}`;
  element.append(Object.assign(document.createElement("pre"), { textContent: text }));
  reportError(error);
}

/**
 * Adds the style sheets of the definition to a view.
 *
 * @param {BokehViewClass} view
 */
function addStyles({ prototype }) {
  if (definition.css.length === 0) return;
  const { stylesheets } = prototype;
  const { ImportedStyleSheet } = Bokeh.require("core/dom");
  prototype.stylesheets = function () {
    const own = definition.css.map(({ text, url }) => text ?? new ImportedStyleSheet(url));
    return [...stylesheets.call(this), ...own];
  };
}

/**
 * Shows an error of a view in its place, so that the other models of the document are shown.
 *
 * @param {BokehViewClass} view
 */
function showErrorsOf({ prototype }) {
  const { render } = prototype;
  prototype.render = function (/** @type {unknown[]} */ ...args) {
    try {
      return render.apply(this, args);
    } catch (error) {
      // Views of glyphs have no element.
      if (this.shadow_el === undefined) throw error;
      showError(this.shadow_el, error);
    }
  };
}

/**
 * Returns whether a value is a class derived from another.
 *
 * @param {unknown} value
 * @param {Function} base
 */
function isClass(value, base) {
  return typeof value === "function" && value.prototype instanceof base;
}

/**
 * Returns the class of the model.
 *
 * @param {{ [name: string]: any }} exports The exports of the view's module.
 */
function modelOf(exports) {
  const name = definition.name.split(".").at(-1) ?? "";
  const values = Object.values(exports);
  const models = values.filter((value) => isClass(value, HasProps));
  const model = exports[name] ?? (isClass(exports.default, HasProps) ? exports.default : undefined) ??
    (models.length === 1 ? models[0] : undefined);
  if (isClass(model, HasProps)) {
    model.__qualified__ = definition.name;
    return model;
  }
  const views = values.filter((value) => isClass(value, View));
  const view = isClass(exports.default, View) ? exports.default : exports[`${name}View`] ?? views[0];
  if (isClass(view, View)) return makeModel(view);
  const widget = exports.default ?? exports;
  if (typeof widget === "function" || typeof widget.render === "function") return makeModel(widgetView(widget));
  throw new Error(
    `Cannot show ${definition.name}: ${definition.source} exports neither a model or view class of BokehJS nor, ` +
      "as its default, an AnyWidget: an object with render({ model, el })",
  );
}

// A page can contain several documents, each with this script.
if (resolver.get(definition.name)?.__digest__ !== definition.digest) {
  const bundle = { exports: {} };
  // deno-lint-ignore no-unused-vars -- the bundle uses the names
  (function (module, exports, require) {
    __BUNDLE__;
  })(bundle, bundle.exports, requireModule);
  // The script of a prebuilt bundle has registered the class; this one adds the style sheets.
  const model = definition.isRegistered ? classOf(definition.name) : modelOf(bundle.exports);
  model.__qualified__ = definition.name;
  model.__digest__ = definition.digest;
  const { default_view: view } = model.prototype;
  // Models that are parts of others have no view.
  if (view !== undefined) {
    addStyles(view);
    showErrorsOf(view);
  }
  resolver.register(model, true);
}
