#![doc = include_str!("../README.md")]

pub mod analysis;
pub mod answers;
pub mod archive;
#[cfg(feature = "cli")]
pub mod cli;
mod error;
pub mod export;
pub mod graph;
pub mod import;
pub mod model;
pub mod parse;
pub mod picture;
pub mod pipeline;
pub mod resolve;
pub mod store;

pub use error::{Error, ErrorKind, Result, Sentence};
pub use graph::EventGraph;
