/// <reference lib="dom" />

import { Label, LabelView } from "@bokeh/bokehjs/build/js/lib/models/annotations/label";
import katex from "npm:katex@^0.16.22";

/** Draws the text of a label as a formula in an element above the canvas. */
class LatexLabelView extends LabelView {
  #element?: HTMLElement;

  protected override _paint(): void {
    const { sx, sy } = this.#position();
    const element = this.#element ??= this.plot_view.shadow_el.appendChild(document.createElement("div"));
    Object.assign(element.style, { position: "absolute", left: `${sx}px`, top: `${sy}px`, pointerEvents: "none" });
    element.style.fontSize = String(this.model.text_font_size);
    // MathML needs neither fonts nor style sheets.
    katex.render(String(this.model.text), element, { throwOnError: false, output: "mathml" });
  }

  #position(): { sx: number; sy: number } {
    const { x, y } = this.model;
    const frame = this.plot_view.frame.bbox;
    return { sx: frame.left + Number(x), sy: frame.bottom - Number(y) };
  }

  override remove(): void {
    this.#element?.remove();
    super.remove();
  }
}

export class LatexLabel extends Label {
  static {
    this.prototype.default_view = LatexLabelView;
  }
}
