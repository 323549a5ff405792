//! Starts the command line.

fn main() -> std::process::ExitCode {
    threadline::cli::main()
}
