//! PLOVER: event types with their quad classes and scores, modes, contexts, and the sectors of actors.
//!
//! Labels are spelled as in the ontology. The glosses are our own short summaries; the PLOVER manual is the authority.

use dateline_data::labels;

labels! {
    #[serde]
    /// One of the 16 PLOVER event types.
    ///
    /// ```
    /// use dateline_core::codes::{PloverType, Quad};
    ///
    /// let kind: PloverType = "SANCTION".parse()?;
    /// assert_eq!(kind.quad(), Quad::MaterialConflict);
    /// assert_eq!(kind.score(), -6.0);
    /// # Ok::<(), dateline_core::codes::CodeError>(())
    /// ```
    pub enum PloverType, "a PLOVER event type, as in `CONSULT`" {
        /// A promise or offer to cooperate later.
        Agree = "AGREE",
        /// Meeting, visiting, talking.
        Consult = "CONSULT",
        /// Support without material help: praise, recognition, signature.
        Support = "SUPPORT",
        /// Verbal concession: pardon, apology, announced withdrawal.
        Concede = "CONCEDE",
        /// Material cooperation: trade, joint exercises, shared intelligence.
        Cooperate = "COOPERATE",
        /// Giving material help.
        Aid = "AID",
        /// Material concession: withdrawal, release, disarmament.
        Retreat = "RETREAT",
        /// Asking, demanding, appealing.
        Request = "REQUEST",
        /// Blame, criticism, investigation.
        Accuse = "ACCUSE",
        /// Refusing, vetoing, breaking off.
        Reject = "REJECT",
        /// Announcing a hostile act.
        Threaten = "THREATEN",
        /// Demonstration, strike, riot.
        Protest = "PROTEST",
        /// Reducing relations, ending aid, convicting, expelling.
        Sanction = "SANCTION",
        /// Moving or preparing forces.
        Mobilize = "MOBILIZE",
        /// Repression, arrest, seizure, restriction.
        Coerce = "COERCE",
        /// Using force on people or things.
        Assault = "ASSAULT",
    }
}

labels! {
    #[serde]
    /// Quad class of an event type: verbal or material, cooperation or conflict.
    pub enum Quad, "a quad class, as in `verbal cooperation`" {
        /// Cooperative words.
        VerbalCooperation = "verbal cooperation",
        /// Cooperative deeds.
        MaterialCooperation = "material cooperation",
        /// Hostile words.
        VerbalConflict = "verbal conflict",
        /// Hostile deeds.
        MaterialConflict = "material conflict",
    }
}

labels! {
    #[serde]
    /// PLOVER mode: a subtype of one or more event types. See [`PloverType::modes`].
    pub enum Mode, "a PLOVER mode, as in `expel`" {
        /// `visit`.
        Visit = "visit",
        /// `third-party`.
        ThirdParty = "third-party",
        /// `multilateral`.
        Multilateral = "multilateral",
        /// `phone`.
        Phone = "phone",
        /// `withdraw`.
        Withdraw = "withdraw",
        /// `release`.
        Release = "release",
        /// `disarm`.
        Disarm = "disarm",
        /// `ceasefire`.
        Ceasefire = "ceasefire",
        /// `access`.
        Access = "access",
        /// `resign`.
        Resign = "resign",
        /// `assist`.
        Assist = "assist",
        /// `change`.
        Change = "change",
        /// `yield`.
        Yield = "yield",
        /// `meet`.
        Meet = "meet",
        /// `disapprove`.
        Disapprove = "disapprove",
        /// `investigate`.
        Investigate = "investigate",
        /// `allege`.
        Allege = "allege",
        /// `restrict`.
        Restrict = "restrict",
        /// `arrest`.
        Arrest = "arrest",
        /// `relations`.
        Relations = "relations",
        /// `expel`.
        Expel = "expel",
        /// `territory`.
        Territory = "territory",
        /// `violence`.
        Violence = "violence",
        /// `demo`.
        Demo = "demo",
        /// `riot`.
        Riot = "riot",
        /// `strike`.
        Strike = "strike",
        /// `hunger`.
        Hunger = "hunger",
        /// `boycott`.
        Boycott = "boycott",
        /// `obstruct`.
        Obstruct = "obstruct",
        /// `vandalize`.
        Vandalize = "vandalize",
        /// `convict`.
        Convict = "convict",
        /// `discontinue`.
        Discontinue = "discontinue",
        /// `troops`.
        Troops = "troops",
        /// `weapons`.
        Weapons = "weapons",
        /// `police`.
        Police = "police",
        /// `militia`.
        Militia = "militia",
        /// `seize`.
        Seize = "seize",
        /// `censor`.
        Censor = "censor",
        /// `curfew`.
        Curfew = "curfew",
        /// `martial-law`.
        MartialLaw = "martial-law",
        /// `deport`.
        Deport = "deport",
        /// `withhold`.
        Withhold = "withhold",
        /// `misinformation`.
        Misinformation = "misinformation",
        /// `cyber`.
        Cyber = "cyber",
        /// `abduct`.
        Abduct = "abduct",
        /// `beat`.
        Beat = "beat",
        /// `torture`.
        Torture = "torture",
        /// `sexual`.
        Sexual = "sexual",
        /// `targeted`.
        Targeted = "targeted",
        /// `destroy`.
        Destroy = "destroy",
        /// `primitive`.
        Primitive = "primitive",
        /// `firearms`.
        Firearms = "firearms",
        /// `explosives`.
        Explosives = "explosives",
        /// `suicide-attack`.
        SuicideAttack = "suicide-attack",
        /// `aerial`.
        Aerial = "aerial",
        /// `drone`.
        Drone = "drone",
        /// `heavy-weapons`.
        HeavyWeapons = "heavy-weapons",
        /// `crowd-control`.
        CrowdControl = "crowd-control",
        /// `unconventional`.
        Unconventional = "unconventional",
    }
}

