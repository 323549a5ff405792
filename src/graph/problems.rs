//! What was wrong with the archive, row by row.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use crate::graph::tables::EventGraph;
use crate::model::{Place, Severity};

/// A row of the table of problems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ProblemRow<'g> {
    /// What kind; explained in `docs/problems.md`.
    pub code: &'g str,
    /// `error`, `warning` or `note`.
    pub severity: &'g str,
    /// The page; empty if it concerns the archive.
    pub page: &'g str,
    /// The line, from 1; 0 if it concerns the whole page.
    pub line: u32,
    /// One sentence.
    pub message: &'g str,
}

impl<'g> ProblemRow<'g> {
    /// Where it is.
    pub fn place(&self) -> Place<'g> {
        Place { page: self.page, line: self.line }
    }
}

/// `news/2017/06/16/x.md:24: warning[missing-target]: no page for …`
impl fmt::Display for ProblemRow<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { code, severity, message, .. } = self;
        write!(f, "{}{severity}[{code}]: {message}", self.place().before_a_message())
    }
}

impl EventGraph {
    /// What was wrong with the archive, by page and line.
    pub fn problems(&self) -> impl ExactSizeIterator<Item = ProblemRow<'_>> + Clone {
        let problems = &self.tables.problems;
        (0..problems.code.len()).map(|row| ProblemRow {
            code: problems.code.text(row),
            severity: problems.severity.text(row),
            page: problems.page.text(row),
            line: problems.line.get(row).copied().unwrap_or(0),
            message: problems.message.text(row),
        })
    }

    /// How many problems there are of each severity and code.
    pub fn problem_counts(&self) -> BTreeMap<(Severity, String), usize> {
        let mut counts: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
        for problem in self.problems() {
            let severity = Severity::from_name(problem.severity).unwrap_or(Severity::Note);
            *counts.entry((severity, problem.code)).or_default() += 1;
        }
        let owned =
            |((severity, code), count): ((_, &str), _)| ((severity, code.to_owned()), count);
        counts.into_iter().map(owned).collect()
    }
}
