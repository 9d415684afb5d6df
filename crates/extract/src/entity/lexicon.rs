//! The names and roles of the lexicon, as this layer uses them.

pub(super) use dateline_lexicon::names::{
    City, Gender, Leader, Named, Region, Role, Roles, Sense, Usage, cities, country_of_head,
    gender, head, leaders, name_at, office, regions, takes_place,
};
