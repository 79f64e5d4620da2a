/**
 * What everybody expects of a server of documents and is easily forgotten, each with the test that holds it: a part of the test's name, or of its function's in
 * the conformance suite.
 *
 * @module
 */

/** An expectation and the names of its tests. */
export type Expectation = readonly [what: string, ...tests: string[]];

/** All expectations, in the order of the design's list. */
export const EXPECTATIONS: readonly Expectation[] = [
  [
    "the icon is outside the prefix, and may be none",
    "Router keeps everything below the prefix, and the icon also at the root",
    "test_favicon_none",
  ],
  ["HEAD for every route", "HEAD is answered wherever GET is", "test_head_answers_as_get_without_a_body"],
  ["OPTIONS on autoload.js, also without Origin", "OPTIONS on autoload.js needs no Origin", "test_autoload_options"],
  ["Vary: Origin", "test_autoload_cors_mirrors_an_allowed_origin"],
  ["a slash at the end", "test_page_with_trailing_slash"],
  [
    "the root leads to the only application, with the query",
    "handleRoot leads to the only application, with the query",
    "test_root_redirects_to_a_single_application",
  ],
  ["the index works offline", "the index needs nothing from elsewhere"],
  [
    "static files: 304, ranges, hashes, types, no way out",
    "handleStatic knows what the client has",
    "handleStatic answers with a part",
    "handleStatic lets caches keep what is asked for by its hash",
    "handleStatic finds nothing outside of its folder",
    "static files have the types that browsers want",
  ],
  [
    "the log names the option that lets an origin in, and warns of *",
    "the log says how to let an origin in",
    "warningsOf tells of options that do nothing, of doors that stand open",
  ],
  [
    "a port in use is told in one line; port 0 is told and let in",
    "a port in use ends the program with 1 and one line",
    "serveBokeh lets its own pages in by every name of this machine",
    "test_port_0_takes_a_free_port",
  ],
  [
    "--show with https, address and prefix",
    "the address to show has the scheme and the prefix",
    "test_show_opens_each_application",
  ],
  ["a bad option ends with 2", "a bad option ends the program with 2 and the usage"],
  ["the interfaces that are listened on are told", "the log tells where the server listens"],
  [
    "log: levels, milliseconds, format, file, JSON, no secrets",
    "the access log has no session ids and no tokens",
    "logFormatter writes a line of JSON",
    "startLogging appends to a file",
  ],
  [
    "headers of proxies behind a flag only",
    "forwardedRequest believes nobody where it is not told to",
    "forwardedRequest reads the standard's header",
    "test_use_xheaders",
  ],
  [
    "an id in the query works and is no argument of the application's",
    "test_session_id_by_argument",
    "test_arguments",
    "parseArguments keeps all values of a name, in order, as bytes",
  ],
  [
    "include and exclude do not go together; headers in any case",
    "test_include_and_exclude_together_end_the_program",
    "requestParts lets in what is included, headers in any case of letters",
  ],
  ["include-headers Cookie keeps it", "test_include_headers_with_cookie"],
  ["a token may be posted again as bokeh-token", "handleDoc gives the page back the token that it is given"],
  [
    "no empty id; one creation for two requests",
    "test_empty_session_id_is_refused",
    "SessionRegistry creates one session for concurrent callers",
  ],
  ["two tabs on one id share a document", "test_concurrent_requests_of_one_session_share_a_document"],
  [
    "a session in use does not expire",
    "SessionRegistry.sweep keeps sessions that are busy or blocked",
    "SessionRegistry.sweep destroys sessions that were idle for too long",
  ],
  ["periodic callbacks stop with the session", "test_callbacks_stop_with_the_session"],
  ["events of the document reach the application", "test_document_event", "test_document_ready_event"],
  ["a lost connection is told by BokehJS", "a page goes on after the server was started anew"],
  [
    "text and binary frames, nothing in between",
    "test_pull_doc_buffers",
    "Outbox delays messages when the socket is congested, and sends them in order",
  ],
  [
    "no echo to the author of a patch",
    "Connection sends the changes of callbacks before the OK, and no echo to the sender",
  ],
  [
    "hold: combine and collect",
    "hold() combines later values of an attribute in the place of the first",
    "hold() collects events until unhold()",
  ],
  ["a change of the title reaches the tab", "test_title_change_reaches_the_tab"],
  ["templates: variables and embed(root)", "handleDoc uses the application's template", "test_template_page"],
  [
    "themes; own static files and BokehJS's",
    "theme gives other defaults, which are sent as if they were set",
    "test_static_of_a_directory_application",
  ],
  [
    "two interrupts end at once; SIGTERM runs the hooks; no process is left",
    "a second ",
    "test_sigterm_destroys_sessions_and_unloads",
    "processes end with the one that started them, however it ended",
  ],
  [
    "the file of a unix socket is removed, and taken over",
    "serveBokeh takes the place of a unix socket that nobody listens on",
    "serveBokeh listens on a unix socket, and takes its file away",
  ],
  ["the password of a TLS key", "a TLS key may have a password"],
  ["processRequest goes into the payload", "test_process_request_goes_into_the_payload"],
  [
    "BokehJS is served byte for byte as published, and the server states its version",
    "PACKAGED_BOKEHJS is npm's package byte for byte, with the hashes that Bokeh publishes",
    "a server serves the BokehJS of Python's package, and states its version",
  ],
  ["SERVER-INFO-REPLY", "test_server_info"],
  ["Python's pull_session and push_session", "test_pull_session", "test_push_session"],
  ["files of extensions", "extraPatterns serve the files of an extension"],
  ["half-open sockets are ended", "a client that answers no ping is let go"],
  [
    "pages with tokens are kept by nobody",
    "handleDoc answers with a page that nobody keeps",
    "pages with tokens are not for search engines",
  ],
  [
    "BOKEH_ variables, and settings with where they came from",
    "SETTINGS has the variables of Bokeh's server",
    "test_settings",
  ],
  [
    "secrets: short ones are warned of, missing ones stop the start",
    "warningsOf tells of options that do nothing, of doors that stand open",
    "test_signed_without_a_key",
  ],
  ["metadata may be a function", "handleMetadata tells the path and the data, or what makes it"],
  ["a main file that is served alone is warned of", "of lone main files"],
];
