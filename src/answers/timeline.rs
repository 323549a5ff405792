//! What happened when, and when did much happen at once?

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::{
    self, Bin, Burst, BurstOptions, Row, StoryOptions, Timeline, TimelineOptions, Timelines,
    topic_rows,
};
use crate::answers::bursts::BurstRecord;
use crate::answers::bursts::Subject;
use crate::answers::select::Select;
use crate::error::{Error, ErrorKind, Result, Sentence};
use crate::graph::EventGraph;
use crate::model::{Date, Period, words};
use crate::picture::{self, Picture, PictureOptions};

words! {
    /// What has a row of its own.
    pub enum Rows {
        /// Each topic.
        Topic = "topic",
        /// Each story.
        Story = "story",
    }
}

/// The length of a step, and what has a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<TimelineWord>")]
pub struct TimelineBy {
    /// Without it, one that fits the span.
    pub period: Option<Period>,
    /// Without it, all selected events are one row.
    pub rows: Option<Rows>,
}

/// One of the words of which a [`TimelineBy`] is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged, expecting = "`by` takes day, week, month, quarter, year, topic and story")]
pub enum TimelineWord {
    /// The length of a step.
    Period(Period),
    /// What has a row.
    Rows(Rows),
}

impl From<TimelineWord> for &'static str {
    fn from(word: TimelineWord) -> Self {
        match word {
            TimelineWord::Period(period) => period.name(),
            TimelineWord::Rows(rows) => rows.name(),
        }
    }
}

impl TryFrom<Vec<TimelineWord>> for TimelineBy {
    type Error = Error;

    fn try_from(words: Vec<TimelineWord>) -> Result<Self> {
        let mut by = Self::default();
        for word in words {
            let twice = match word {
                TimelineWord::Period(period) => by.period.replace(period).is_some(),
                TimelineWord::Rows(rows) => by.rows.replace(rows).is_some(),
            };
            if twice {
                let message = Sentence::default().option("by").text(
                    " takes one length of a step and one kind of rows, such as `topic` and `year`",
                );
                return Err(Error::new(ErrorKind::Input, message));
            }
        }
        Ok(by)
    }
}

/// How to count.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TimelineQuestion {
    /// The length of a step, and what has a row.
    pub by: TimelineBy,
    /// Find bursts.
    pub bursts: bool,
    /// How many times as frequent as usual events are in a burst.
    pub scaling: f64,
    /// How reluctantly a burst begins.
    pub gamma: f64,
    /// Bursts of fewer events are left out.
    pub min_events: usize,
    /// Count so many rows, those of most events; 0 for all, which is usual but
    /// in a picture. Bursts are those of all rows.
    pub most_rows: Option<usize>,
}

impl Default for TimelineQuestion {
    fn default() -> Self {
        let BurstOptions { scaling, gamma, min_events, .. } = BurstOptions::default();
        Self {
            by: TimelineBy::default(),
            bursts: false,
            scaling,
            gamma,
            min_events,
            most_rows: None,
        }
    }
}

impl TimelineQuestion {
    /// The length of a step that is asked for.
    pub fn options(&self) -> TimelineOptions {
        TimelineOptions { period: self.by.period }
    }

    /// How bursts are looked for: by day unless a step's length is given.
    pub fn burst_options(&self) -> BurstOptions {
        BurstOptions {
            scaling: self.scaling,
            gamma: self.gamma,
            min_events: self.min_events,
            period: self.by.period.unwrap_or(BurstOptions::default().period),
        }
    }
}

/// Counts, in one row or in several.
#[derive(Debug)]
pub enum TimelineFound {
    /// All selected events in one.
    One {
        /// The counts.
        timeline: Timeline,
        /// The row that bursts are of.
        rows: [Row; 1],
        /// The heaviest first, if they were asked for.
        bursts: Option<Vec<Burst>>,
    },
    /// A row for each topic or story.
    Several(RowsFound),
}

/// A row for each topic or story.
#[derive(Debug)]
pub struct RowsFound {
    /// What has a row.
    pub of: Rows,
    /// The rows; where bursts were asked for, all of them.
    pub rows: Vec<Row>,
    /// How many rows there are.
    pub all: usize,
    /// The counts of as many as were asked for.
    pub timelines: Timelines,
    /// The heaviest first, if they were asked for.
    pub bursts: Option<Vec<Burst>>,
}

impl RowsFound {
    /// The rows that were counted as a picture; `select` says of what.
    pub fn picture(
        &self,
        graph: &EventGraph,
        select: &Select,
        how: &PictureOptions<'_>,
    ) -> Picture {
        let what = match self.of {
            Rows::Topic => "Topics over time",
            Rows::Story => "Stories over time",
        };
        let name = match select.name(graph) {
            Some(name) => format!("{what}: {name}"),
            None => what.to_owned(),
        };
        let rows = &self.rows[..self.timelines.rows.len()];
        let bursts = self.bursts.as_deref().unwrap_or_default();
        picture::rows(graph, &name, (rows, self.all), &self.timelines, bursts, how)
    }
}

