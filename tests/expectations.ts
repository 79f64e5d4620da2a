/**
 * Behavior that users of Bokeh's server expect and that is easily overlooked, each with its tests: paths of test files, and names
 * of tests of the conformance suite.
 *
 * @module
 */

/** An expectation, and its tests. */
export type Expectation = readonly [behavior: string, ...tests: string[]];

/** All expectations. */
export const EXPECTATIONS: readonly Expectation[] = [
  [
    "the icon is also served outside the prefix, and can be turned off",
    "server/requests/router_test.ts",
    "test_favicon_none",
  ],
  ["HEAD works for every route", "tests/expectations_test.ts", "test_head_answers_as_get_without_a_body"],
  ["OPTIONS of autoload.js works also without Origin", "tests/expectations_test.ts", "test_autoload_options"],
  ["Vary: Origin", "test_autoload_cors_mirrors_an_allowed_origin"],
  ["a trailing slash is accepted", "test_page_with_trailing_slash"],
  [
    "the root redirects to the only application and keeps the query",
    "handlers/pages/root_test.ts",
    "test_root_redirects_to_a_single_application",
  ],
  ["the index page works offline", "tests/expectations_test.ts"],
  [
    "static files: 304, ranges, hashes, types, no path traversal",
    "handlers/files/static_test.ts",
    "tests/expectations_test.ts",
  ],
  [
    "the log states the option that allows an origin, and warns of *",
    "tests/expectations_test.ts",
    "cli/options/warnings_test.ts",
  ],
  [
    "a port in use is reported in one line; port 0 is reported, and its origin allowed",
    "tests/processes/program_test.ts",
    "server/serve_test.ts",
    "test_port_0_takes_a_free_port",
  ],
  [
    "--show uses https, the address and the prefix",
    "tests/expectations_test.ts",
    "test_show_opens_each_application",
  ],
  ["an invalid option exits with 2", "tests/processes/program_test.ts"],
  ["the log states the interfaces on which the server listens", "tests/expectations_test.ts"],
  [
    "log: levels, milliseconds, format, file, JSON, no secrets",
    "tests/expectations_test.ts",
    "cli/logging/log_format_test.ts",
    "cli/logging/logging_test.ts",
  ],
  [
    "headers of proxies are used only with an option",
    "server/requests/forwarded_test.ts",
    "test_use_xheaders",
  ],
  [
    "a session id in the query is used, and is not an argument of the application",
    "test_session_id_by_argument",
    "test_arguments",
    "handlers/http/request_filter_test.ts",
  ],
  [
    "include and exclude options exclude each other; names of headers ignore case",
    "test_include_and_exclude_together_end_the_program",
    "handlers/http/request_filter_test.ts",
  ],
  ["--include-headers Cookie includes the cookies", "test_include_headers_with_cookie"],
  ["a token can be sent again as bokeh-token", "handlers/pages/doc_test.ts"],
  [
    "an empty session id is refused; concurrent requests create one session",
    "test_empty_session_id_is_refused",
    "session/registry/registry_test.ts",
  ],
  ["two tabs with one session id share a document", "test_concurrent_requests_of_one_session_share_a_document"],
  ["a session that is in use does not expire", "session/registry/registry_test.ts"],
  ["periodic callbacks stop with the session", "test_callbacks_stop_with_the_session"],
  ["events of the document reach the application", "test_document_event", "test_document_ready_event"],
  ["BokehJS reconnects after a lost connection", "tests/browser/sliders_test.ts"],
  [
    "text and binary frames of a message are not interleaved with others",
    "test_pull_doc_buffers",
    "session/connection/outbox_test.ts",
  ],
  ["a patch is not sent back to its author", "session/session_test.ts"],
  ["hold: combine and collect", "document/events/hold_test.ts"],
  ["a change of the title changes the title of the tab", "test_title_change_reaches_the_tab"],
  ["templates: variables and embed(root)", "handlers/pages/doc_test.ts", "test_template_page"],
  [
    "themes; static files of the application and of BokehJS",
    "document/themes/theme_test.ts",
    "test_static_of_a_directory_application",
  ],
  [
    "a second interrupt exits at once; SIGTERM runs the hooks; no process remains",
    "tests/processes/signals_test.ts",
    "test_sigterm_destroys_sessions_and_unloads",
    "tests/processes/processes_test.ts",
  ],
  ["the file of a Unix socket is removed, and an unused one replaced", "server/serve_test.ts"],
  ["a TLS key can have a password", "tests/expectations_test.ts"],
  ["the result of processRequest is in the payload of the token", "test_process_request_goes_into_the_payload"],
  [
    "BokehJS is served byte for byte as published, and the server states its version",
    "embed/resources/bokehjs_build_test.ts",
    "tests/browser/bokehjs_build_test.ts",
  ],
  ["SERVER-INFO-REPLY", "session/session_test.ts", "test_server_info"],
  ["Python's pull_session and push_session work", "test_pull_session", "test_push_session"],
  ["files of extensions are served", "tests/expectations_test.ts"],
  ["half-open connections are closed", "tests/expectations_test.ts"],
  [
    "pages with tokens are not cached and not indexed",
    "handlers/pages/doc_test.ts",
    "tests/expectations_test.ts",
  ],
  [
    "all BOKEH_ variables are supported; the source of each setting is shown",
    "cli/settings/settings_test.ts",
    "test_settings",
  ],
  [
    "secrets: a short one causes a warning, a missing one stops the start",
    "cli/options/warnings_test.ts",
    "test_signed_without_a_key",
  ],
  ["metadata can be a function", "handlers/pages/root_test.ts"],
  ["serving only the main file of a folder causes a warning", "cli/options/warnings_test.ts"],
];
