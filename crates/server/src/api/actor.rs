//! `/actors`: people, organizations, groups and places of all documents.

use axum::http::StatusCode;
use dateline_core::EntityKind;
use dateline_formats::write::Column;
use dateline_store::{ActorCounts, ActorFilter, ActorProfile, StoreError};

use super::{
    Endpoint, JSON, Schemas,
    list::{Listing, Part, Take, column},
};
use crate::{
    app::Question,
    parameter::{ACTOR_ID, ACTOR_KIND, AFTER, LIMIT, NAME, Parameter},
    problem::Problem,
    reply::Reply,
};

/// The list of actors.
pub(crate) struct Actors;

impl Listing for Actors {
    type Item = ActorCounts;

    const PATH: &'static str = "/actors";
    const NAME: &'static str = "list_actors";
    const ABOUT: &'static str = "Actors, ordered by id.";
    const PARAMETERS: &'static [Parameter] = &[NAME, ACTOR_KIND, LIMIT, AFTER];
    const COLUMNS: &'static [Column] = &[
        column("id"),
        column("name"),
        column("kind"),
        column("country"),
        column("code"),
        column("aliases"),
        column("documents"),
        column("events"),
        column("statements"),
    ];

    fn each(
        question: &Question<'_>,
        part: Part,
        take: &mut Take<'_, ActorCounts>,
    ) -> Result<(), Problem> {
        let filter = ActorFilter::new()
            .name(question.asked.text("name"))
            .kind(question.asked.get::<EntityKind>("kind"))
            .limit(part.limit)
            .after(part.after);
        question.ledger.each_actor(&filter, take)?;
        Ok(())
    }
}

/// One actor.
pub(crate) const ONE: Endpoint = Endpoint {
    path: "/actors/{id}",
    name: "read_actor",
    about: "One actor: names, offices, contacts, latest events and statements.",
    parameters: &[ACTOR_ID],
    answer: Schemas::of::<ActorProfile>,
    kind: JSON,
    work: one,
    whole: None,
};

fn one(question: &Question<'_>) -> Result<Reply, Problem> {
    Reply::json(&read(question, "id")?)
}

/// Queries the actor whose id is the value of a parameter.
pub(crate) fn read(question: &Question<'_>, parameter: &str) -> Result<ActorProfile, Problem> {
    let id = question.asked.text(parameter).unwrap_or_default();
    let found = question.ledger.find_actors(id, 1).map_err(|error| match error {
        StoreError::NoSuchActor(_) => Problem::new(StatusCode::NOT_FOUND, format!("no actor {id}")),
        other => other.into(),
    })?;
    let page = found.into_iter().next();
    page.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, format!("no actor {id}")))
}
