//! Looks words of a sentence up in a word list: `cargo run -p dateline-data --example word_list`.

use dateline_data::{Lower, Table};

fn main() {
    let weekdays =
        Table::read("# name\tnumber\nfriday\t5\nmonday\t1\nsunday\t7\n", |columns| columns[1]);
    for word in "Talks that broke off on Friday resume Monday".split(' ') {
        if let Some(number) = weekdays.get(Lower::<16>::of(word).as_str()) {
            println!("{word} is day {number} of the week");
        }
    }
}
