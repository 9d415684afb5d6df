//! The description of the API as OpenAPI 3.1, made of the table of endpoints and of the types that are sent.

use std::sync::LazyLock;

use axum::{
    http::{HeaderMap, Uri},
    response::{IntoResponse as _, Response},
};
use serde_json::Value;
use utoipa::openapi::{
    ComponentsBuilder, Content, ContentBuilder, InfoBuilder, LicenseBuilder, OpenApiBuilder,
    PathItem, PathsBuilder, Ref, RefOr, Required, Response as Described, ResponseBuilder, Schema,
    path::{HttpMethod, Operation, OperationBuilder, ParameterBuilder, ParameterIn},
    request_body::RequestBodyBuilder,
    schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type},
    security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme},
};

use super::{BASE, ENDPOINTS, Endpoint, JSON, Schemas, extract, ingest, list, stream};
use crate::{
    parameter::{Kind, Parameter},
    problem::{Problem, Sent},
    reply::Reply,
};

/// Problems any address may answer with: the statuses, and when.
const PROBLEMS: [(&str, &str); 8] = [
    ("400", "A parameter is unknown or has a value it does not take"),
    ("401", "A token is needed"),
    ("403", "The token does not have the scope, or a page of another origin asks"),
    ("404", "What is named is not there"),
    ("405", "The address takes other methods"),
    ("421", "The host is not one of this server"),
    ("429", "Too many requests from one address"),
    ("503", "It took too long, or too many ask at once"),
];
/// Problems of addresses that take something in.
const POSTED: [(&str, &str); 4] = [
    ("408", "The body took too long to come"),
    ("413", "The body is too large"),
    ("415", "The body is said to be something that is not read"),
    ("422", "Nothing could be made of the body"),
];

/// Answers `/openapi.json`.
pub(super) async fn answer(uri: Uri, headers: HeaderMap) -> Response {
    static REPLY: LazyLock<Result<Reply, Problem>> = LazyLock::new(|| Reply::json(&document()));
    if let Err(problem) = asked_nothing(&uri) {
        return problem.into_response();
    }
    match &*REPLY {
        Ok(reply) => reply.response(&headers),
        Err(problem) => problem.clone().into_response(),
    }
}

fn asked_nothing(uri: &Uri) -> Result<(), Problem> {
    crate::parameter::Asked::read(&[], [], uri.query().unwrap_or_default()).map(|_| ())
}

/// The document.
pub(crate) fn document() -> Value {
    let mut schemas = Schemas::new();
    let problem = schemas.of::<Sent<'static>>();
    let mut paths = PathsBuilder::new();
    for endpoint in ENDPOINTS {
        let path = format!("{BASE}{}", endpoint.path);
        let schema = (endpoint.answer)(&mut schemas);
        let operation = asking(endpoint, endpoint.name.to_owned(), endpoint.about.to_owned());
        let content = content(schema);
        let operation = with_answer(operation, endpoint.kind, content);
        paths = paths.path(&path, PathItem::new(HttpMethod::Get, operation));
        for (ending, _) in list::SHAPES.iter().filter(|_| endpoint.twin.is_some()) {
            let name = format!("{}_{ending}", endpoint.name);
            let (kind, whole) = match *ending {
                "csv" => ("text/csv", "The same whole, as a table with a head."),
                _ => ("application/x-ndjson", "The same whole, an item a line."),
            };
            let about = format!("{} {whole}", endpoint.about);
            let operation = asking(endpoint, name, about);
            let content = ContentBuilder::new().schema(Some(text())).build();
            let operation = with_answer(operation, kind, content);
            paths =
                paths.path(format!("{path}.{ending}"), PathItem::new(HttpMethod::Get, operation));
        }
    }
    for (path, operation) in others(&mut schemas) {
        paths = paths.path(format!("{BASE}{path}"), operation);
    }
    let document = OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Dateline")
                .version("1")
                .description(Some(
                    "Who said and did what to whom, when, where, and how sure the text is: documents, the events of the world they \
                     report, and who said what. Every list goes on behind the `next` of a page and has no end set to it; its twins in \
                     CSV and NDJSON give it whole.",
                ))
                .license(Some(LicenseBuilder::new().name("MIT OR Apache-2.0").build()))
                .build(),
        )
        .paths(paths.build())
        .components(Some(
            ComponentsBuilder::new()
                .responses_from_iter(problems(&problem))
                .security_scheme("token", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)))
                .build(),
        ))
        .security(Some([
            SecurityRequirement::default(),
            SecurityRequirement::new("token", Vec::<String>::new()),
        ]))
        .build();
    let mut document = serde_json::to_value(document).unwrap_or_default();
    document["components"]["schemas"] = schemas.all();
    document
}

fn asking(endpoint: &Endpoint, name: String, about: String) -> OperationBuilder {
    let mut operation = OperationBuilder::new().operation_id(Some(name)).summary(Some(about));
    for parameter in endpoint.parameters {
        operation = operation.parameter(described(parameter, endpoint.path));
    }
    operation
}

fn described(parameter: &Parameter, path: &str) -> ParameterBuilder {
    let is_in_path = path.contains(&format!("{{{}}}", parameter.name));
    ParameterBuilder::new()
        .name(parameter.name)
        .parameter_in(if is_in_path { ParameterIn::Path } else { ParameterIn::Query })
        .required(if is_in_path { Required::True } else { Required::False })
        .description(Some(parameter.about))
        .schema(Some(shape(parameter.kind)))
}

