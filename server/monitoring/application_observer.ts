import type { SessionObserver } from "../../session/observability/observer.ts";
import type { ResolvedOptions } from "../options/resolve_options.ts";

/**
 * Returns an observer of an application that passes events to `onEvent`, the metrics and `onError`.
 */
export function applicationObserver(
  appPath: string,
  { onEvent, onError }: Pick<ResolvedOptions, "onEvent" | "onError">,
  ...metrics: readonly (SessionObserver | undefined)[]
): SessionObserver {
  const errors: SessionObserver = (event) => {
    if (event.type === "sessionFailed") onError(event.error, { appPath, during: "session creation" });
    if (event.type === "callbackFailed") onError(event.error, { appPath, during: "callback" });
    if (event.type === "internalError") onError(event.error, { appPath, during: "internal work" });
  };
  const observers = [onEvent, ...metrics, errors].filter((observer) => observer !== undefined);
  return (event) => observers.forEach((observer) => observer(event));
}
