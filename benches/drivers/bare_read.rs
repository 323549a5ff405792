//! Reads an archive as fast as the machine can and does nothing with it:
//! what `scripts/bench` holds `threadline build` against.
//!
//! `bare_read ARCHIVE` prints the number of bytes read; `RAYON_NUM_THREADS`
//! sets the number of threads.

#[path = "../shared/bare.rs"]
mod bare;

#[expect(clippy::print_stdout, reason = "a program of its own")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let archive = std::env::args_os().nth(1).ok_or("name an archive: a folder or a .tar file")?;
    println!("{}", bare::bare_read(archive.as_ref())?);
    Ok(())
}
