//! Pages for people: read without a script, each at an address that stays.
//!
//! A page is a row of a table, as a question of the API is: a path, what it is asked with, and a function that asks the ledger and
//! fills a template. What templates print is escaped by [`escape`].

mod actor;
mod agenda;
mod api;
mod article;
mod chart;
mod escape;
mod event;
mod front;
mod list;
mod marked;
mod pair;
mod search;
mod words;

use askama::Template;
use axum::{
    Router,
    extract::{RawPathParams, State},
    http::{HeaderMap, HeaderValue, Uri, header},
    response::{IntoResponse as _, Response},
    routing::get,
};

use crate::{
    Shared,
    api::in_path,
    app::{App, Question},
    parameter::{Asked, Parameter},
    problem::Problem,
    reply::Reply,
};

/// A page.
#[derive(Debug, Clone, Copy)]
struct Page {
    path: &'static str,
    parameters: &'static [Parameter],
    work: fn(&Question<'_>) -> Result<Reply, Problem>,
}

const PAGES: &[Page] = &[
    front::PAGE,
    list::DOCUMENTS,
    article::PAGE,
    list::EVENTS,
    event::PAGE,
    agenda::PAGE,
    list::ACTORS,
    actor::PAGE,
    pair::PAGE,
    search::PAGE,
    api::PAGE,
];

/// The routes.
pub(crate) fn router() -> Router<Shared> {
    PAGES.iter().fold(Router::new(), |router, page| {
        router.route(
            page.path,
            get(
                move |State(app): State<Shared>,
                      path: RawPathParams,
                      uri: Uri,
                      headers: HeaderMap| async move {
                    let query = uri.query().unwrap_or_default();
                    let reply = match Asked::read_form(page.parameters, in_path(&path), query) {
                        Ok(asked) => app.answer(uri.path(), asked, page.work).await,
                        Err(problem) => Err(problem),
                    };
                    match reply {
                        Ok(reply) => reply.response(&headers),
                        Err(found) => problem(&app, &found),
                    }
                },
            ),
        )
    })
}

/// What every page has around its own.
#[derive(Debug)]
struct Frame {
    /// What stands before the names of style and script.
    version: String,
    /// Which of the main pages this is, or lies under.
    section: &'static str,
    /// The words that are searched for.
    words: String,
}

impl Frame {
    fn new(app: &App, section: &'static str) -> Self {
        Self { version: app.assets.version().to_owned(), section, words: String::new() }
    }

    fn of(question: &Question<'_>, section: &'static str) -> Self {
        Self::new(question.app, section)
    }
}

/// A list that goes on: the address of the next page.
fn next_page(path: &str, asked: &Asked, next: Option<&str>) -> Option<String> {
    next.map(|next| format!("{path}?{}", asked.with("after", Some(next))))
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    frame: Frame,
    title: &'a str,
    detail: &'a str,
}

/// What went wrong, for people.
pub(crate) fn problem(app: &App, problem: &Problem) -> Response {
    let page = ProblemPage {
        frame: Frame::new(app, ""),
        title: problem.title(),
        detail: problem.detail(),
    };
    let Ok(body) = page.render() else { return problem.clone().into_response() };
    let mut response = (problem.status(), body).into_response();
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    problem.headers(&mut response);
    response
}
