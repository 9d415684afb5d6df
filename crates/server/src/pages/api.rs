//! `/api`: documentation of the API, from the table of endpoints.

use askama::Template;

use super::{PageRoute, PageShell};
use crate::{
    api::{BASE, ENDPOINTS, Endpoint},
    app::Question,
    problem::Problem,
    reply::Reply,
};

pub(super) const PAGE: PageRoute = PageRoute { path: "/api", parameters: &[], work };

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage {
    shell: PageShell,
    base: &'static str,
    endpoints: &'static [Endpoint],
}

fn work(question: &Question<'_>) -> Result<Reply, Problem> {
    Reply::page(&ApiPage {
        shell: PageShell::of(question, "api"),
        base: BASE,
        endpoints: ENDPOINTS,
    })
}
