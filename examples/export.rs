//! Writes the events of a topic as node-link JSON, which NetworkX reads, to
//! whatever takes bytes: here the standard output.
//!
//! `cargo run --example export -- data "Soviet lunar program" > program.json`

use std::io::{BufWriter, Write};

use threadline::answers::Select;
use threadline::export::{self, ExportOptions, Format};
use threadline::pipeline::{BuildOptions, build_archive};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(archive), Some(topic)) = (args.next(), args.next()) else {
        return Err("name an archive and a topic".into());
    };
    let (graph, _) = build_archive(archive.as_ref(), &BuildOptions::default(), |_| {})?;

    let select = Select { topic: vec![topic], ..Default::default() };
    let selection = select.selection(&graph)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    export::write(&graph, &selection, Format::Json, &ExportOptions::default(), &mut out)?;
    out.flush()?;
    Ok(())
}
