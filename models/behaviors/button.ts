/**
 * What buttons, menus and legends do when they are clicked.
 *
 * @module
 */

import { ButtonClick, LegendItemClick, MenuItemClick } from "../events.ts";
import type { Model } from "../base/model.ts";
import type { EventCallback } from "../base/model_callbacks.ts";

/** Methods of buttons. */
export interface ButtonMethods {
  /** Calls a function whenever the button is clicked. */
  on_click(callback: EventCallback<ButtonClick>): void;
  /** Runs JavaScript in the browser whenever the button is clicked. */
  js_on_click(callback: Model): void;
}

/** The implementation, for the prototypes of buttons. */
export const buttonMethods: ButtonMethods & ThisType<Model> = {
  on_click(callback): void {
    this.on_event(ButtonClick, callback);
  },
  js_on_click(callback): void {
    this.js_on_event(ButtonClick, callback);
  },
};

/** Methods of drop-down menus. */
export interface DropdownMethods {
  /** Calls a function whenever the button or an item of its menu is clicked. */
  on_click(callback: EventCallback<ButtonClick | MenuItemClick>): void;
  /** Runs JavaScript in the browser whenever the button or an item of its menu is clicked. */
  js_on_click(callback: Model): void;
}

/** The implementation, for the prototype of drop-down menus. */
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

/** Methods of legends. */
export interface LegendMethods {
  /** Calls a function whenever an item of the legend is clicked. */
  on_click(callback: EventCallback<LegendItemClick>): void;
  /** Runs JavaScript in the browser whenever an item of the legend is clicked. */
  js_on_click(callback: Model): void;
}

/** The implementation, for the prototype of legends. */
export const legendMethods: LegendMethods & ThisType<Model> = {
  on_click(callback): void {
    this.on_event(LegendItemClick, callback);
  },
  js_on_click(callback): void {
    this.js_on_event(LegendItemClick, callback);
  },
};

/** Methods of buttons that stay pressed, and of groups of buttons. */
export interface ToggleMethods {
  /** Calls a function with the state whenever the state changes. */
  on_click(callback: (active: unknown) => unknown): void;
  /** Runs JavaScript in the browser whenever the state changes. */
  js_on_click(callback: Model): void;
}

/** The implementation, for the prototypes of buttons that stay pressed, and of groups of buttons. */
export const toggleMethods: ToggleMethods & ThisType<Model> = {
  on_click(callback): void {
    // `active` is an attribute of these classes, which the type of all models does not name.
    this.on_change("active" as "name", (_attr, _old, active) => callback(active));
  },
  js_on_click(callback): void {
    this.js_on_change("active", callback);
  },
};
