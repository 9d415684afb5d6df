//! Putting together everything the text says about one act.

use dateline_core::{
    Polarity, Status,
    codes::{Cameo, PloverType},
};

use super::{
    argument::Act, attribution, circumstance, codebook::Frame, day, draft::EventDraft, frame::Fit,
    known::Known, model::status::ByRule, reality, trigger,
};
use crate::{
    entity::EntityIdx,
    factuality::{self, Reality},
    statement::StatementIdx,
    time::When,
};

/// Words around an act, read once for all that depends on them.
pub(super) struct Setting {
    attribution: Vec<StatementIdx>,
    /// Reality in the act's own clause.
    clause: Reality,
    /// Reality in the whole document.
    reality: Reality,
    /// Time that the act's own words tell.
    when: Option<When>,
}

/// Reads the words around an act.
pub(super) fn setting(known: &Known<'_>, act: &Act<'_>) -> Setting {
    let attribution = attribution::of(known, act.head);
    let clause = factuality::read(act.head, act.lent());
    let reality = reality::in_document(known, act.head, &attribution, clause, |_| {});
    Setting { attribution, clause, reality, when: own_time(known, act) }
}

fn own_time(known: &Known<'_>, act: &Act<'_>) -> Option<When> {
    circumstance::when(known.reading, known.times, known.entities, act)
}

/// Returns the reality of an act with its type and parties by the rules. `before` are the events in front of it.
pub(super) fn reality_by_rule(
    known: &Known<'_>,
    act: &Act<'_>,
    setting: &Setting,
    fit: &Fit<'_>,
    before: &[EventDraft],
) -> ByRule {
    let Setting { reality, when, .. } = *setting;
    ByRule {
        status: reality::status(known.reading, when, reality, fit, act, before),
        is_told: reality.status.is_some(),
        polarity: reality.polarity,
        is_ahead: reality::is_ahead(known.reading, when),
    }
}

/// Returns the event of an act. `before` are the events in front of it, in the order of their triggers; `judged` is its status and
/// polarity where the rules do not decide them.
pub(super) fn event(
    known: &Known<'_>,
    act: &Act<'_>,
    setting: Setting,
    fit: Fit<'_>,
    before: &[EventDraft],
    judged: Option<(Status, Polarity)>,
) -> EventDraft {
    let fit = withheld(act, fit);
    let trigger = trigger::span(act, &fit);
    let Setting { attribution, clause, mut reality, when } = setting;
    if let Some((status, polarity)) = judged {
        (reality.status, reality.polarity) = (Some(status), polarity);
    }
    let when = when
        .or_else(|| {
            let during = circumstance::during(act)?;
            // The other act may come later in the text, so its time is read from its own words.
            own_time(known, &Act::noun(known.codebook, known.reading.analysis.token(during)))
        })
        .or_else(|| day::of(known, act.head, &attribution, reality));
    let status = judged.map_or_else(
        || reality::status(known.reading, when, reality, &fit, act, before),
        |(status, _)| status,
    );
    let parties: Vec<EntityIdx> = fit.sources.iter().chain(&fit.targets).copied().collect();
    let places = circumstance::places(known.entities, act, &parties);
    EventDraft {
        rule: fit.rule,
        frame: fit.frame.map(Frame::idx),
        kind: fit.kind,
        mode: fit.frame.and_then(|frame| frame.mode),
        cameo: Some(fit.frame.map_or_else(|| Cameo::general(fit.kind), |frame| frame.cameo)),
        contexts: fit.frame.map(|frame| frame.contexts.clone()).unwrap_or_default(),
        trigger: (trigger, act.head.idx()),
        sources: fit.sources,
        targets: fit.targets,
        when,
        places,
        status,
        polarity: reality.polarity,
        certainty: reality.certainty,
        confidence: 0.0,
        sizes: Vec::new(),
        factuality: factuality::model::tenths(act.head, clause, reality),
        attribution,
    }
}

/// Returns the fit of an act; of aid that is kept back, that of a sanction: *aid to Oslo was held up*.
fn withheld<'a>(act: &Act<'_>, fit: Fit<'a>) -> Fit<'a> {
    let is_kept_back = fit.kind == PloverType::Aid
        && factuality::hindrance(act.head).is_some_and(|hindrance| hindrance.withholds);
    if is_kept_back { Fit { kind: PloverType::Sanction, frame: None, ..fit } } else { fit }
}
