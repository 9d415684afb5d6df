//! Converts a tree to running text, with the source bytes of each span.

use std::{collections::BTreeMap, sync::LazyLock};

use dateline_core::SourceMap;
use dom_query::{NodeId, NodeRef};

use super::located::Located;
use crate::read::markup::{Flow, Layout};

static ELEMENTS: LazyLock<BTreeMap<&'static str, Layout>> =
    LazyLock::new(|| Layout::table(include_str!("../../../data/html/elements.tsv")));

/// Returns the text below a node, and its map. Text of unknown position is left out, because it could not be verified.
pub(super) fn text(located: &Located, root: &NodeRef<'_>) -> (String, SourceMap) {
    let mut flow = Flow::default();
    // Nodes to enter, and elements to leave.
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

/// Adds the spans of a text whose position is known.
fn mapped(flow: &mut Flow, words: &str, map: &SourceMap) {
    let mut known = map.runs().iter().map(|run| run.length).sum::<u64>();
    if map.runs().last().is_some_and(|run| run.text + run.length > words.len() as u64) {
        known = 0;
    }
    if known == words.len() as u64 {
        flow.words(words, map);
    }
}
