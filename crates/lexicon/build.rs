//! Compiles the tables of `data/en/names` into one pool of strings and arrays of numbers, which the program searches in
//! place: nothing is parsed or sorted at startup.
//!
//! A cell of a table is a `u32`: the offset of its text in the pool in the upper 24 bits, its length in bytes in the lower 8.
//! A view is a list of row numbers of a table in another order. All numbers are little-endian. `src/names/compiled.rs`
//! reads these files.

use std::{
    collections::HashMap,
    env, fs,
    path::{Path, PathBuf},
};

fn main() {
    let data =
        Path::new(&env::var("CARGO_MANIFEST_DIR").expect("set by cargo")).join("data/en/names");
    println!("cargo::rerun-if-changed={}", data.display());
    let mut out = Out {
        dir: env::var("OUT_DIR").expect("set by cargo").into(),
        strings: String::new(),
        places: HashMap::new(),
    };
    out.table("names", &names(&data));
    out.table("roles", &sorted(rows(&data, "roles.tsv", 4)));
    out.table("given_names", &sorted(rows(&data, "given-names.tsv", 2)));
    out.table("place_verbs", &sorted(rows(&data, "place-verbs.tsv", 1)));
    let leaders = sorted(rows(&data, "leaders.tsv", 9));
    out.table("leaders", &leaders);
    out.view("heads", heads(&leaders));
    out.view("offices", offices(&leaders));
    let mut places = sorted(rows(&data, "places.tsv", 8));
    out.spellings("spellings", &places);
    for place in &mut places {
        place.truncate(7);
    }
    out.table("places", &places);
    out.table("regions", &sorted(rows(&data, "regions.tsv", 3)));
    fs::write(out.dir.join("strings.txt"), &out.strings).expect("the build directory is writable");
}

type Row = Vec<String>;

/// Returns the first columns of each row of a table.
fn rows(data: &Path, name: &str, columns: usize) -> Vec<Row> {
    let path = data.join(name);
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines =
        text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|(number, line)| {
            let row: Row = line.split('\t').take(columns).map(str::to_owned).collect();
            let at = || format!("{}:{}", path.display(), number + 1);
            assert!(row.len() == columns, "{}: {} columns, {columns} expected", at(), row.len());
            row
        })
        .collect()
}

/// Sorts rows by bytes, the order in which they are searched.
fn sorted(mut rows: Vec<Row>) -> Vec<Row> {
    rows.sort();
    rows
}

/// Returns all names that are unambiguous on their own: name, sense, code, sectors and the name shared by all spellings. If
/// two tables have a name, the first wins.
fn names(data: &Path) -> Vec<Row> {
    let row = |cells: [&str; 5]| cells.map(str::to_owned).to_vec();
    let countries = rows(data, "countries.tsv", 3);
    let bodies = rows(data, "bodies.tsv", 5);
    let cities = rows(data, "cities.tsv", 2);
    let countries = countries.iter().map(|it| row([&it[0], &it[2], &it[1], "-", "-"]));
    let bodies = bodies.iter().map(|it| row([&it[0], &it[3], &it[1], &it[2], &it[4]]));
    let cities = cities.iter().map(|it| row([&it[0], "city", &it[1], "-", "-"]));
    let mut names: Vec<Row> = countries.chain(bodies).chain(cities).collect();
    // Stable: rows of one name stay in the order of their tables.
    names.sort_by(|a, b| a[0].cmp(&b[0]));
    names.dedup_by(|later, first| later[0] == first[0]);
    names
}

/// Row numbers of heads of state and government, by surname.
fn heads(leaders: &[Row]) -> Vec<usize> {
    let surname = |row: &Row| row[0].rsplit(' ').next().unwrap_or_default().to_owned();
    let is_head = |row: &Row| matches!(row[4].as_str(), "head" | "deputy");
    let mut heads: Vec<usize> = (0..leaders.len()).filter(|&at| is_head(&leaders[at])).collect();
    heads.sort_by_cached_key(|&at| (surname(&leaders[at]), at));
    heads
}

/// Row numbers of leaders with an office and a full name, by country and office.
fn offices(leaders: &[Row]) -> Vec<usize> {
    let has_office = |row: &Row| row[5] != "-" && row[0].contains(' ');
    let mut offices: Vec<usize> =
        (0..leaders.len()).filter(|&at| has_office(&leaders[at])).collect();
    offices.sort_by_cached_key(|&at| (leaders[at][1].clone(), leaders[at][5].clone(), at));
    offices
}

/// The files being written.
struct Out {
    dir: PathBuf,
    strings: String,
    /// Offset and length of each string of the pool.
    places: HashMap<String, u32>,
}

impl Out {
    /// Returns the cell of a text, adding it to the pool if needed.
    fn cell(&mut self, text: &str) -> u32 {
        if let Some(&cell) = self.places.get(text) {
            return cell;
        }
        let (at, length) = (self.strings.len(), text.len());
        assert!(at < 1 << 24 && length < 1 << 8, "{text:?} does not fit into the pool");
        let cell = u32::try_from(at << 8 | length).expect("checked above");
        self.strings.push_str(text);
        self.places.insert(text.to_owned(), cell);
        cell
    }

    fn write(&self, name: &str, numbers: &[u32]) {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        fs::write(self.dir.join(name).with_extension("bin"), bytes)
            .expect("the build directory is writable");
    }

    fn table(&mut self, name: &str, rows: &[Row]) {
        let cells: Vec<u32> = rows.iter().flatten().map(|text| self.cell(text)).collect();
        self.write(name, &cells);
    }

    fn view(&self, name: &str, rows: Vec<usize>) {
        let numbers: Vec<u32> =
            rows.into_iter().map(|at| u32::try_from(at).expect("tables are short")).collect();
        self.write(name, &numbers);
    }

    /// Writes the spellings of all places, sorted, each with the row number of its place.
    fn spellings(&mut self, name: &str, places: &[Row]) {
        let mut spellings: Vec<(&str, u32)> = Vec::new();
        for (row, at) in places.iter().zip(0..) {
            let others = row[7].split('|').filter(|other| *other != "-");
            spellings.extend(others.chain([row[0].as_str()]).map(|spelling| (spelling, at)));
        }
        spellings.sort_unstable();
        spellings.dedup();
        let pairs: Vec<u32> =
            spellings.into_iter().flat_map(|(spelling, at)| [self.cell(spelling), at]).collect();
        self.write(name, &pairs);
    }
}
