/**
 * Types of the names of columns that glyphs, tables, filters and tooltips may refer to.
 *
 * @module
 */

import type { ColumnData } from "./columns.ts";

/** The names of the columns of a data source: any text if the type checker does not know them. */
export type ColumnName<S> = S extends { readonly column_names: readonly (infer N extends string)[] } ? N
  : S extends ColumnData ? keyof S & string
  : string;

/**
 * The names that may refer to a column: if the given names `N` are literals, those of columns `C`,
 * otherwise any text. The type checker infers `N` from the values of this type.
 */
export type FieldName<N extends string, C extends string> = string extends N ? N : NoInfer<C>;

/** The names of the columns of a renderer's data source. */
export type ColumnNameOfRenderer<R> = R extends { readonly data_source: infer S } ? ColumnName<S> : string;

/**
 * A text of a tooltip, whose fields `@name` and `@{name}` must be columns `C`. Texts `T` that are not
 * literals are accepted.
 */
export type TooltipText<T extends string, C extends string> = string extends T ? T
  : string extends C ? T
  : CheckedTooltip<T, C>;

/** The texts whose fields are columns, and messages in place of the others. */
export type CheckedTooltip<T extends string, C extends string> = T extends unknown
  ? [Exclude<TooltipField<T>, C>] extends [never] ? T
  : `There is no column ${Exclude<TooltipField<T>, C>}, but ${C}`
  : never;

/** The fields of a text: `@{name}` anywhere, `@name` and `@name{format}` as the whole text. */
export type TooltipField<T extends string> = T extends `${string}@{${infer Name}}${infer Rest}`
  ? Name | TooltipField<Rest>
  : T extends `@${infer Name}{${string}` ? PlainName<Name>
  : T extends `@${infer Name}` ? PlainName<Name>
  : never;

/** A name without characters that end a name in a tooltip; otherwise no name. */
export type PlainName<T extends string> = T extends
  `${string}${" " | "@" | "$" | "," | "." | ":" | ";" | "<" | "(" | "-" | "/" | "%"}${string}` ? never
  : T;

/**
 * The key under which a model declares the columns that it refers to. For the type checker only: no
 * model has such a member.
 */
export declare const RefersTo: unique symbol;
