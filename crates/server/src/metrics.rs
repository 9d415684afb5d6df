//! What is counted of requests, for Prometheus.

use std::time::Duration;

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::{Registry, Unit},
};

/// Upper bounds of what requests take, in seconds.
const BOUNDS: [f64; 10] = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// A request by its route and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct Request {
    route: String,
    method: &'static str,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct Route {
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct Came {
    outcome: &'static str,
}

/// The figures.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Request, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
    documents: Family<Came, Counter>,
    /// Questions that were put to the ledger, and not answered from what is kept.
    pub(crate) questions: Counter,
    /// Connections that are open.
    pub(crate) connections: Gauge,
    /// Readers of the stream.
    pub(crate) streams: Gauge,
}

impl Metrics {
    pub(crate) fn new(build: &str) -> Self {
        let mut registry = Registry::with_prefix("dateline");
        let requests = Family::<Request, Counter>::default();
        let new: fn() -> Histogram = || Histogram::new(BOUNDS);
        let seconds = Family::new_with_constructor(new);
        let documents = Family::<Came, Counter>::default();
        let (questions, connections, streams) =
            (Counter::default(), Gauge::default(), Gauge::default());
        registry.register("requests", "Requests by route, method and status", requests.clone());
        registry.register_with_unit(
            "request",
            "Time from the head of a request to that of its response",
            Unit::Seconds,
            seconds.clone(),
        );
        registry.register("documents", "Documents that came in", documents.clone());
        registry.register("questions", "Questions put to the ledger", questions.clone());
        registry.register("connections", "Connections that are open", connections.clone());
        registry.register("streams", "Readers of the stream of news", streams.clone());
        let info = Info::new(vec![("name", build.to_owned())]);
        registry.register("build", "The program", info);
        Self { registry, requests, seconds, documents, questions, connections, streams }
    }

    /// Counts a request.
    pub(crate) fn request(&self, route: &str, method: &'static str, status: u16, took: Duration) {
        let request = Request { route: route.to_owned(), method, status };
        self.requests.get_or_create(&request).inc();
        let route = Route { route: route.to_owned() };
        self.seconds.get_or_create(&route).observe(took.as_secs_f64());
    }

    /// Counts a document that came in.
    pub(crate) fn document(&self, outcome: &'static str) {
        self.documents.get_or_create(&Came { outcome }).inc();
    }

    /// The figures in the text format of `OpenMetrics`.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
