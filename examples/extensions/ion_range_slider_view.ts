/// <reference lib="dom" />

import { WidgetView } from "@bokeh/bokehjs/build/js/lib/models/widgets/widget";
import type { Widget } from "@bokeh/bokehjs/build/js/lib/models/widgets/widget";
import $ from "npm:jquery@^3.7.1";
import css from "npm:ion-rangeslider@^2.3.1/css/ion.rangeSlider.min.css" with { type: "text" };
import "npm:ion-rangeslider@^2.3.1";

/** The properties that ion_range_slider.ts defines. */
type IonRangeSlider = Widget & { start: number; end: number; step: number; range: [number, number] };

/** The part of the plug-in that this view uses. */
interface Slider {
  update(options: { from: number; to: number }): void;
  destroy(): void;
}

export default class IonRangeSliderView extends WidgetView {
  declare model: IonRangeSlider;
  #slider?: Slider;

  override stylesheets(): ReturnType<WidgetView["stylesheets"]> {
    return [...super.stylesheets(), css];
  }

  override connect_signals(): void {
    super.connect_signals();
    this.on_change(this.model.property("range"), () => {
      const [from, to] = this.model.range;
      this.#slider?.update({ from, to });
    });
  }

  override render(): void {
    super.render();
    const input = document.createElement("input");
    this.shadow_el.append(input);
    const { start, end, step, range: [from, to] } = this.model;
    const onFinish = ({ from, to }: { from: number; to: number }) => this.model.range = [from, to];
    $(input).ionRangeSlider({ type: "double", skin: "round", min: start, max: end, step, from, to, onFinish });
    this.#slider = $(input).data("ionRangeSlider");
  }

  override remove(): void {
    this.#slider?.destroy();
    super.remove();
  }
}