/// Counts the selected events over time.
///
/// # Errors
/// If options are out of range, the selection makes no sense, the steps are too
/// many, or the graph's links are damaged.
pub fn timeline(
    graph: &EventGraph,
    select: &Select,
    asked: &TimelineQuestion,
) -> Result<TimelineFound> {
    let selection = select.selection(graph)?;
    let options = asked.options();
    let Some(kind) = asked.by.rows else {
        let timeline = analysis::timeline(graph, &selection, options)?;
        let rows = [Row::of_selection(graph, &selection)];
        let bursts = match asked.bursts {
            true => {
                // What the selection is held against: all events of its span.
                let base = select.span(graph)?;
                Some(analysis::bursts(graph, &rows, &base, asked.burst_options())?)
            }
            false => None,
        };
        return Ok(TimelineFound::One { timeline, rows, bursts });
    };
    let mut rows = match kind {
        Rows::Story => analysis::stories(graph, StoryOptions::default())?.rows(&selection),
        Rows::Topic => topic_rows(graph, &selection),
    };
    let bursts = match asked.bursts {
        true => Some(analysis::bursts(graph, &rows, &selection, asked.burst_options())?),
        false => None,
    };
    let all = rows.len();
    let counted = asked.most_rows.filter(|&most| most > 0).map_or(all, |most| all.min(most));
    let timelines = analysis::timelines(graph, &rows[..counted], options)?;
    if bursts.is_none() {
        rows.truncate(counted);
    }
    Ok(TimelineFound::Several(RowsFound { of: kind, rows, all, timelines, bursts }))
}

/// Counts for programs.
#[derive(Debug, Serialize)]
#[serde(untagged)]
#[expect(private_interfaces, reason = "a record is for serialising only")]
pub enum TimelineAnswer<'g> {
    /// All selected events in one row.
    One(OneAnswer<'g>),
    /// A row for each topic or story.
    Several(RowsAnswer<'g>),
}

#[derive(Debug, Serialize)]
struct OneAnswer<'g> {
    period: Period,
    bins: Vec<BinRecord<'g>>,
    undated: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    bursts: Option<Vec<BurstRecord<'g>>>,
}

#[derive(Debug, Serialize)]
struct BinRecord<'g> {
    label: String,
    start: String,
    count: u32,
    /// The keys of its events.
    events: Vec<&'g str>,
}

#[derive(Debug, Serialize)]
struct RowsAnswer<'g> {
    period: Period,
    steps: Vec<StepRecord>,
    rows: Vec<RowRecord<'g>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bursts: Option<Vec<BurstRecord<'g>>>,
}

#[derive(Debug, Serialize)]
struct StepRecord {
    label: String,
    start: String,
}

#[derive(Debug, Serialize)]
struct RowRecord<'g> {
    #[serde(flatten)]
    subject: Subject<'g>,
    events: usize,
    undated: usize,
    /// One a step.
    counts: &'g [u32],
}

impl TimelineFound {
    /// The same, for programs.
    ///
    /// # Errors
    /// If the graph's links are damaged.
    pub fn record<'g>(&'g self, graph: &'g EventGraph) -> Result<TimelineAnswer<'g>> {
        Ok(match self {
            Self::One { timeline, rows, bursts } => {
                let record = |bin: &Bin| BinRecord {
                    label: bin.start.period_label(timeline.period),
                    start: bin.start.to_string(),
                    count: bin.count,
                    events: bin.events.iter().map(|&event| graph.key(event)).collect(),
                };
                let mut bursts = bursts.clone();
                if let Some(bursts) = &mut bursts {
                    bursts.sort_by_key(|burst| burst.start);
                }
                TimelineAnswer::One(OneAnswer {
                    period: timeline.period,
                    bins: timeline.bins.iter().map(record).collect(),
                    undated: timeline.undated,
                    bursts: burst_records(graph, rows, bursts.as_ref())?,
                })
            }
            Self::Several(RowsFound { rows, timelines, bursts, .. }) => {
                let step = |start: &Date| StepRecord {
                    label: start.period_label(timelines.period),
                    start: start.to_string(),
                };
                let row = |(row, counts): (&'g Row, &'g analysis::RowCounts)| RowRecord {
                    subject: Subject::of(graph, row),
                    events: row.events.len(),
                    undated: counts.undated,
                    counts: &counts.counts,
                };
                TimelineAnswer::Several(RowsAnswer {
                    period: timelines.period,
                    steps: timelines.starts.iter().map(step).collect(),
                    rows: rows.iter().zip(&timelines.rows).map(row).collect(),
                    bursts: burst_records(graph, rows, bursts.as_ref())?,
                })
            }
        })
    }
}

impl TimelineFound {
    /// The counts as a picture; `select` says of what.
    ///
    /// # Errors
    /// If no event has a date.
    pub fn picture(
        &self,
        graph: &EventGraph,
        select: &Select,
        how: &PictureOptions<'_>,
    ) -> Result<Picture> {
        match self {
            Self::One { timeline, bursts, .. } => {
                let name = select.name(graph).unwrap_or_else(|| "All events".to_owned());
                picture::timeline(
                    graph,
                    &name,
                    timeline,
                    bursts.as_deref().unwrap_or_default(),
                    how,
                )
            }
            Self::Several(found) => Ok(found.picture(graph, select, how)),
        }
    }

    /// Its bursts for programs: in one row by their first day, else the
    /// heaviest first; none if they were not asked for.
    ///
    /// # Errors
    /// If the graph's links are damaged.
    pub fn burst_records<'g>(&'g self, graph: &'g EventGraph) -> Result<Vec<BurstRecord<'g>>> {
        let records = match self.record(graph)? {
            TimelineAnswer::One(one) => one.bursts,
            TimelineAnswer::Several(several) => several.bursts,
        };
        Ok(records.unwrap_or_default())
    }
}

fn burst_records<'g>(
    graph: &'g EventGraph,
    rows: &'g [Row],
    bursts: Option<&Vec<Burst>>,
) -> Result<Option<Vec<BurstRecord<'g>>>> {
    bursts.map(|found| BurstRecord::of_all(graph, rows, found)).transpose()
}
