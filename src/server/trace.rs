//! Traces: one span a call with one for each document that it reads, sent by OTLP; the caller's W3C trace context is taken up.
//! Without an endpoint none of it exists.

use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime};

use hyper::HeaderMap;
use opentelemetry::propagation::{Extractor, TextMapPropagator as _};
use opentelemetry::trace::{
    Span as _, SpanContext, SpanKind, Status, TraceContextExt as _, Tracer as _,
    TracerProvider as _,
};
use opentelemetry::{Context, KeyValue};
use opentelemetry_otlp::{SpanExporter, WithExportConfig as _, WithTonicConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{Sampler, SdkTracer, SdkTracerProvider, Span};
use tonic::Code;
use tonic::transport::{Certificate, ClientTlsConfig};

use super::ServeError;
use super::method::Method;
use crate::wire::code_name;

/// Begins spans and sends them.
#[derive(Debug)]
pub(super) struct Traces {
    provider: SdkTracerProvider,
    tracer: SdkTracer,
    context: TraceContextPropagator,
}

impl Traces {
    /// Sends to `endpoint`, whose certificate must be from `ca`; of the traces that begin here, records a share.
    pub(super) fn start(endpoint: &str, ca: Option<&Path>, share: f64) -> Result<Self, ServeError> {
        let mut exporter = SpanExporter::builder().with_tonic().with_endpoint(endpoint);
        if endpoint.starts_with("https:") {
            let mut tls = ClientTlsConfig::new();
            tls = match ca {
                None => tls.with_webpki_roots(),
                Some(path) => {
                    let pem = std::fs::read(path)
                        .map_err(|source| ServeError::TracesCa { path: path.to_owned(), source })?;
                    tls.ca_certificate(Certificate::from_pem(pem))
                }
            };
            exporter = exporter.with_tls_config(tls);
        }
        let exporter = exporter.build()?;
        let resource = Resource::builder()
            .with_service_name("dictum")
            .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
            .build();
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_sampler(Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(share))))
            .with_resource(resource)
            .build();
        let tracer = provider.tracer("dictum");
        Ok(Self { provider, tracer, context: TraceContextPropagator::new() })
    }

    /// The span of a call.
    pub(super) fn call(&self, method: Method, headers: &HeaderMap) -> CallSpan {
        let parent = self.context.extract_with_context(&Context::new(), &Headers(headers));
        let builder = self.tracer.span_builder(method.name()).with_kind(SpanKind::Server);
        let mut span = self.tracer.build_with_context(builder, &parent);
        span.set_attribute(KeyValue::new("rpc.system", "grpc"));
        span.set_attribute(KeyValue::new("rpc.method", method.name()));
        let context = span.span_context().clone();
        CallSpan { span: Mutex::new(span), context, tracer: self.tracer.clone() }
    }

    /// Sends what was not sent yet, for two seconds at most.
    pub(super) async fn flush(&self) {
        let provider = self.provider.clone();
        let sent = tokio::task::spawn_blocking(move || provider.shutdown_with_timeout(LAST_WAIT));
        if let Ok(Ok(Err(error))) = tokio::time::timeout(LAST_WAIT, sent).await {
            tracing::warn!(%error, "traces were not sent");
        }
    }
}

const LAST_WAIT: Duration = Duration::from_secs(2);

/// The span of a call that is open.
#[derive(Debug)]
pub(super) struct CallSpan {
    span: Mutex<Span>,
    context: SpanContext,
    tracer: SdkTracer,
}

impl CallSpan {
    /// Its trace, 32 hexadecimal digits.
    pub(super) fn trace_id(&self) -> Box<str> {
        self.context.trace_id().to_string().into()
    }

    /// A document of the call was read just now.
    pub(super) fn read(&self, begun: Instant, bytes: usize, facts: usize) {
        if !self.context.is_sampled() {
            return;
        }
        let parent = Context::new().with_remote_span_context(self.context.clone());
        let since = u64::try_from(jiff::Timestamp::now().as_nanosecond()).unwrap_or_default();
        let end = SystemTime::UNIX_EPOCH + Duration::from_nanos(since);
        let builder = self
            .tracer
            .span_builder("extract")
            .with_start_time(end.checked_sub(begun.elapsed()).unwrap_or(end))
            .with_attributes([
                KeyValue::new("dictum.document.bytes", bytes as i64),
                KeyValue::new("dictum.facts", facts as i64),
            ]);
        self.tracer.build_with_context(builder, &parent).end_with_timestamp(end);
    }

    /// The call ended.
    pub(super) fn end(&mut self, code: Code, request_id: &str) {
        let Ok(span) = self.span.get_mut() else { return };
        span.set_attribute(KeyValue::new("rpc.grpc.status_code", code as i64));
        span.set_attribute(KeyValue::new("dictum.request_id", request_id.to_owned()));
        if matches!(
            code,
            Code::Internal | Code::Unknown | Code::Unavailable | Code::DeadlineExceeded
        ) {
            span.set_status(Status::error(code_name(code)));
        }
        span.end();
    }
}

struct Headers<'a>(&'a HeaderMap);

impl Extractor for Headers<'_> {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key)?.to_str().ok()
    }

    fn keys(&self) -> Vec<&str> {
        self.0.keys().map(hyper::header::HeaderName::as_str).collect()
    }
}
