//! Everyday words are not names of bodies: no sentence here contains a name from the table of bodies.

use std::collections::BTreeSet;

const BODIES: &str = include_str!("../data/en/names/bodies.tsv");

const SENTENCES: &str = "\
My mother baked a cake with apples for my sister's birthday.
Hope is what keeps the team going after three lost games.
The home side won 3-1 in front of a full house.
Rain will spread from the west by the evening.
Shares rose two percent after a slow morning.
He left his keys on the kitchen table again.
Progress on the new road has been slow this winter.
Unity among the neighbors helped to save the old oak.
The children went to school by bus.
She ran the marathon in under three hours.
Gold was little changed and oil slipped.
Our dog hates the vacuum cleaner.
The front door needs a new coat of paint.
A union of two old choirs sang at the wedding.
Grandfather grows tomatoes behind the garage.
Fog held up the morning trains.
The coach said the striker would rest for a week.
An army of ants marched over the picnic blanket.
Sales of umbrellas doubled in a wet April.
They watched a film and went to bed early.
The memorial run starts at nine on Sunday.
Freedom is a long walk on an empty beach.
The keeper saved two penalties in the final.
Snow is likely above 800 meters.
The bakery on the corner sells out by noon.
Future trips will leave from the other platform.
The alliance of the two chess clubs lasted a season.
Interest rates stayed where they were.
He learned to play the violin at forty.
The rally ended when the second car broke down.
Renaissance paintings hang in the west wing.
Dawn came late and golden over the lake.
My uncle drives a truck from coast to coast.
The swimmer broke her own record by a tenth of a second.
A power cut stopped the lifts in the tower.
Victory in the quiz went to the table by the window.
The party lasted until two and nobody washed the dishes.
Justice was served with lemon and a little salt.
The garden is full of bees in June.
Wheat prices fell on news of a good harvest.
Twins were born to the couple on Friday.
The referee blew for time with the score level.
Democracy in our house means that the cat decides.
Change the oil every ten thousand miles.
Patients wait an hour on a busy day.
The movement of the clock is Swiss made and very old.
A cold front brings showers on Tuesday.
She sold her bike and bought a kayak.
The bank was green with moss and ferns.
Truth be told, the soup was too hot.
The league leaders lost at home for the first time.
Parents queued for the new shoes.
The ferry takes forty minutes in calm weather.
Action is what the fans wanted and what they got.
Forward planning saved the bride a fortune.
The library opens at ten.
Labor began in the night, and the baby came at six.
The congress of beekeepers meets in spring.
Light winds and sun are forecast for the weekend.
People in the village know each other by name.
";

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[test]
fn everyday_sentences_name_no_body() {
    let bodies: BTreeSet<Vec<&str>> = BODIES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').next())
        .map(|name| words(name).collect())
        .collect();
    for sentence in SENTENCES.lines() {
        let words: Vec<&str> = words(sentence).collect();
        let runs = (0..words.len()).flat_map(|from| (from..words.len()).map(move |to| (from, to)));
        for (from, to) in runs {
            assert!(!bodies.contains(&words[from..=to]), "{:?} in {sentence}", &words[from..=to]);
        }
    }
}
