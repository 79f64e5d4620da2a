import type { AdminLogLevel } from "../../admin/admin_source.ts";

/** What an admin page asks a process of the server to do. */
export type AdminCommand =
  /** Returns what is newer than an earlier report. */
  | { readonly kind: "report"; readonly sinceTime: number; readonly sinceError: number }
  /** Ends a session, and returns whether it existed. */
  | { readonly kind: "end"; readonly instance: string }
  | { readonly kind: "drain"; readonly isDraining: boolean }
  | { readonly kind: "level"; readonly level: AdminLogLevel };
