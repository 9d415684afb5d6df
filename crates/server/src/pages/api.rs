//! `/api`: the API for people, from the same table as all else of it.

use askama::Template;

use super::{Frame, Page};
use crate::{
    api::{BASE, ENDPOINTS, Endpoint},
    app::Question,
    problem::Problem,
    reply::Reply,
};

pub(super) const PAGE: Page = Page { path: "/api", parameters: &[], work };

#[derive(Template)]
#[template(path = "api.html")]
struct ApiPage {
    frame: Frame,
    base: &'static str,
    endpoints: &'static [Endpoint],
}

fn work(question: &Question<'_>) -> Result<Reply, Problem> {
    Reply::page(&ApiPage { frame: Frame::of(question, "api"), base: BASE, endpoints: ENDPOINTS })
}
