//! The one list of what can be set: flags, environment, file, `--print-config` and the JSON schema are made from it.

use super::config::{ClientAuth, LogFormat};
use super::field::{Field, Setting};

/// In the order of `--help`.
pub(super) static SETTINGS: &[Setting] = &[
    Setting {
        key: "listen",
        help: "Address of the service, health and reflection",
        field: Field::Address(|config| &mut config.listen),
    },
    Setting {
        key: "admin_listen",
        help: "Address of plaintext health, /livez, /readyz, /metrics and /version",
        field: Field::Address(|config| &mut config.admin_listen),
    },
    Setting {
        key: "worker_threads",
        help: "Threads that serve calls; 0 = one for each core",
        field: Field::Count { at: |config| &mut config.worker_threads, from: 0, to: 1024 },
    },
    Setting {
        key: "pool_threads",
        help: "Threads that read large documents and batches; 0 = one for each core",
        field: Field::Count { at: |config| &mut config.pool_threads, from: 0, to: 1024 },
    },
    Setting {
        key: "max_inline_bytes",
        help: "Largest document that is read on the thread that took the call, in bytes; larger ones go to the pool",
        field: Field::Count { at: |config| &mut config.inline_bytes, from: 0, to: I32 },
    },
    Setting {
        key: "max_document_bytes",
        help: "Largest document, in bytes",
        field: Field::Count { at: |config| &mut config.limits.document_bytes, from: 1, to: I32 },
    },
    Setting {
        key: "max_message_bytes",
        help: "Largest request message after decompression, in bytes; must stand above the largest document",
        field: Field::Count { at: |config| &mut config.limits.message_bytes, from: 1, to: I32 },
    },
    Setting {
        key: "max_response_bytes",
        help: "Largest response message, in bytes",
        field: Field::Count { at: |config| &mut config.limits.response_bytes, from: 1024, to: I32 },
    },
    Setting {
        key: "compress_from_bytes",
        help: "Answers from so many bytes on are compressed for callers that accept gzip or zstd; 0 = none, it costs more time than sending",
        field: Field::Count { at: |config| &mut config.compress_from, from: 0, to: I32 },
    },
    Setting {
        key: "max_batch_documents",
        help: "Most documents of one batch",
        field: Field::Count { at: |config| &mut config.limits.batch_documents, from: 1, to: I32 },
    },
    Setting {
        key: "max_facts",
        help: "Most facts of one answer",
        field: Field::Count { at: |config| &mut config.limits.facts, from: 1, to: I32 },
    },
    Setting {
        key: "max_stream_in_flight",
        help: "Most documents of one stream that are read at a time",
        field: Field::Count {
            at: |config| &mut config.limits.stream_in_flight,
            from: 1,
            to: 65_536,
        },
    },
    Setting {
        key: "max_in_flight_requests",
        help: "Most calls that are open at a time, in the whole process",
        field: Field::Count { at: |config| &mut config.admission.requests, from: 1, to: I32 },
    },
    Setting {
        key: "max_in_flight_bytes",
        help: "Most bytes of requests received and not yet answered, in the whole process",
        field: Field::Count { at: |config| &mut config.admission.bytes, from: 1, to: I32 },
    },
    Setting {
        key: "max_queue",
        help: "Most calls that wait for a core, beside those that have one; 0 = 64 for each core",
        field: Field::Count { at: |config| &mut config.admission.queue, from: 0, to: I32 },
    },
    Setting {
        key: "max_queue_wait",
        help: "Seconds; a call that would wait longer for a core is refused at once",
        field: Field::Seconds { at: |config| &mut config.admission.wait, from: 0.001, to: 3600.0 },
    },
    Setting {
        key: "max_deadline",
        help: "Seconds that a unary call may take, whatever its own deadline",
        field: Field::Seconds { at: |config| &mut config.max_deadline, from: 0.001, to: 86_400.0 },
    },
    Setting {
        key: "document_timeout",
        help: "Seconds after which a document is answered as far as it was read",
        field: Field::Seconds {
            at: |config| &mut config.document_timeout,
            from: 0.001,
            to: 86_400.0,
        },
    },
    Setting {
        key: "max_connections",
        help: "Most connections that are open at a time",
        field: Field::Count { at: |config| &mut config.connections.most, from: 1, to: I32 },
    },
    Setting {
        key: "max_handshakes",
        help: "Most TLS handshakes that are under way at a time",
        field: Field::Count { at: |config| &mut config.connections.handshakes, from: 1, to: I32 },
    },
    Setting {
        key: "handshake_timeout",
        help: "Seconds for a TLS handshake, and for a client's first bytes",
        field: Field::Seconds {
            at: |config| &mut config.connections.handshake_timeout,
            from: 0.01,
            to: 3600.0,
        },
    },
    Setting {
        key: "idle_timeout",
        help: "Seconds for which a connection may have no call; 0 = no limit",
        field: Field::Seconds {
            at: |config| &mut config.connections.idle_timeout,
            from: 0.0,
            to: 604_800.0,
        },
    },
    Setting {
        key: "max_connection_age",
        help: "Seconds, give or take a tenth, after which a connection is told to go away; 0 = never",
        field: Field::Seconds {
            at: |config| &mut config.connections.age,
            from: 0.0,
            to: 604_800.0,
        },
    },
    Setting {
        key: "http2_max_concurrent_streams",
        help: "Most calls of one connection that are open at a time",
        field: Field::Count { at: |config| &mut config.connections.streams, from: 1, to: I32 },
    },
    Setting {
        key: "http2_max_header_list_bytes",
        help: "Most bytes of a call's headers",
        field: Field::Count {
            at: |config| &mut config.connections.header_bytes,
            from: 1024,
            to: 16 << 20,
        },
    },
    Setting {
        key: "http2_keepalive_interval",
        help: "Seconds between the pings of a silent peer; 0 = none",
        field: Field::Seconds {
            at: |config| &mut config.connections.keepalive_interval,
            from: 0.0,
            to: 86_400.0,
        },
    },
    Setting {
        key: "http2_keepalive_timeout",
        help: "Seconds that a peer has to answer a ping",
        field: Field::Seconds {
            at: |config| &mut config.connections.keepalive_timeout,
            from: 0.01,
            to: 3600.0,
        },
    },
    Setting {
        key: "http2_max_pending_accept_reset_streams",
        help: "Most calls that a client may reset before they are taken up; more ends the connection",
        field: Field::Count {
            at: |config| &mut config.connections.pending_resets,
            from: 1,
            to: I32,
        },
    },
    Setting {
        key: "http2_max_local_error_reset_streams",
        help: "Most calls of a connection that end in errors of protocol; more ends the connection",
        field: Field::Count { at: |config| &mut config.connections.error_resets, from: 1, to: I32 },
    },
    Setting {
        key: "http2_stream_window_bytes",
        help: "Bytes that a client may send of one call before they are read",
        field: Field::Count {
            at: |config| &mut config.connections.stream_window,
            from: 65_535,
            to: I32,
        },
    },
    Setting {
        key: "http2_connection_window_bytes",
        help: "Bytes that a client may send of all its calls before they are read",
        field: Field::Count {
            at: |config| &mut config.connections.connection_window,
            from: 65_535,
            to: I32,
        },
    },
    Setting {
        key: "tcp_keepalive",
        help: "Seconds between TCP keepalives; 0 = none",
        field: Field::Seconds {
            at: |config| &mut config.connections.tcp_keepalive,
            from: 0.0,
            to: 86_400.0,
        },
    },
    Setting {
        key: "tls_certificate",
        help: "PEM file of the server's certificate chain; empty = no TLS",
        field: Field::Path(|config| &mut config.tls.certificate),
    },
    Setting {
        key: "tls_key",
        help: "PEM file of the certificate's key",
        field: Field::Path(|config| &mut config.tls.key),
    },
    Setting {
        key: "tls_client_ca",
        help: "PEM file of the roots of client certificates; empty = clients show none",
        field: Field::Path(|config| &mut config.tls.client_ca),
    },
    Setting {
        key: "tls_client_auth",
        help: "Whether a client must have a certificate: required or optional",
        field: Field::Choice {
            names: &["required", "optional"],
            get: |config| config.tls.client_auth as usize,
            set: |config, choice| {
                config.tls.client_auth = [ClientAuth::Required, ClientAuth::Optional][choice];
            },
        },
    },
    Setting {
        key: "api_keys",
        help: "File of keys, name:sha256hex a line; callers send one as \"authorization: Bearer KEY\"; empty = none needed",
        field: Field::Path(|config| &mut config.api_keys),
    },
    Setting {
        key: "open_methods",
        help: "What needs no key, of health, reflection and capabilities, with commas between",
        field: Field::Open(|config| &mut config.open_methods),
    },
    Setting {
        key: "reload_interval",
        help: "Seconds between looks at certificates and keys for changes; 0 = only on SIGHUP",
        field: Field::Seconds { at: |config| &mut config.reload_interval, from: 0.0, to: 86_400.0 },
    },
    Setting {
        key: "web",
        help: "Whether JSON (POST /v1/documents:extractFacts) and gRPC-Web are served on the same port, over HTTP/1.1 too: true or false",
        field: Field::Truth(|config| &mut config.web.is_on),
    },
    Setting {
        key: "page",
        help: "Whether a browser that asks for / gets a page to try the service on: true or false",
        field: Field::Truth(|config| &mut config.web.has_page),
    },
    Setting {
        key: "web_origins",
        help: "Origins whose pages may call from a browser, with commas between: https://example.org; * = any",
        field: Field::Origins(|config| &mut config.web.origins),
    },
    Setting {
        key: "reflection",
        help: "Whether reflection is served: true or false",
        field: Field::Truth(|config| &mut config.reflection),
    },
    Setting {
        key: "drain_delay",
        help: "Seconds for which new connections are still taken after SIGTERM",
        field: Field::Seconds { at: |config| &mut config.drain_delay, from: 0.0, to: 3600.0 },
    },
    Setting {
        key: "drain_timeout",
        help: "Seconds for which open calls may go on after that",
        field: Field::Seconds { at: |config| &mut config.drain_timeout, from: 0.0, to: 3600.0 },
    },
    Setting {
        key: "log_format",
        help: "How log lines are written: json or pretty",
        field: Field::Choice {
            names: &["json", "pretty"],
            get: |config| config.log_format as usize,
            set: |config, choice| {
                config.log_format = [LogFormat::Json, LogFormat::Pretty][choice];
            },
        },
    },
    Setting {
        key: "log",
        help: "Which log lines are written: \"info\", \"dictum=debug\"",
        field: Field::Filter(|config| &mut config.log),
    },
    Setting {
        key: "log_sample",
        help: "Share of the calls that succeed and leave a log line, from 0 to 1; others always do",
        field: Field::Share(|config| &mut config.log_sample),
    },
    Setting {
        key: "otlp_endpoint",
        help: "Where traces are sent, OTLP over gRPC: \"http://localhost:4317\"; empty = none",
        field: Field::Url(|config| &mut config.otlp_endpoint),
    },
    Setting {
        key: "otlp_ca",
        help: "Roots of the certificate of an https otlp_endpoint, PEM; none = those that browsers trust",
        field: Field::Path(|config| &mut config.otlp_ca),
    },
    Setting {
        key: "otlp_sample",
        help: "Share of the traces begun here that are recorded, from 0 to 1; a caller's traceparent decides about its own",
        field: Field::Share(|config| &mut config.otlp_sample),
    },
];

/// What the contract's 32-bit numbers can say.
const I32: usize = i32::MAX as usize;
