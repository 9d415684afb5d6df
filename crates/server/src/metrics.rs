//! Metrics for Prometheus.

use std::time::Duration;

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::{Registry, Unit},
};

/// Upper bounds of the histogram of request times, in seconds.
const BOUNDS: [f64; 10] = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// Labels of the request counter.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct RequestLabels {
    route: String,
    method: &'static str,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct RouteLabels {
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct OutcomeLabels {
    outcome: &'static str,
}

/// The registry and its metrics.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    seconds: Family<RouteLabels, Histogram, fn() -> Histogram>,
    documents: Family<OutcomeLabels, Counter>,
    /// Queries of the ledger, not counting replies from the cache.
    pub(crate) questions: Counter,
    /// Open connections.
    pub(crate) connections: Gauge,
    /// Open readers of the event stream.
    pub(crate) streams: Gauge,
}

impl Metrics {
    pub(crate) fn new(build: &str) -> Self {
        let mut registry = Registry::with_prefix("dateline");
        let requests = Family::<RequestLabels, Counter>::default();
        let new: fn() -> Histogram = || Histogram::new(BOUNDS);
        let seconds = Family::new_with_constructor(new);
        let documents = Family::<OutcomeLabels, Counter>::default();
        let (questions, connections, streams) =
            (Counter::default(), Gauge::default(), Gauge::default());
        registry.register("requests", "Requests by route, method and status", requests.clone());
        registry.register_with_unit(
            "request",
            "Time from the head of a request to that of its response",
            Unit::Seconds,
            seconds.clone(),
        );
        registry.register("documents", "Posted documents by outcome", documents.clone());
        registry.register(
            "questions",
            "Queries of the ledger, without replies from the cache",
            questions.clone(),
        );
        registry.register("connections", "Open connections", connections.clone());
        registry.register("streams", "Open readers of the document stream", streams.clone());
        let info = Info::new(vec![("name", build.to_owned())]);
        registry.register("build", "Name and version of the program", info);
        Self { registry, requests, seconds, documents, questions, connections, streams }
    }

    /// Counts a request.
    pub(crate) fn request(&self, route: &str, method: &'static str, status: u16, took: Duration) {
        let request = RequestLabels { route: route.to_owned(), method, status };
        self.requests.get_or_create(&request).inc();
        let route = RouteLabels { route: route.to_owned() };
        self.seconds.get_or_create(&route).observe(took.as_secs_f64());
    }

    /// Counts a posted document.
    pub(crate) fn document(&self, outcome: &'static str) {
        self.documents.get_or_create(&OutcomeLabels { outcome }).inc();
    }

    /// Returns the metrics in the `OpenMetrics` text format.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