labels! {
    #[serde]
    /// PLOVER context: the topic of an event, independent of its type.
    pub enum Context, "a PLOVER context, as in `diplomatic`" {
        /// Military.
        Military = "military",
        /// Intelligence.
        Intelligence = "intelligence",
        /// Executive.
        Executive = "executive",
        /// Legislative.
        Legislative = "legislative",
        /// Election.
        Election = "election",
        /// Political institutions.
        PoliticalInstitutions = "political_institutions",
        /// Pro democracy.
        ProDemocracy = "pro_democracy",
        /// Pro autocracy.
        ProAutocracy = "pro_autocracy",
        /// Economic.
        Economic = "economic",
        /// Legal.
        Legal = "legal",
        /// Reparations.
        Reparations = "reparations",
        /// Human rights.
        HumanRights = "human_rights",
        /// Rights and freedoms.
        RightsFreedoms = "rights_freedoms",
        /// Repression.
        Repression = "repression",
        /// Human security.
        HumanSecurity = "human_security",
        /// Gender.
        Gender = "gender",
        /// LGBT people.
        Lgbt = "lgbt",
        /// Religion and ethnicity.
        ReligionEthnicity = "religion_ethnicity",
        /// Inequality.
        Inequality = "inequality",
        /// Diplomatic.
        Diplomatic = "diplomatic",
        /// Territory.
        Territory = "territory",
        /// Peacekeeping.
        Peacekeeping = "peacekeeping",
        /// Health.
        Health = "health",
        /// Asylum.
        Asylum = "asylum",
        /// Migration.
        Migration = "migration",
        /// Disasters.
        Disasters = "disasters",
        /// Natural resource.
        NaturalResource = "natural_resource",
        /// Environment.
        Environment = "environment",
        /// Technology.
        Technology = "technology",
        /// Terrorism.
        Terrorism = "terrorism",
        /// Chemical, biological, radiological and nuclear weapons.
        Cbrn = "cbrn",
        /// Cyber.
        Cyber = "cyber",
        /// Misinformation.
        Misinformation = "misinformation",
        /// Crime.
        Crime = "crime",
        /// Corruption.
        Corruption = "corruption",
        /// Illegal drugs.
        IllegalDrugs = "illegal_drugs",
        /// Trafficking.
        Trafficking = "trafficking",
    }
}

