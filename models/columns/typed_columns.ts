/**
 * Types of the columns of a data source: what authors pass, read, stream and patch.
 *
 * @module
 */

import type { PatchIndex, TypedArray } from "./columns.ts";
import type { DateTimeLike } from "../values/spec_types.ts";

/** Whether a type is `any`. */
export type IsAny<T> = 0 extends 1 & T ? true : false;

/**
 * The type of the elements that a column accepts, null for a missing value. Columns that are empty
 * when the data source is created accept all elements.
 */
export type ColumnElement<C> = IsAny<C> extends true ? unknown
  : C extends ArrayLike<infer E> ? [E] extends [never] ? unknown : (E extends DateTimeLike ? E | number : E) | null
  : unknown;

/**
 * Columns as authors read them. Only the application knows the types of columns that are empty when
 * the data source is created: their elements are of type `any`.
 */
export type ColumnViews<D> = {
  [K in keyof D]: IsAny<D[K]> extends true ? D[K]
    : D[K] extends readonly (infer E)[] ? ElementView<E>[]
    : D[K];
};

/** The type of an element of a list as it is read. Dates are stored as they are or as numbers. */
// deno-lint-ignore no-explicit-any -- any other type requires casts in applications
export type ElementView<E> = [E] extends [never] ? any : E extends DateTimeLike ? E | number : E;

/** Columns that replace those of a data source: arrays or typed arrays with the same elements. */
export type ColumnInputs<D> = { [K in keyof D]: D[K] | ArrayLike<ColumnElement<D[K]>> };

/** Patches of columns: pairs of an index and the new value or values, by column. */
export type ColumnPatches<D> = {
  [K in keyof D]?: (readonly [index: PatchIndex, value: PatchValue<ColumnElement<D[K]>>])[];
};

/**
 * The value of a patch: one element, or the elements of a slice. A patch can also replace a part of
 * an element that is an array.
 */
export type PatchValue<E> = E extends readonly unknown[] | TypedArray ? unknown : E | ArrayLike<E>;

/** Columns of rows: one for each property. A missing value is null. */
export type ColumnsOfRows<R> = { [K in R extends unknown ? keyof R : never]: Cell<R, K>[] };

/** The type of the values of a column of rows. Rows can have different properties. */
export type Cell<R, K> = R extends unknown ? K extends keyof R ? CellValue<R[K]> : null : never;

/** The value of a row as a data source stores it. */
export type CellValue<V> = V extends undefined ? null : V extends bigint ? number : V;
