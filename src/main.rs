//! The `lessons` program: parse, run, exit code; nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    lessons::cli::main()
}
