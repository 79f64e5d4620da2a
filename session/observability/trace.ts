/** Runs work as a span of a trace that somebody may collect; the span ends when the work has ended, also where that is a promise. */
export type Trace = <T>(name: string, attributes: Readonly<Record<string, string | number>>, work: () => T) => T;

/** Where nobody collects traces. */
export const noTrace: Trace = (_name, _attributes, work) => work();
