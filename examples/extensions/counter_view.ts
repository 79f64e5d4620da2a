/// <reference lib="dom" />

/** The part of AnyWidget's model that this widget uses. The package `@anywidget/types` has all of it. */
interface WidgetModel {
  get(name: "value"): number;
  set(name: "value", value: number): void;
  save_changes(): void;
  on(event: "change:value", callback: () => void): void;
}

export default {
  render({ model, el }: { model: WidgetModel; el: HTMLElement }): void {
    const button = document.createElement("button");
    const show = () => button.textContent = `Clicked ${model.get("value")} times`;
    button.onclick = () => {
      model.set("value", model.get("value") + 1);
      model.save_changes();
    };
    model.on("change:value", show);
    show();
    el.append(button);
  },
};
