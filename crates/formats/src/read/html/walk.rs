//! The words of a tree as running text, each stretch with the bytes it was read from.

use std::{collections::BTreeMap, sync::LazyLock};

use dateline_core::SourceMap;
use dom_query::{NodeId, NodeRef};

use super::located::Located;
use crate::read::markup::{Flow, Layout};

static ELEMENTS: LazyLock<BTreeMap<&'static str, Layout>> =
    LazyLock::new(|| Layout::table(include_str!("../../../data/html/elements.tsv")));

/// The text below a node, and its map. Texts whose place is not known are left out: nobody could check them.
pub(super) fn text(located: &Located, root: &NodeRef<'_>) -> (String, SourceMap) {
    let mut flow = Flow::default();
    // Nodes yet to be entered, and elements yet to be left.
    let mut left: Vec<Step> = vec![Step::Enter(root.id)];
    while let Some(step) = left.pop() {
        match step {
            Step::Leave(layout) => flow.apart(layout),
            Step::Enter(id) => {
                let Some(node) = root.tree.get(&id) else { continue };
                if node.is_text() {
                    let words = node.text();
                    if let Some(map) = located.map(id) {
                        mapped(&mut flow, &words, map);
                    }
                    continue;
                }
                let layout = node.qual_name_ref().map_or(Layout::Inline, |name| {
                    ELEMENTS.get(&*name.local).copied().unwrap_or(Layout::Inline)
                });
                if layout == Layout::None || node.is_comment() {
                    continue;
                }
                flow.apart(layout);
                left.push(Step::Leave(layout));
                left.extend(node.children_it(true).map(|child| Step::Enter(child.id)));
            }
        }
    }
    flow.finish()
}

enum Step {
    Enter(NodeId),
    Leave(Layout),
}

/// Adds the stretches of a text whose place is known.
fn mapped(flow: &mut Flow, words: &str, map: &SourceMap) {
    let mut known = map.runs().iter().map(|run| run.length).sum::<u64>();
    if map.runs().last().is_some_and(|run| run.text + run.length > words.len() as u64) {
        known = 0;
    }
    if known == words.len() as u64 {
        flow.words(words, map);
    }
}