labels! {
    #[serde]
    /// PLOVER sector: an actor's role in society or, for the last five, the kind of international actor.
    pub enum Sector, "a PLOVER sector of three capital letters, as in `GOV`" {
        /// Police.
        Cop = "COP",
        /// The executive and governing parties.
        Gov = "GOV",
        /// Courts.
        Jud = "JUD",
        /// Parliaments.
        Leg = "LEG",
        /// State armed forces.
        Mil = "MIL",
        /// Armed groups on the side of the government.
        Prm = "PRM",
        /// Political parties.
        Pty = "PTY",
        /// Armed opposition.
        Reb = "REB",
        /// Intelligence services.
        Spy = "SPY",
        /// Armed people of unknown allegiance.
        Uaf = "UAF",
        /// Mentioned, not identified.
        Unk = "UNK",
        /// Farmers.
        Agr = "AGR",
        /// Business.
        Bus = "BUS",
        /// Criminals.
        Crm = "CRM",
        /// Civilians without a narrower sector.
        Cvl = "CVL",
        /// Education.
        Edu = "EDU",
        /// Former officials; elites.
        Eli = "ELI",
        /// Journalists and media.
        Jrn = "JRN",
        /// Workers and unions.
        Lab = "LAB",
        /// Health care.
        Med = "MED",
        /// Refugees and the displaced.
        Ref = "REF",
        /// Political opposition.
        Opp = "OPP",
        /// Bodies of a partly recognized territory.
        Pre = "PRE",
        /// Religious bodies and leaders.
        Rel = "REL",
        /// Civil society.
        Soc = "SOC",
        /// Intergovernmental organization.
        Igo = "IGO",
        /// Non-governmental organization.
        Ngo = "NGO",
        /// Multinational company.
        Mnc = "MNC",
        /// Transnational armed group.
        Img = "IMG",
        /// International social movement.
        Ism = "ISM",
    }
}

impl PloverType {
    /// Returns the type PLOVER gives an event of this type that is only announced.
    ///
    /// Announced help is AGREE, an announced retreat CONCEDE, an announced hostile deed THREATEN. Verbal types stay as they are.
    ///
    /// ```
    /// use dateline_core::codes::PloverType;
    /// assert_eq!(PloverType::Aid.announced(), PloverType::Agree);
    /// assert_eq!(PloverType::Assault.announced(), PloverType::Threaten);
    /// assert_eq!(PloverType::Accuse.announced(), PloverType::Accuse);
    /// ```
    #[must_use]
    pub fn announced(self) -> Self {
        match self {
            Self::Consult | Self::Support | Self::Cooperate | Self::Aid => Self::Agree,
            Self::Retreat => Self::Concede,
            other if other.quad() == Quad::MaterialConflict => Self::Threaten,
            other => other,
        }
    }

