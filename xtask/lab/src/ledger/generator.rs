//! Generated news: dated texts of about 300 words on leaders who meet, accuse, expel and help, assembled from parts.
//!
//! A random generator with a fixed seed selects the parts, so the same number always yields the same text. There are enough parts that
//! two texts share few sequences of words, except for deliberate wire copies.

use dateline_core::Document;
use jiff::{ToSpan as _, civil::Date};

/// Number of days the texts are spread over.
const DAYS: usize = 350;
/// Number of sentences in a text.
const SENTENCES: usize = 19;
/// One sentence in this many reports an event, about as in political news.
const ACT_EVERY: usize = 7;
/// One text in this many is a copy of another.
const COPIES: u64 = 33;

const STATES: [(&str, &str, &str); 20] = [
    ("Norway", "Norwegian", "Oslo"),
    ("Japan", "Japanese", "Tokyo"),
    ("Kenya", "Kenyan", "Nairobi"),
    ("Brazil", "Brazilian", "Brasilia"),
    ("Poland", "Polish", "Warsaw"),
    ("Egypt", "Egyptian", "Cairo"),
    ("India", "Indian", "New Delhi"),
    ("Chile", "Chilean", "Santiago"),
    ("Turkey", "Turkish", "Ankara"),
    ("Vietnam", "Vietnamese", "Hanoi"),
    ("Ghana", "Ghanaian", "Accra"),
    ("Finland", "Finnish", "Helsinki"),
    ("Peru", "Peruvian", "Lima"),
    ("Jordan", "Jordanian", "Amman"),
    ("Canada", "Canadian", "Ottawa"),
    ("Serbia", "Serbian", "Belgrade"),
    ("Nigeria", "Nigerian", "Abuja"),
    ("Sweden", "Swedish", "Stockholm"),
    ("Mexico", "Mexican", "Mexico City"),
    ("Greece", "Greek", "Athens"),
];
const OFFICES: [&str; 6] = [
    "President",
    "Prime Minister",
    "Foreign Minister",
    "Defense Minister",
    "Trade Minister",
    "Interior Minister",
];
const SURNAMES: [&str; 24] = [
    "Lund", "Ito", "Mwangi", "Castro", "Nowak", "Farouk", "Rao", "Vidal", "Demir", "Tran",
    "Mensah", "Korhonen", "Quispe", "Haddad", "Tremblay", "Petrovic", "Okafor", "Lindgren",
    "Herrera", "Pappas", "Berg", "Silva", "Khan", "Moreau",
];
const GIVEN: [&str; 12] =
    ["Ana", "Kari", "Omar", "Jan", "Lea", "Tomas", "Mina", "Paul", "Ines", "Karl", "Nora", "David"];
const PAPERS: [&str; 12] = [
    "Harbor Post",
    "Northern Star",
    "Daily Lantern",
    "Valley Courier",
    "Capital Mail",
    "Morning Ledger",
    "Coast Herald",
    "Evening Bell",
    "River Times",
    "Summit Review",
    "Plain Dealer of Arden",
    "Island Gazette",
];

