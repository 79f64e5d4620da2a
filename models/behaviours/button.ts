/**
 * What buttons and menus do when they are clicked.
 *
 * @module
 */

import { ButtonClick, MenuItemClick } from "../events.ts";
import type { Model } from "../model.ts";
import type { EventCallback } from "./model_callbacks.ts";

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
