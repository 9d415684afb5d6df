//! Sentences of our own without a political event: sport, weather, markets, tennis courts, films.

use dateline_extract::{Extractor, ReaderKind, read_document};

/// Maximum number of events that a reader finds in all of them together. The careful reader learned from news of politics only, and takes
/// some sport for it.
fn at_most(reader: ReaderKind) -> usize {
    match reader {
        ReaderKind::Careful => 10,
        ReaderKind::Fast => 3,
    }
}

const SENTENCES: [&str; 50] = [
    "England beat France 2-1 at Wembley on Saturday.",
    "The striker attacked the near post and the goalkeeper blocked his shot.",
    "Spain crushed Italy in the final of the European Championship.",
    "Germany invaded the penalty area from the first minute.",
    "Nadal met Federer on the center court in Paris.",
    "The judge at Wimbledon warned the American player twice.",
    "Brazil's coach defended his tactics after the defeat.",
    "The Australian captain was suspended for two matches.",
    "Kenya's runners bombed in the heat of Doha.",
    "Manchester United signed the Portuguese winger for sixty million pounds.",
    "India declared at tea with a lead of two hundred.",
    "The court was covered because of rain and play was called off.",
    "A storm hit the coast of Cuba overnight.",
    "Floods killed twelve people in northern Pakistan.",
    "An earthquake shook Japan but caused no damage.",
    "Heavy snow blocked roads across Poland.",
    "A wildfire threatened villas near Athens.",
    "Lightning struck a church in Bavaria.",
    "The heat wave in Spain will end on Thursday.",
    "A volcano in Iceland showed signs of unrest.",
    "Stocks were hit by fears of a recession.",
    "Apple struck a deal with a maker of screens.",
    "Shares of the German carmaker retreated three percent.",
    "The pound rallied against the dollar.",
    "Oil prices surrendered their gains in late trading.",
    "Investors abandoned Turkish bonds.",
    "The French retailer attacked the market for organic food.",
    "Gold held its ground while copper fell.",
    "The company launched a new phone in Berlin.",
    "Rising costs forced the bakery to close.",
    "The film attacked the mayor.",
    "Critics praised the Iranian director's second film.",
    "The Russian pianist performed at the White House in 1987.",
    "The novel is set in Vietnam during the war.",
    "Her new album storms the charts in Britain.",
    "The museum in Cairo opens a new wing next week.",
    "A Dutch choir will visit the town in June.",
    "The actor signed copies of his book in Dublin.",
    "The chef from Lima fired his oven at five.",
    "Doctors fight the disease with a new drug.",
    "The virus invades the cells of the lung.",
    "Scientists from Kenya presented a study of elephants.",
    "A Canadian probe will land on the moon in May.",
    "The telescope captured a distant galaxy.",
    "Farmers in Ohio harvested less corn than last year.",
    "The train to Warsaw was delayed by two hours.",
    "Tourists returned to the beaches of Tunisia.",
    "The senator's daughter married a dentist from Ohio.",
    "The president's dog bit a gardener.",
    "My neighbor from Peru promised to water the plants.",
];

#[test]
fn where_nothing_political_happens_almost_no_event_is_found() {
    for &kind in ReaderKind::ALL.iter().filter(|kind| kind.is_available()) {
        let extractor = Extractor::builder().reader(kind).build();
        let found: Vec<String> = SENTENCES
            .iter()
            .flat_map(|sentence| {
                let record = extractor.extract(&read_document(sentence));
                let told = |event: &dateline_core::Event| {
                    format!("{} {}: {sentence}", event.kind, event.trigger.span.text)
                };
                record.events.iter().map(told).collect::<Vec<_>>()
            })
            .collect();
        assert!(
            found.len() <= at_most(kind),
            "{kind}: {} events:\n{}",
            found.len(),
            found.join("\n")
        );
    }
}
