//! What is wrong with an archive?

use serde::Deserialize;
use serde::Serialize;

use crate::error::{Error, ErrorKind, Result};
use crate::graph::{EventGraph, ProblemRow};
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
        if let Some(code) = self.code.iter().find(|code| Code::from_name(code).is_none()) {
            let codes: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
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
    pub problems: Vec<ProblemRow<'g>>,
}

/// The problems that were found when the graph was built.
///
/// # Errors
/// If a code is asked for that there is not.
pub fn check<'g>(graph: &'g EventGraph, asked: &CheckQuestion) -> Result<CheckAnswer<'g>> {
    asked.check()?;
    let problems = graph
        .problems()
        .filter(|problem| asked.code.is_empty() || asked.code.iter().any(|c| c == problem.code))
        .collect();
    Ok(CheckAnswer { problems })
}
