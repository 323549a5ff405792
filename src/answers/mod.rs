//! Questions and their answers, as every face asks and gives them: the command
//! line, Python, a page in the browser.
//!
//! One question, one file: what can be asked (options with the defaults of the
//! command line), the function that answers, and the answer as a record that
//! serialises to what `--json` prints. Nothing here reads or writes a file, and
//! nothing here knows how wide a terminal is.

mod ask;
mod build;
mod bursts;
mod chain;
mod check;
mod clusters;
mod distances;
mod draw;
mod export;
mod info;
mod map;
mod rank;
mod saga;
mod search;
mod select;
mod show;
mod stories;
mod story;
mod strand;
mod sweep;
mod thread;
mod timeline;
mod topics;
mod words;

pub use ask::{Question, ask};
pub use build::check_graph_file;
pub use bursts::{BurstRecord, Subject};
pub use chain::{ChainAnswer, ChainFound, ChainQuestion, Reason, Ways, chain, ways, ways_between};
pub use check::{CheckAnswer, CheckQuestion, check};
pub use clusters::{
    ClusterMethod, ClustersAnswer, ClustersFound, ClustersQuestion, LeidenRecord, clusters,
    leading_topics, usual_clusters,
};
pub use distances::{
    DistancesAnswer, DistancesFound, DistancesQuestion, distances, distances_between, find_pairs,
    in_pair,
};
pub use draw::{PICTURE_ROWS, dossier, draw};
pub use export::{
    ExportFound, ExportQuestion, GroupBy, LayoutKind, export_format, export_remarks, format_named,
};
pub use info::{InfoAnswer, info};
pub use map::{MapAnswer, MapQuestion, map};
pub use rank::{RankAnswer, RankBy, RankFound, RankQuestion, rank};
pub use saga::{SagaFound, SagaRecord};
pub use search::{SearchAnswer, SearchQuestion, search};
pub use select::{Select, parse_from, parse_span, parse_until};
pub use show::{ShowAnswer, ShowQuestion, Shown, show};
pub use stories::{
    ListedStory, StoriesAnswer, StoriesFound, StoriesQuestion, StoryFinding, StoryRecord,
    StorySort, stories,
};
pub use story::{StoryAnswer, StoryFound, StoryQuestion, story};
pub use strand::ChainRecord;
pub use sweep::{SweepAnswer, SweepLevel, sweep};
pub use thread::{ThreadAnswer, ThreadFound, ThreadQuestion, thread};
pub use timeline::{
    Rows, RowsFound, TimelineAnswer, TimelineBy, TimelineFound, TimelineQuestion, TimelineWord,
    timeline,
};
pub use topics::{
    DistinctiveTopics, TopicsAnswer, TopicsBetween, TopicsFound, TopicsQuestion, topics,
    topics_over_time,
};
pub use words::{counted, cut, number, others, quoted_title, safe, title};