    /// Quad class of the type.
    pub fn quad(self) -> Quad {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => Quad::VerbalCooperation,
            Self::Cooperate | Self::Aid | Self::Retreat => Quad::MaterialCooperation,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => Quad::VerbalConflict,
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => {
                Quad::MaterialConflict
            }
        }
    }

    /// The PLOVER score of the type without a mode, -10 (conflict) to +10 (cooperation).
    pub fn score(self) -> f64 {
        self.scores().0
    }

    /// Returns the modes of the type with their scores, in the ontology's order.
    pub fn modes(self) -> impl ExactSizeIterator<Item = (Mode, f64)> {
        self.scores().1.iter().copied()
    }

    /// The PLOVER draft gives ACCUSE a score of 3 without a sign. Its modes and quad class are conflict, so it is -3 here. The
    /// draft has no score for `vandalize`, which takes that of PROTEST.
    #[expect(clippy::too_many_lines, reason = "one flat table")]
    fn scores(self) -> (f64, &'static [(Mode, f64)]) {
        match self {
            Self::Agree => (2.5, &[]),
            Self::Consult => (
                2.5,
                &[
                    (Mode::Visit, 4.0),
                    (Mode::ThirdParty, 1.0),
                    (Mode::Multilateral, 4.0),
                    (Mode::Phone, 1.5),
                ],
            ),
            Self::Support => (5.0, &[]),
            Self::Concede => (4.5, &[]),
            Self::Cooperate => (9.5, &[]),
            Self::Aid => (10.0, &[]),
            Self::Retreat => (
                6.5,
                &[
                    (Mode::Withdraw, 8.0),
                    (Mode::Release, 6.5),
                    (Mode::Disarm, 10.0),
                    (Mode::Ceasefire, 7.5),
                    (Mode::Access, 6.5),
                    (Mode::Resign, 4.5),
                ],
            ),
            Self::Request => (
                0.0,
                &[
                    (Mode::Assist, 0.5),
                    (Mode::Change, -1.0),
                    (Mode::Yield, -1.0),
                    (Mode::Meet, 0.0),
                ],
            ),
            Self::Accuse => {
                (-3.0, &[(Mode::Disapprove, -2.0), (Mode::Investigate, -3.5), (Mode::Allege, -3.5)])
            }
            Self::Reject => (
                -2.0,
                &[
                    (Mode::Assist, -1.5),
                    (Mode::Change, -2.0),
                    (Mode::Yield, -2.0),
                    (Mode::Meet, -2.0),
                ],
            ),
            Self::Threaten => (
                -3.5,
                &[
                    (Mode::Restrict, -3.0),
                    (Mode::Arrest, -3.5),
                    (Mode::Relations, -3.5),
                    (Mode::Expel, -3.5),
                    (Mode::Territory, -4.0),
                    (Mode::Violence, -3.5),
                ],
            ),
            Self::Protest => (
                -5.0,
                &[
                    (Mode::Demo, -5.0),
                    (Mode::Riot, -7.0),
                    (Mode::Strike, -5.0),
                    (Mode::Hunger, -4.5),
                    (Mode::Boycott, -4.5),
                    (Mode::Obstruct, -4.5),
                    (Mode::Vandalize, -5.0),
                ],
            ),
            Self::Sanction => (
                -6.0,
                &[
                    (Mode::Convict, -6.0),
                    (Mode::Expel, -5.5),
                    (Mode::Withdraw, -6.0),
                    (Mode::Discontinue, -6.0),
                ],
            ),
            Self::Mobilize => (
                -5.5,
                &[
                    (Mode::Troops, -6.5),
                    (Mode::Weapons, -6.5),
                    (Mode::Police, -5.5),
                    (Mode::Militia, -6.0),
                ],
            ),
            Self::Coerce => (
                -7.0,
                &[
                    (Mode::Seize, -7.0),
                    (Mode::Restrict, -7.0),
                    (Mode::Censor, -6.5),
                    (Mode::Curfew, -6.5),
                    (Mode::MartialLaw, -7.5),
                    (Mode::Arrest, -7.0),
                    (Mode::Deport, -7.0),
                    (Mode::Withhold, -7.0),
                    (Mode::Misinformation, -6.5),
                    (Mode::Cyber, -7.0),
                ],
            ),
            Self::Assault => (
                -9.0,
                &[
                    (Mode::Abduct, -8.5),
                    (Mode::Beat, -7.5),
                    (Mode::Torture, -8.5),
                    (Mode::Sexual, -8.5),
                    (Mode::Targeted, -9.5),
                    (Mode::Destroy, -8.5),
                    (Mode::Primitive, -8.0),
                    (Mode::Firearms, -9.0),
                    (Mode::Explosives, -9.0),
                    (Mode::SuicideAttack, -9.5),
                    (Mode::Aerial, -9.5),
                    (Mode::Drone, -9.5),
                    (Mode::HeavyWeapons, -9.5),
                    (Mode::CrowdControl, -7.5),
                    (Mode::Unconventional, -10.0),
                ],
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_round_trip() {
        for kind in PloverType::ALL {
            assert_eq!(kind.as_str().parse(), Ok(*kind));
        }
        assert_eq!((PloverType::ALL.len(), Context::ALL.len(), Sector::ALL.len()), (16, 37, 30));
    }

    #[test]
    fn scores_have_the_sign_of_their_quad() {
        for kind in PloverType::ALL {
            let hostile = matches!(kind.quad(), Quad::VerbalConflict | Quad::MaterialConflict);
            assert_eq!(hostile, kind.score() <= 0.0, "{kind}");
            for (mode, score) in kind.modes() {
                assert!(!hostile || score <= 0.5, "{kind} {mode}");
            }
        }
    }

    #[test]
    fn an_unknown_label_is_refused() {
        let error = "consult".parse::<PloverType>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "read `consult`, expected a PLOVER event type, as in `CONSULT`"
        );
    }
}
