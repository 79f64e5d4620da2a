/**
 * Runs a function as a span of a trace. The span ends when the function has returned, or when the
 * promise that it returned has settled.
 */
export type Trace = <T>(name: string, attributes: Readonly<Record<string, string | number>>, work: () => T) => T;

/** Runs a function without tracing it. */
export const noTrace: Trace = (_name, _attributes, work) => work();
