//! The command line: one file per subcommand.
//!
//! In: arguments. Out: data on stdout, everything else on stderr, and an exit
//! code: 0 done, 1 some items failed (they are listed), 2 could not run. What
//! is done is done by the modules below; here it is asked for and shown.

// The one place of the program that prints.
#![expect(clippy::print_stdout, reason = "data goes to stdout")]
#![expect(clippy::print_stderr, reason = "everything else goes to stderr")]

mod crawl;
mod evaluate;
mod export;
mod ground;
mod process;
mod progress;
mod read;
mod show;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

/// A searchable index of what safeguarding reviews have taught, and of what was
/// done about it.
#[derive(Debug, Parser)]
#[command(name = "lessons", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    globals: Globals,
    #[command(subcommand)]
    command: Command,
}

/// Options that every subcommand takes.
#[derive(Debug, Clone, Args)]
struct Globals {
    /// Folder that holds archive, catalogue and search index
    #[arg(long, global = true, value_name = "DIR", default_value = "./data")]
    data: PathBuf,
    /// Folder with partnerships.csv and sites/ [default: the compiled-in registry]
    #[arg(long, global = true, value_name = "DIR")]
    crawl_config: Option<PathBuf>,
    /// Print JSON where a script would want it
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Visit partnerships' sites and keep what they publish
    Crawl(crawl::Crawl),
    /// Read what was crawled and bring the catalogue and the index up to date
    Process(process::Process),
    /// Write what is in the catalogue as JSON lines
    Export(export::Export),
    /// Read one file into pages and blocks; nothing is stored
    Read(read::Read),
    /// Show one publication
    Show(show::Show),
    /// Measure an export against known answers
    Evaluate(evaluate::Evaluate),
}

/// How a subcommand ended, when it could run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    /// All of it was done.
    Well,
    /// Some items failed; they have been listed.
    WithFailures,
}

/// Parses the arguments, runs the subcommand and gives its exit code.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(&cli) {
        Ok(Ended::Well) => ExitCode::SUCCESS,
        Ok(Ended::WithFailures) => ExitCode::from(1),
        Err(error) => {
            eprintln!("lessons: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(cli: &Cli) -> anyhow::Result<Ended> {
    let globals = &cli.globals;
    match &cli.command {
        Command::Crawl(command) => command.run(globals),
        Command::Process(command) => command.run(globals),
        Command::Export(command) => command.run(globals),
        Command::Read(command) => command.run(globals),
        Command::Show(command) => command.run(globals),
        Command::Evaluate(command) => command.run(globals),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_definition_of_the_command_line_holds() {
        super::Cli::command().debug_assert();
    }
}