/// What a parameter takes, as a schema.
fn shape(kind: Kind) -> ObjectBuilder {
    let text = ObjectBuilder::new().schema_type(Type::String);
    match kind {
        Kind::Text => text.max_length(Some(crate::parameter::LONGEST)),
        Kind::Day => text.format(Some(SchemaFormat::KnownFormat(KnownFormat::Date))),
        Kind::Month => text.pattern(Some("^[0-9]{4}-(0[1-9]|1[0-2])$")),
        Kind::Number { least, most, usual } => ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(least))
            .maximum(Some(most))
            .default(Some(usual.into())),
        Kind::Label(labels) => text.enum_values(Some(labels())),
        Kind::Id { letter, digits } => {
            text.pattern(Some(format!("^{letter}[0-9a-f]{{{digits}}}$")))
        }
        Kind::Country => text.pattern(Some("^[A-Z]{3}$")),
        Kind::Cursor => text.pattern(Some("^[0-9A-Za-z:.+_-]+$")).max_length(Some(200)),
        Kind::Flag => ObjectBuilder::new().schema_type(Type::Boolean),
    }
}

fn text() -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(Type::String).into()
}

/// A body of a shape; of text, where there is none.
fn content(schema: String) -> Content {
    let schema = if schema.is_empty() { text() } else { Ref::new(schema).into() };
    ContentBuilder::new().schema(Some(schema)).build()
}

fn with_answer(operation: OperationBuilder, kind: &str, content: Content) -> Operation {
    let answer = ResponseBuilder::new().description("As asked").content(kind, content).build();
    let known = ResponseBuilder::new().description("The same as the client has").build();
    with_problems(operation.response("200", answer).response("304", known), &PROBLEMS).build()
}

/// The problems an address may answer with, each told of once among the components.
fn with_problems(mut operation: OperationBuilder, problems: &[(&str, &str)]) -> OperationBuilder {
    for (status, _) in problems {
        operation =
            operation.response(*status, Ref::from_response_name(format!("Problem{status}")));
    }
    operation
}

fn problems(schema: &str) -> impl Iterator<Item = (String, Described)> {
    PROBLEMS.iter().chain(&POSTED).map(move |(status, about)| {
        let response = ResponseBuilder::new()
            .description(*about)
            .content("application/problem+json", content(schema.to_owned()))
            .build();
        (format!("Problem{status}"), response)
    })
}

/// What is no question: documents that come in, the stream, and this document.
fn others(schemas: &mut Schemas) -> Vec<(&'static str, PathItem)> {
    let extracted = schemas.of::<extract::Extracted>();
    let taken = schemas.of::<ingest::Taken>();
    let posted = |name: &str, about: &str, parameters: &[Parameter], schema: String| {
        let mut body = RequestBodyBuilder::new().required(Some(Required::True)).description(Some(
            "Anything `dateline ingest` reads; JSON has the text under `text`, and may have `published`, `title`, `publisher`, `url` and \
             more.",
        ));
        for kind in extract::KINDS.iter().map(|(kind, _)| *kind) {
            body =
                body.content(kind, ContentBuilder::new().schema(Some(posted_shape(kind))).build());
        }
        let mut operation = OperationBuilder::new()
            .operation_id(Some(name))
            .summary(Some(about))
            .request_body(Some(body.build()));
        for parameter in parameters {
            operation = operation.parameter(described(parameter, ""));
        }
        let answer =
            ResponseBuilder::new().description("As asked").content(JSON, content(schema)).build();
        let operation = operation.response("200", answer);
        let operation = with_problems(operation, &PROBLEMS);
        with_problems(operation, &POSTED).build()
    };
    let extracting = posted("extract", extract::ABOUT, extract::PARAMETERS, extracted);
    let ingesting = posted("ingest", ingest::ABOUT, ingest::PARAMETERS, taken);
    let mut streaming = OperationBuilder::new()
        .operation_id(Some("stream"))
        .summary(Some(stream::ABOUT))
        .parameter(
            ParameterBuilder::new()
                .name("Last-Event-ID")
                .parameter_in(ParameterIn::Header)
                .required(Required::False)
                .description(Some("The id of the last message that was received; what came after it is sent first."))
                .schema(Some(shape(stream::NUMBER))),
        );
    for parameter in stream::PARAMETERS {
        streaming = streaming.parameter(described(parameter, ""));
    }
    let events = ContentBuilder::new().schema(Some(text())).build();
    let answer = ResponseBuilder::new()
        .description("Messages of type `document`, each with a number as its id")
        .content("text/event-stream", events)
        .build();
    let streaming = with_problems(streaming.response("200", answer), &PROBLEMS).build();
    let mut documents = PathItem::new(HttpMethod::Post, ingesting);
    documents.summary = None;
    vec![
        ("/documents", documents),
        ("/extract", PathItem::new(HttpMethod::Post, extracting)),
        ("/stream", PathItem::new(HttpMethod::Get, streaming)),
    ]
}

/// What a body of a kind looks like.
fn posted_shape(kind: &str) -> RefOr<Schema> {
    if kind != JSON {
        return text();
    }
    ObjectBuilder::new()
        .schema_type(Type::Object)
        .property("text", ObjectBuilder::new().schema_type(Type::String))
        .property("published", ObjectBuilder::new().schema_type(Type::String))
        .property("title", ObjectBuilder::new().schema_type(Type::String))
        .property("publisher", ObjectBuilder::new().schema_type(Type::String))
        .property("url", ObjectBuilder::new().schema_type(Type::String))
        .required("text")
        .into()
}
