//! Code lists used in records: PLOVER types, modes, contexts, sectors and quad classes, CAMEO codes with Goldstein scores, and
//! country codes.
//!
//! PLOVER follows its 0.8 draft, with the 16 event types POLECAT uses. Sources and licenses are listed in `NOTICE`.

mod cameo;
mod country;
mod plover;

pub use cameo::Cameo;
pub use country::Country;
/// Error for text that is not a code of the list it was parsed as.
pub use dateline_data::LabelError as CodeError;
pub use plover::{Context, Mode, PloverType, Quad, Sector};
