//! Least probabilities for what is put into a record.

/// Least probabilities, set on texts that the models did not learn from.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(not(feature = "train"), expect(unreachable_pub, reason = "public to trainers only"))]
pub struct Limits {
    /// Of an event.
    pub act: f32,
    /// Of an event whose type a frame gives, too.
    pub framed: f32,
    /// Of an event, where few may be false.
    pub precise: f32,
    /// Of the first source.
    pub source: f32,
    /// Of each further source.
    pub more_sources: f32,
    /// Of the first target.
    pub target: f32,
    /// Of each further target.
    pub more_targets: f32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            act: 0.4,
            framed: 0.25,
            precise: 0.8,
            source: 0.4,
            more_sources: 0.5,
            target: 0.4,
            more_targets: 0.5,
        }
    }
}

impl Limits {
    /// Bytes in the weights file.
    pub(super) const SIZE: usize = 14;

    /// Reads limits: thousandths as little-endian 16-bit numbers.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let numbers: [f32; 7] = std::array::from_fn(|at| {
            let two = bytes.get(at * 2..at * 2 + 2).map_or([0; 2], |two| [two[0], two[1]]);
            f32::from(u16::from_le_bytes(two)) / 1000.0
        });
        let [act, framed, precise, source, more_sources, target, more_targets] = numbers;
        (bytes.len() == Self::SIZE).then_some(Self {
            act,
            framed,
            precise,
            source,
            more_sources,
            target,
            more_targets,
        })
    }

    /// Returns the bytes of the weights file.
    #[cfg(feature = "train")]
    pub(super) fn to_bytes(self) -> Vec<u8> {
        let numbers = [
            self.act,
            self.framed,
            self.precise,
            self.source,
            self.more_sources,
            self.target,
            self.more_targets,
        ];
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 1"
        )]
        numbers.iter().flat_map(|number| ((number * 1000.0).round() as u16).to_le_bytes()).collect()
    }
}
