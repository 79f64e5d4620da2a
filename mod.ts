/**
 * A Bokeh server for Deno. Applications build documents of models, which the server synchronizes
 * with browsers.
 *
 * ```ts
 * import { type Document, serveBokeh } from "@bokeh/server";
 * import { Slider } from "@bokeh/server/models";
 *
 * await using server = await serveBokeh((doc: Document) => {
 *   doc.add_root(new Slider({ start: 0, end: 10, value: 1, title: "Volume" }));
 * }, { port: 0 });
 * ```
 *
 * As a program this module is the command line: `deno run -A jsr:@bokeh/server app.ts`.
 *
 * @module
 */

export { type BokehHttpServer, serveBokeh } from "./server/serve.ts";
export type { Applications, ApplicationSource } from "./server/application_sources.ts";
export { BokehServer } from "./server/bokeh_server.ts";
export type { UpdatedSessions } from "./server/update_sessions.ts";
export type { Limits } from "./common/limits.ts";
export type { ServerLimits } from "./server/options/limits.ts";
export type { ProcessGroupOptions } from "./server/processes/process_group.ts";
export type { Certificate } from "./server/listener.ts";
export type {
  BokehServerOptions,
  ErrorDetails,
  ExtraPattern,
  ExtraPatternOptions,
  ServeBokehOptions,
  UncaughtErrorPolicy,
} from "./server/options/options.ts";
export type { AdminLogControl, AdminOptions } from "./server/admin/admin_options.ts";
export type { AdminLogLevel } from "./admin/admin_source.ts";
export type { AuthContext, AuthProvider } from "./server/auth.ts";
export { type SignedCookieOptions, SignedCookies, type SignedCookiesOptions, type XsrfToken } from "./server/auth.ts";
export { Application } from "./application/application.ts";
export type {
  ApplicationFunction,
  ApplicationOptions,
  DocumentValidation,
  Metadata,
  SharingPolicy,
} from "./application/application_options.ts";
export type { ApplicationRoutes, RouteContext, RouteHandler } from "./application/routes.ts";
export type { LifecycleHooks } from "./application/hooks.ts";
export { Document, type DocumentOptions } from "./document/document.ts";
export type { PatchLimits } from "./document/patches/patch_plan.ts";
export type { DeserializerLimits } from "./models/wire/deserializer.ts";
export type { LimitKind, WorkKind, WorkLimits } from "./protocol/work_limits.ts";
export type { DocumentEventCallback, MessageCallback } from "./document/callbacks/document_callbacks.ts";
export type {
  DocumentChangeCallback,
  DocumentEvent,
  DocumentPatchedEvent,
  MessageSentEvent,
  RootAddedEvent,
  RootRemovedEvent,
  SessionCallbackAdded,
  SessionCallbackRemoved,
  TitleChangedEvent,
} from "./document/events/events.ts";
export type {
  AttributeEventBase,
  ColumnDataChangedEvent,
  ColumnsPatchedEvent,
  ColumnsStreamedEvent,
  DocumentEventBase,
  MessageRoute,
  ModelChangedEvent,
} from "./document/events/model_events.ts";
export {
  type ClientChange,
  definesModel,
  type PatchPolicy,
  type PolicySession,
  widgetsAndTools,
} from "./document/patches/patch_policy.ts";
export type { HoldPolicy } from "./document/events/hold.ts";
export type { ValidationIssue } from "./document/integrity/check_integrity.ts";
export type { LockedCallback, LockedCallbackPolicy } from "./document/callbacks/locked_callback.ts";
export type { Callback, SessionCallback } from "./document/callbacks/session_callbacks.ts";
export { curdoc } from "./document/curdoc.ts";
export { without_document_lock } from "./document/callbacks/unlocked.ts";
export type { DocJson } from "./protocol/message.ts";
export type { ClientMessageType } from "./protocol/message_types.ts";
export { PROTOCOL_ERRORS, type ProtocolErrorAnswer, type ProtocolErrorCode } from "./protocol/error.ts";
export type {
  ColumnDataChanged,
  ColumnsPatched,
  ColumnsStreamed,
  MessageSent,
  ModelChanged,
  ModelRef,
  PatchEvent,
  RootAdded,
  RootRemoved,
  TitleChanged,
} from "./protocol/patch.ts";
export type { Trace } from "./session/observability/trace.ts";
export type { SessionEvent, SessionObserver } from "./session/observability/observer.ts";
export { checkSessionIdSignature, generateSessionId } from "./session/credentials/session_id.ts";
export type { SigningOptions } from "./session/credentials/signature.ts";
export type { RecordingOptions, RecordOption } from "./session/recording/recording.ts";
export type { Session } from "./session/session.ts";
export type { TaskSettings } from "./tasks/task_service.ts";
export type { TransactOptions } from "./session/transactions/transaction.ts";
export type { LogLevel } from "./embed/resources/resources.ts";
export type { ServerContext, SessionContext, SessionDestroyedCallback } from "./document/document.ts";
export type {
  ScheduleContext,
  ScheduledFunction,
  ScheduleOptions,
  ServerContextOf,
  SessionContextOf,
} from "./document/session_context.ts";
export type { DocumentLocation, LocationTarget } from "./document/page/document_location.ts";
export type { DocumentNotifications, NotificationOptions } from "./document/page/notifications.ts";
export type { PageActions } from "./document/page/page_actions.ts";
export type { ConfirmOptions } from "./document/page/questions.ts";
export type { LocationCallback } from "./document/page/location_state.ts";
export type { SessionRequest } from "./document/session_request.ts";
export type {
  Claim,
  Finding,
  Opening,
  Ownership,
  SessionKey,
  SessionStore,
  StoreMember,
  StoreNode,
  StoreNotice,
} from "./session/persistence/session_store.ts";
export type {
  SharedLogBatch,
  SharedLogEnd,
  SharedLogKey,
  SharedLogPosition,
  SharedLogReading,
  SharedLogs,
} from "./session/persistence/shared_log.ts";
export type { ResumeOutcome } from "./session/persistence/resume.ts";
export { StoreError, type StoreErrorCode } from "./session/persistence/store_error.ts";
export type {
  JournalEntry,
  OpenOptions,
  Snapshot,
  StoredDocument,
  StoredSession,
} from "./session/persistence/stored_session.ts";
export type { DownloadedFile, SessionFiles, UploadedFile, UploadOptions } from "./document/session_files.ts";

if (import.meta.main) {
  // Not awaited, because applications that import this module would wait for it, and it for them: a
  // deadlock.
  import("./cli/main.ts").then(({ main }) => main(Deno.args)).then(Deno.exit);
}
