//! Section of explained entities: code or title, with the rules and words that gave them.

use dateline_core::{Entity, Explanation};

use super::{
    escaped,
    layout::clipped,
    page::{TextPage, WHO, paint},
};

impl TextPage<'_> {
    /// Adds the section. Explanations are in the order of the entities.
    pub(super) fn who(&mut self, entities: &[Entity], explanations: &[&Explanation]) {
        if explanations.is_empty() {
            return;
        }
        self.heading("Who");
        self.line("");
        let mut rest = explanations.iter().peekable();
        for entity in entities {
            let id = entity.id.to_string();
            let mut own = std::iter::from_fn(|| rest.next_if(|it| it.of == id)).peekable();
            if own.peek().is_none() {
                continue;
            }
            let code = entity.code.as_deref().unwrap_or("-");
            let room = self.text_width().saturating_sub(code.len() + 2).max(10);
            let name = paint(WHO, &clipped(&escaped(&entity.name), room));
            let line = entity.mentions.first().map(|mention| self.places.line(mention.span.start));
            self.row(line, &format!("{name}  {}", escaped(code)));
            for explanation in own {
                self.explanation(explanation);
            }
        }
    }
}
