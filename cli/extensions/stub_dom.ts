/**
 * Stubs of a browser's global objects, so that the bundles of BokehJS can be imported.
 *
 * @module
 */

const GLOBALS = [
  "CSSStyleSheet",
  "CanvasRenderingContext2D",
  "CustomEvent",
  "DOMParser",
  "DocumentFragment",
  "Element",
  "HTMLCanvasElement",
  "HTMLDivElement",
  "HTMLElement",
  "HTMLImageElement",
  "HTMLInputElement",
  "HTMLSelectElement",
  "HTMLSpanElement",
  "HTMLTemplateElement",
  "Image",
  "IntersectionObserver",
  "KeyboardEvent",
  "MouseEvent",
  "MutationObserver",
  "Node",
  "NodeFilter",
  "Path2D",
  "PointerEvent",
  "ResizeObserver",
  "SVGElement",
  "ShadowRoot",
  "TouchEvent",
  "UIEvent",
  "WheelEvent",
  "XMLSerializer",
];
const FUNCTIONS = ["addEventListener", "customElements", "getComputedStyle", "matchMedia", "requestAnimationFrame"];

/** Adds the stubs to the global object. Call it before importing the bundles. */
export function installStubDom(): void {
  const define = (name: string, value: unknown) =>
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  define("window", globalThis);
  define("navigator", { userAgent: "", platform: "", language: "en" });
  for (const name of GLOBALS) if (!(name in globalThis)) define(name, class {});
  for (const name of FUNCTIONS) if (!(name in globalThis)) define(name, anything());
  // BokehJS measures text with a two-dimensional context, which Deno's canvas does not have.
  define("OffscreenCanvas", anything());
  define("document", documentStub());
}

function documentStub(): object {
  const element = {
    append() {},
    appendChild() {},
    attachShadow: () => element,
    classList: { add() {} },
    getContext: anything,
    setAttribute() {},
    style: {},
  };
  return {
    addEventListener() {},
    body: element,
    createElement: () => element,
    createElementNS: () => element,
    createTextNode: () => element,
    currentScript: null,
    documentElement: element,
    head: element,
    implementation: { createHTMLDocument: () => ({ body: {}, createElement: () => ({}) }) },
    getElementsByTagName: () => [],
    querySelector: () => null,
    querySelectorAll: () => [],
    readyState: "complete",
  };
}

/**
 * Returns a value that can be called, constructed, read and iterated. The results are such values
 * too.
 */
function anything(): object {
  return new Proxy(function () {}, {
    get(target, key) {
      if (key === Symbol.toPrimitive) return () => "";
      if (key === Symbol.iterator) return () => [].values();
      if (key === "prototype") return target.prototype;
      return key === "then" ? undefined : anything();
    },
    set: () => true,
    has: () => true,
    apply: () => anything(),
    construct: () => anything(),
  });
}
