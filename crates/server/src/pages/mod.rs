//! Web pages, which work without JavaScript and have stable addresses.
//!
//! A page is a row of a table, like an endpoint of the API: a path, its parameters, and a function that queries the ledger and fills a
//! template. Everything a template prints is escaped by [`escape`].

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

/// Row of the table of pages.
#[derive(Debug, Clone, Copy)]
struct PageRoute {
    path: &'static str,
    parameters: &'static [Parameter],
    work: fn(&Question<'_>) -> Result<Reply, Problem>,
}

const PAGES: &[PageRoute] = &[
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

/// Builds the routes of all pages.
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

/// Header and footer around the content of a page.
#[derive(Debug)]
struct PageShell {
    /// Version of the assets, part of their addresses.
    version: String,
    /// Entry of the main menu that the page belongs to.
    section: &'static str,
    /// Words in the search field.
    words: String,
}

impl PageShell {
    fn new(app: &App, section: &'static str) -> Self {
        Self { version: app.assets.version().to_owned(), section, words: String::new() }
    }

    fn of(question: &Question<'_>, section: &'static str) -> Self {
        Self::new(question.app, section)
    }
}

/// Returns the address of the next page of a list.
fn next_page(path: &str, asked: &Asked, next: Option<&str>) -> Option<String> {
    next.map(|next| format!("{path}?{}", asked.with("after", Some(next))))
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    shell: PageShell,
    title: &'a str,
    detail: &'a str,
}

/// Builds the page of a problem.
pub(crate) fn problem(app: &App, problem: &Problem) -> Response {
    let page = ProblemPage {
        shell: PageShell::new(app, ""),
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
