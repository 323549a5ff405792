//! How good is a division into communities?

use rayon::prelude::*;

use crate::analysis::partition::{OUTSIDE, Partition};
use crate::analysis::ties::Ties;
use crate::model::{EventId, words};

words! {
    /// What a good division into communities is.
    #[derive(Default)]
    pub enum Quality {
        /// More weight inside of communities than chance would put there (Newman
        /// and Girvan 2004), with a resolution (Reichardt and Bornholdt 2006).
        #[default]
        Modularity = "modularity",
        /// Communities denser inside than the resolution, and sparser between:
        /// the constant Potts model (Traag, Van Dooren and Nesterov 2011).
        Cpm = "cpm",
        /// Between the two, for stories: modularity in which an event with weak
        /// ties counts for more, and one with strong ties for less, than their
        /// weight. So where ties are few and weak, they do not hold just anything
        /// together.
        #[serde(skip_deserializing)]
        Tempered = "tempered",
    }
}

impl Quality {
    /// What each event counts against the community that it is in, by the
    /// weight k of its ties: k itself, 1, or k^0.7, these scaled to the same sum.
    pub(super) fn masses(self, mut strengths: Vec<f64>) -> Vec<f64> {
        match self {
            Self::Modularity => {}
            Self::Cpm => strengths.fill(1.0),
            Self::Tempered => {
                let total: f64 = strengths.iter().sum();
                strengths.iter_mut().for_each(|k| *k = libm::pow(*k, TEMPER));
                let tempered: f64 = strengths.iter().sum();
                let scale = total / tempered.max(f64::MIN_POSITIVE);
                strengths.iter_mut().for_each(|k| *k *= scale);
            }
        }
        strengths
    }

    /// What one mass beside another costs, for each unit of both.
    pub(super) fn cost(self, resolution: f64, masses: &[f64]) -> f64 {
        match self {
            Self::Modularity | Self::Tempered => {
                resolution / masses.iter().sum::<f64>().max(f64::MIN_POSITIVE)
            }
            Self::Cpm => resolution,
        }
    }
}

/// Between modularity's 1 and the constant Potts model's 0: the lower, the
/// firmer the largest communities, and the fewer events are in any. With 0.7
/// stories are firm and still cover three quarters of a real archive.
const TEMPER: f64 = 0.7;

/// Events that are summed up by one thread: a fixed number, so that sums do
/// not depend on the threads.
const PART: usize = 1 << 14;

/// The modularity of a partition,
///
/// > Q = Σ_c \[w_c / m − γ (k_c / 2m)²\]
///
/// with m the weight of all ties, w_c that of the ties inside of c, k_c the sum
/// over c's events of the weight of their ties, and γ the resolution. 0 if
/// there are no ties.
///
/// # Complexity
/// O(|V| + |E|).
pub fn modularity(ties: &Ties, partition: &Partition, resolution: f64) -> f64 {
    quality(ties, partition, Quality::Modularity, resolution)
}

/// The quality of a partition. For the constant Potts model
///
/// > H = Σ_c \[w_c − γ n_c (n_c − 1) / 2\] / m
///
/// with n_c the number of c's events. For the tempered one, modularity with
/// the sum of the events' [masses](Quality::masses) in place of k_c.
pub(super) fn quality(
    ties: &Ties,
    partition: &Partition,
    quality: Quality,
    resolution: f64,
) -> f64 {
    let numbers = partition.numbers();
    let parts: Vec<(f64, Vec<f64>)> = numbers
        .par_chunks(PART)
        .enumerate()
        .map(|(part, events)| {
            let mut inside = 0.0;
            let mut strengths = Vec::with_capacity(events.len());
            for (id, &number) in ((part * PART) as u32..).zip(events) {
                let mut strength = 0.0;
                for (other, weight) in ties.of(EventId(id)) {
                    let same = number != OUTSIDE && numbers.get(other.index()) == Some(&number);
                    inside += if same { f64::from(weight) } else { 0.0 };
                    strength += f64::from(weight);
                }
                strengths.push(strength);
            }
            (inside, strengths)
        })
        .collect();
    let inside: f64 = parts.iter().map(|(inside, _)| inside).sum();
    let strengths: Vec<f64> = parts.into_iter().flat_map(|(_, strengths)| strengths).collect();
    let total: f64 = strengths.iter().sum();
    let mut mass = vec![0.0; partition.len()];
    for (mass_of_event, &number) in quality.masses(strengths).iter().zip(numbers) {
        if let Some(mass) = mass.get_mut(number as usize) {
            *mass += mass_of_event;
        }
    }
    if total == 0.0 {
        return 0.0;
    }
    let chance: f64 = match quality {
        Quality::Modularity | Quality::Tempered => {
            mass.iter().map(|k| (k / total) * (k / total)).sum()
        }
        Quality::Cpm => {
            let pairs = |group| {
                let size = partition.size(group) as f64;
                size * (size - 1.0)
            };
            (0..partition.len()).map(pairs).sum::<f64>() / total
        }
    };
    inside / total - resolution * chance
}
