/**
 * Click handlers of buttons, menus and legends.
 *
 * @module
 */

import { ButtonClick, LegendItemClick, MenuItemClick } from "../events.ts";
import type { Model } from "../base/model.ts";
import type { EventCallback } from "../base/model_callbacks.ts";

/** Additional methods of buttons. */
export interface ButtonMethods {
  /** Calls a function on the server for each click of the button. */
  on_click(callback: EventCallback<ButtonClick>): void;
  /** Runs a JavaScript callback in the browser for each click of the button. */
  js_on_click(callback: Model): void;
}

/** Implementation for the prototypes of buttons. */
export const buttonMethods: ButtonMethods & ThisType<Model> = {
  on_click(callback): void {
    this.on_event(ButtonClick, callback);
  },
  js_on_click(callback): void {
    this.js_on_event(ButtonClick, callback);
  },
};

/** Additional methods of dropdown menus. */
export interface DropdownMethods {
  /** Calls a function on the server for each click of the button or of an item of its menu. */
  on_click(callback: EventCallback<ButtonClick | MenuItemClick>): void;
  /**
   * Runs a JavaScript callback in the browser for each click of the button or of an item of its
   * menu.
   */
  js_on_click(callback: Model): void;
}

/** Implementation for the prototype of dropdown menus. */
export const dropdownMethods: DropdownMethods & ThisType<Model> = {
  on_click(callback): void {
    this.on_event(ButtonClick, callback);
    this.on_event(MenuItemClick, callback);
  },
  js_on_click(callback): void {
    this.js_on_event(ButtonClick, callback);
    this.js_on_event(MenuItemClick, callback);
  },
};

/** Additional methods of legends. */
export interface LegendMethods {
  /** Calls a function on the server for each click of an item of the legend. */
  on_click(callback: EventCallback<LegendItemClick>): void;
  /** Runs a JavaScript callback in the browser for each click of an item of the legend. */
  js_on_click(callback: Model): void;
}

/** Implementation for the prototype of legends. */
export const legendMethods: LegendMethods & ThisType<Model> = {
  on_click(callback): void {
    this.on_event(LegendItemClick, callback);
  },
  js_on_click(callback): void {
    this.js_on_event(LegendItemClick, callback);
  },
};

/** Additional methods of toggle buttons and button groups. */
export interface ToggleMethods {
  /** Calls a function on the server with the new state whenever the state changes. */
  on_click(callback: (active: unknown) => unknown): void;
  /** Runs a JavaScript callback in the browser whenever the state changes. */
  js_on_click(callback: Model): void;
}

/** Implementation for the prototypes of toggle buttons and button groups. */
export const toggleMethods: ToggleMethods & ThisType<Model> = {
  on_click(callback): void {
    // All of these classes have the attribute `active`, but the type `Model` does not declare it.
    this.on_change("active" as "name", (_attr, _old, active) => callback(active));
  },
  js_on_click(callback): void {
    this.js_on_change("active", callback);
  },
};
