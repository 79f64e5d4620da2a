/**
 * Just enough of a browser for BokehJS's bundles to load: every missing global answers anything that is asked of it.
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

/** Puts the stubs on the global object. Call it before the bundles are imported. */
export function installStubDom(): void {
  const define = (name: string, value: unknown) =>
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  define("window", globalThis);
  define("navigator", { userAgent: "", platform: "", language: "en" });
  for (const name of GLOBALS) if (!(name in globalThis)) define(name, class {});
  for (const name of FUNCTIONS) if (!(name in globalThis)) define(name, anything());
  // Deno's own canvas has no two-dimensional context, which BokehJS measures text with.
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

/** A value that can be called, constructed, read and iterated, and always answers with its like. */
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
