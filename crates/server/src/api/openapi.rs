//! The OpenAPI 3.1 document, made from the table of endpoints and the types of the responses.

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
    problem::{Problem, ProblemBody},
    reply::Reply,
};

/// Problems of any endpoint: status and description.
const PROBLEMS: [(&str, &str); 8] = [
    ("400", "A parameter is unknown or has an invalid value"),
    ("401", "A token is required"),
    ("403", "The token lacks the scope, or the request comes from a page of another origin"),
    ("404", "No such resource"),
    ("405", "Method not supported"),
    ("421", "The `Host` header is not a name of this server"),
    ("429", "Too many requests from one address"),
    ("503", "The query took too long, or the server is busy"),
];
/// Further problems of endpoints with a request body.
const POSTED: [(&str, &str); 4] = [
    ("408", "The body took too long to arrive"),
    ("413", "The body is too large"),
    ("415", "The content type is not supported"),
    ("422", "The body could not be read as documents"),
];

/// Handles `/openapi.json`.
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

/// Builds the document.
pub(crate) fn document() -> Value {
    let mut schemas = Schemas::new();
    let problem = schemas.of::<ProblemBody<'static>>();
    let mut paths = PathsBuilder::new();
    for endpoint in ENDPOINTS {
        let path = format!("{BASE}{}", endpoint.path);
        let schema = (endpoint.answer)(&mut schemas);
        let operation = asking(endpoint, endpoint.name.to_owned(), endpoint.about.to_owned());
        let content = content(schema);
        let operation = with_answer(operation, endpoint.kind, content);
        paths = paths.path(&path, PathItem::new(HttpMethod::Get, operation));
        for (ending, _) in list::SHAPES.iter().filter(|_| endpoint.whole.is_some()) {
            let name = format!("{}_{ending}", endpoint.name);
            let (kind, whole) = match *ending {
                "csv" => ("text/csv", "The whole list, as CSV with a header."),
                _ => ("application/x-ndjson", "The whole list, one JSON object per line."),
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
                    "Events read from news: who did and said what to whom, when, where, and how certain the text is. To read a \
                     list page by page, pass the `next` of each page as `after`. Add `.csv` or `.ndjson` to the path to get the \
                     whole list.",
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

/// Builds the schema of a parameter.
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

/// Builds the content of a schema; plain text if it is empty.
fn content(schema: String) -> Content {
    let schema = if schema.is_empty() { text() } else { Ref::new(schema).into() };
    ContentBuilder::new().schema(Some(schema)).build()
}

fn with_answer(operation: OperationBuilder, kind: &str, content: Content) -> Operation {
    let answer = ResponseBuilder::new().description("Success").content(kind, content).build();
    let known = ResponseBuilder::new().description("Not modified since the client's copy").build();
    with_problems(operation.response("200", answer).response("304", known), &PROBLEMS).build()
}

/// Adds references to problem responses, which are described once among the components.
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

/// Describes the endpoints outside the table: posted documents and the stream.
fn others(schemas: &mut Schemas) -> Vec<(&'static str, PathItem)> {
    let extracted = schemas.of::<extract::ExtractedRecord>();
    let taken = schemas.of::<ingest::IngestReport>();
    let posted = |name: &str, about: &str, parameters: &[Parameter], schema: String| {
        let mut body = RequestBodyBuilder::new().required(Some(Required::True)).description(Some(
            "Any format of `dateline ingest`. In JSON, the field `text` is required; `published`, `title`, `publisher`, `url` and others are \
             optional.",
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
            ResponseBuilder::new().description("Success").content(JSON, content(schema)).build();
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
                .description(Some(
                    "Id of the last message received; later messages are sent first.",
                ))
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

/// Builds the schema of a request body.
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
