//! What is wrong with an archive?

use serde::Deserialize;
use serde::Serialize;

use crate::error::{Error, ErrorKind, Result};
use crate::graph::EventGraph;
use crate::model::Code;

/// Which problems to list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CheckQuestion {
    /// Only those of these codes; none for all.
    pub code: Vec<String>,
}

impl CheckQuestion {
    /// Whether every code that is asked for is one.
    ///
    /// # Errors
    /// If not; the error names all codes.
    pub fn check(&self) -> Result<()> {
        let known = |code: &&String| Code::ALL.iter().any(|known| known.as_str() == *code);
        if let Some(code) = self.code.iter().find(|code| !known(code)) {
            let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
            let message = format!("there is no code `{code}`; there are {}", codes.join(", "));
            return Err(Error::new(ErrorKind::Input, message));
        }
        Ok(())
    }
}

/// The problems of an archive for programs.
#[derive(Debug, Serialize)]
pub struct CheckAnswer<'g> {
    /// By page and line.
    pub problems: Vec<ProblemRecord<'g>>,
}

/// A problem.
#[derive(Debug, Serialize)]
pub struct ProblemRecord<'g> {
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

/// The problems that were found when the graph was built.
///
/// # Errors
/// If a code is asked for that there is not.
pub fn check<'g>(graph: &'g EventGraph, asked: &CheckQuestion) -> Result<CheckAnswer<'g>> {
    asked.check()?;
    let problems = &graph.tables().problems;
    let problems = (0..problems.code.len())
        .map(|row| ProblemRecord {
            code: problems.code.text(row),
            severity: problems.severity.text(row),
            page: problems.page.text(row),
            line: problems.line.get(row).copied().unwrap_or(0),
            message: problems.message.text(row),
        })
        .filter(|problem| asked.code.is_empty() || asked.code.iter().any(|c| c == problem.code))
        .collect();
    Ok(CheckAnswer { problems })
}