/// Sentences that report events, with gaps for the parties, a day and a place.
const ACTS: [&str; 20] = [
    "{A} met {B} in {c} on {d}.",
    "{A} will meet {B} in {c} on {f}.",
    "{A} telephoned {B} on {d}.",
    "{X} expelled {n} {y} diplomats on {d}.",
    "{X} imposed sanctions on {n} {y} companies on {d}.",
    "{A} accused {Y} of moving troops to the border.",
    "{A} called on {Y} to open its ports.",
    "{X} and {Y} signed an agreement on fishing in {c} on {d}.",
    "{X} sent {n} tons of grain to {Y} on {d}.",
    "{A} threatened to close the border with {Y}.",
    "{x} troops attacked a {y} post near {c} on {d}, killing {n} soldiers.",
    "Thousands of students protested in {c} on {d} against {A}.",
    "{A} postponed a visit to {Y} that was planned for {f}.",
    "{A} wants to meet {B} in the coming months.",
    "{X} released {n} {y} fishermen on {d}.",
    "{A} praised {B} for the talks in {c}.",
    "{A} rejected an offer by {Y} to send observers.",
    "{X} and {Y} will hold talks on trade in {c} on {f}.",
    "{A} arrived in {c} on {d} for talks with {B}.",
    "{x} police arrested {n} protesters in {c} on {d}.",
];
/// Sentences around them: three lists of parts, from each of which one is drawn.
const OPENINGS: [&str; 20] = [
    "Officials in {c}",
    "Traders at the port of {c}",
    "A spokeswoman for {A}",
    "Farmers in the {n} villages near the dam",
    "Diplomats from {Y}",
    "The {x} central bank",
    "Two engineers who had worked on bridge {n}",
    "Teachers on the east coast",
    "The mayor of {c}",
    "Lawyers for the shipping firm",
    "Most of the {n} delegates",
    "Reporters from {Y}",
    "The {y} delegation",
    "A retired judge from {c}",
    "Workers at plant {n}",
    "Doctors in the northern hospitals",
    "Members of the {x} parliament",
    "An adviser to {A}",
    "The owners of {n} fishing boats",
    "Researchers in {c}",
];
const MIDDLES: [&str; 20] = [
    "said that prices had risen by {n} percent since the harvest",
    "were waiting for a second report on the flood",
    "told reporters that the road would stay shut for {n} days",
    "had asked for more time to read the {n} pages",
    "described the mood as calm and the food as cold",
    "pointed to a survey of {n} households",
    "expect a budget of {n} million crowns next year",
    "found that {n} of the wells were dry",
    "said the railway to {c} needed new bridges",
    "recalled a winter in which {n} ships had frozen in",
    "have counted {n} trucks at the crossing",
    "wrote to the ministry about the pensions of miners",
    "welcomed the new timetable with some doubt",
    "said {n} schools would open a week late",
    "had spent the night on the quay",
    "complained that nobody had shown them the map",
    "planted {n} trees along the canal",
    "measured the snow at {n} places",
    "closed the market for the feast",
    "are building a museum for {n} old engines",
];
const ENDINGS: [&str; 20] = [
    "although the rain had stopped.",
    "while the ferries lay in harbor {n}.",
    "before the choir of {c} sang.",
    "as they had done for {n} years.",
    "and went home by the last tram.",
    "which surprised the older members.",
    "because the {x} stores were full.",
    "despite a letter from {Y}.",
    "after a vote of {n} to three.",
    "and the band played on.",
    "without naming the source of figure {n}.",
    "until the lamps were lit.",
    "in a hall that seats {n} people.",
    "under the eyes of the {y} press.",
    "with the help of neighbors from {c}.",
    "so that the mill could turn again.",
    "since the bridge of {c} was repaired.",
    "though few had read clause {n}.",
    "and promised to return in spring.",
    "once the wind had turned.",
];

/// Sentences without actors, two in three. This keeps a text close to political news of its length: about 11 entities and 7
/// statements in 300 words.
const SCENES: [&str; 20] = [
    "The rain of the past week",
    "A cold wind from the lake",
    "The long queue at the ticket window",
    "Fresh snow on the pass",
    "The smell of burnt wood",
    "A shortage of spare parts",
    "The price of winter wheat",
    "An old quarrel over grazing land",
    "The low water in the reservoir",
    "A fault in the signal box",
    "The dust from the quarry",
    "The first frost of the season",
    "A late delivery of cement",
    "The noise of the pumps",
    "A hole in the sea wall",
    "The new line of street lamps",
    "The harvest of early apples",
    "A crack in the dam",
    "The weekly market by the church",
    "A broken pipe under the square",
];
const EFFECTS: [&str; 20] = [
    "kept the narrow streets of the old town empty",
    "slowed the repair of the upper road",
    "made the journey twice as long",
    "drew small crowds to the gates",
    "spoiled what was left of the hay",
    "turned the fields behind the station grey",
    "delayed the opening of the covered hall",
    "left three districts without warm water",
    "pushed the costs far above the plan",
    "brought the cranes in the yard to a halt",
    "filled the cellars along the embankment",
    "hid the hills from view",
    "cut the work on the tunnel by half",
    "emptied the shelves of the corner shops",
    "changed the course of the small river",
    "raised hopes for a better spring",
    "stopped the cable cars before noon",
    "wore down the steps of the quay",
    "blocked the second lane of the ring road",
    "softened the ground under the rails",
];
const REMAINDERS: [&str; 20] = [
    "and little was done about it.",
    "while the larger works went on as before.",
    "with no end in sight.",
    "much as in the years before the war.",
    "and the lower bridge had to be closed.",
    "though the forecast was fair.",
    "as if nothing had ever been built there.",
    "at a time when stocks were already thin.",
    "and only the bakery stayed open.",
    "before the tide carried most of it away.",
    "which made the evening strangely quiet.",
    "and the lamps burned all day.",
    "so the buses took the road along the shore.",
    "until warmer air came in from the south.",
    "and the bells rang late.",
    "without much notice in the wider region.",
    "and a thin layer of ice covered the basin.",
    "just as the nights grew longer.",
    "and the clocks in the tower stood still.",
    "for the third time in as many seasons.",
];

