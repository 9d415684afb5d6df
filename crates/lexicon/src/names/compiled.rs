//! The tables as the build script compiled them, searched in place by binary search.

/// The strings of all tables.
static STRINGS: &str = include_str!(concat!(env!("OUT_DIR"), "/strings.txt"));

/// A table of `N` columns, sorted by the first one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rows<const N: usize>(&'static [u8]);

/// A list of row numbers of a table, in an order of its own.
#[derive(Debug, Clone, Copy)]
pub(super) struct View(Rows<1>);

macro_rules! compiled {
    ($name:literal) => {
        Rows(include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".bin")))
    };
}

/// Name, sense, code, sectors, name shared by all spellings.
pub(super) static NAMES: Rows<5> = compiled!("names");
/// Noun, sectors, use, gender.
pub(super) static ROLES: Rows<4> = compiled!("roles");
/// Name, gender.
pub(super) static GIVEN_NAMES: Rows<2> = compiled!("given_names");
/// Lemma.
pub(super) static PLACE_VERBS: Rows<1> = compiled!("place_verbs");
/// Name, country, from, to, kind, office, sectors, gender, id.
pub(super) static LEADERS: Rows<9> = compiled!("leaders");
/// Leaders who are heads of state or government, by surname.
pub(super) static HEADS: View = View(compiled!("heads"));
/// Leaders with an office, by country and office.
pub(super) static OFFICES: View = View(compiled!("offices"));
/// Name, id, country, region, latitude, longitude, population.
pub(super) static PLACES: Rows<7> = compiled!("places");
/// Spelling, and the row number of the place instead of a text.
pub(super) static SPELLINGS: Rows<2> = compiled!("spellings");
/// Name, country, id.
pub(super) static REGIONS: Rows<3> = compiled!("regions");

impl<const N: usize> Rows<N> {
    pub(super) fn len(self) -> usize {
        self.0.len() / (4 * N)
    }

    /// Number in a cell.
    pub(super) fn number(self, row: usize, column: usize) -> u32 {
        let at = 4 * (row * N + column);
        let bytes = self.0[at..at + 4].try_into().expect("the slice has four bytes");
        u32::from_le_bytes(bytes)
    }

    /// Text of a cell.
    pub(super) fn text(self, row: usize, column: usize) -> &'static str {
        let cell = self.number(row, column);
        let (at, length) = ((cell >> 8) as usize, (cell & 0xff) as usize);
        &STRINGS[at..at + length]
    }

    /// Texts of a row.
    pub(super) fn row(self, row: usize) -> [&'static str; N] {
        std::array::from_fn(|column| self.text(row, column))
    }

    /// First row whose key is not below `key`.
    pub(super) fn at_least(self, key: &str) -> usize {
        partition_point(self.len(), |row| self.text(row, 0) < key)
    }

    /// Row numbers that have a key.
    pub(super) fn equal(self, key: &str) -> impl Iterator<Item = usize> {
        (self.at_least(key)..self.len()).take_while(move |&row| self.text(row, 0) == key)
    }
}

impl View {
    /// Row numbers from the first for which `is_before` is false, to the end.
    pub(super) fn from(self, is_before: impl Fn(usize) -> bool) -> impl Iterator<Item = usize> {
        let at = move |number: usize| self.0.number(number, 0) as usize;
        let first = partition_point(self.0.len(), |number| is_before(at(number)));
        (first..self.0.len()).map(at)
    }
}

/// First number below `length` for which `holds` is false, or `length`.
fn partition_point(length: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut from, mut to) = (0, length);
    while from < to {
        let middle = from.midpoint(to);
        if holds(middle) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    from
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_by_their_key() {
        let rows: Vec<_> = NAMES.equal("Kenya").map(|at| NAMES.row(at)).collect();
        assert_eq!(rows, [["Kenya", "country", "KEN", "-", "-"]]);
        assert_eq!(NAMES.equal("Kenyaa").count(), 0);
        assert_eq!(NAMES.at_least("\u{10ffff}"), NAMES.len());
    }

    #[test]
    fn the_tables_stay_below_eight_mebibytes() {
        let tables = [
            NAMES.0,
            ROLES.0,
            GIVEN_NAMES.0,
            LEADERS.0,
            HEADS.0.0,
            OFFICES.0.0,
            PLACES.0,
            SPELLINGS.0,
            REGIONS.0,
        ];
        let bytes = STRINGS.len() + tables.iter().map(|table| table.len()).sum::<usize>();
        assert!(bytes <= 8 << 20, "{bytes} bytes");
    }
}