/// A random number generator (`SplitMix64`, Steele and others 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).expect("it is below a usize")
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

/// The text with a number, out of a total; texts are in the order of their dates.
pub(crate) fn document(number: usize, of: usize) -> Document {
    let day = first_day().checked_add(i64::try_from(number * DAYS / of.max(1)).unwrap_or(0).days());
    let published = day.unwrap_or(Date::MAX);
    let mut random = Random(number as u64);
    let is_copy = random.next().is_multiple_of(COPIES) && number > 0;
    // A copy repeats the text before it under another title and publisher.
    let story = if is_copy { number - 1 } else { number };
    let (title, body) = story_of(story, published);
    let paper = random.pick(&PAPERS);
    Document::new(body)
        .with_id(format!("generated-{number}"))
        .with_published(published)
        .with_title(if is_copy { format!("Wire: {title}") } else { title })
        .with_publisher(paper)
        .with_url(format!("https://{}.example/{number}", paper.to_lowercase().replace(' ', "-")))
        .with_language("en")
}

fn first_day() -> Date {
    jiff::civil::date(2021, 1, 4)
}

fn story_of(number: usize, published: Date) -> (String, String) {
    let mut random = Random(number as u64 ^ 0x5EED_0000_0000);
    let mut body = String::new();
    let mut title = String::new();
    for at in 0..SENTENCES {
        let (one, other) = (random.below(STATES.len()), random.below(STATES.len() - 1));
        let other = if other >= one { other + 1 } else { other };
        let sentence = if at % ACT_EVERY == 0 {
            random.pick(&ACTS).to_owned()
        } else if at % 3 != 0 {
            let parts = [random.pick(&SCENES), random.pick(&EFFECTS), random.pick(&REMAINDERS)];
            parts.join(" ")
        } else {
            let parts = [random.pick(&OPENINGS), random.pick(&MIDDLES), random.pick(&ENDINGS)];
            parts.join(" ")
        };
        let sentence = filled(&sentence, one, other, published, &mut random);
        if at == 0 {
            sentence.trim_end_matches('.').clone_into(&mut title);
        }
        body.push_str(&sentence);
        body.push_str(if at % 3 == 2 { "\n\n" } else { " " });
    }
    (title, body.trim_end().to_owned() + "\n")
}

/// A leader of a country; an office has the same holder all year.
fn leader(state: usize, office: usize) -> String {
    let given = GIVEN[(state * 5 + office * 7) % GIVEN.len()];
    let surname = SURNAMES[(state * 11 + office * 5) % SURNAMES.len()];
    format!("{} {} {given} {surname}", STATES[state].1, OFFICES[office])
}

fn filled(
    template: &str,
    one: usize,
    other: usize,
    published: Date,
    random: &mut Random,
) -> String {
    let mut text = String::with_capacity(template.len() * 2);
    let mut rest = template;
    while let Some((before, slot)) = rest.split_once('{') {
        text.push_str(before);
        let (slot, after) = slot.split_once('}').expect("slots are closed");
        let office = random.below(OFFICES.len());
        match slot {
            "A" => text.push_str(&leader(one, office)),
            "B" => text.push_str(&leader(other, office)),
            "X" => text.push_str(STATES[one].0),
            "Y" => text.push_str(STATES[other].0),
            "x" => text.push_str(STATES[one].1),
            "y" => text.push_str(STATES[other].1),
            "c" => text.push_str(STATES[random.below(STATES.len())].2),
            "n" => text.push_str(&(3 + random.below(900)).to_string()),
            "d" => {
                text.push_str(weekday(published, -1 - i64::try_from(random.below(3)).unwrap_or(0)));
            }
            "f" => {
                let ahead = i64::try_from(7 + random.below(50)).unwrap_or(7);
                let day = published.checked_add(ahead.days()).unwrap_or(published);
                text.push_str(&day.strftime("%B %-d").to_string());
            }
            other => unreachable!("no slot {other}"),
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

fn weekday(published: Date, offset: i64) -> &'static str {
    const NAMES: [&str; 7] =
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let day = published.checked_add(offset.days()).unwrap_or(published);
    NAMES[usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_always_gives_the_same_text_of_some_300_words() {
        let text = document(7, 1000).text;
        assert_eq!(document(7, 1000).text, text);
        let words = text.split_whitespace().count();
        assert!((200..420).contains(&words), "{words} words:\n{text}");
    }
}
