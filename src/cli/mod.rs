//! The command line: one file per subcommand.
//!
//! In: arguments. Out: data on stdout, everything else on stderr, and an exit
//! code: 0 done, 1 some items failed (they are listed), 2 could not run. What
//! is done is done by the modules below; here it is asked for and shown.

// The one place of the program that prints.
#![expect(clippy::print_stdout, reason = "data goes to stdout")]
#![expect(clippy::print_stderr, reason = "everything else goes to stderr")]

mod backup;
mod check;
mod crawl;
mod crawl_progress;
mod demo;
mod evaluate;
mod evaluate_topics;
mod export;
mod follow;
mod ground;
mod import;
mod process;
mod progress;
mod read;
mod read_worker;
mod reindex;
mod run;
mod search;
mod serve;
mod show;
mod similar;
mod snapshot;
mod withdraw;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::Settings;
use crate::telemetry;

/// A searchable index of what safeguarding reviews have taught, and of what was
/// done about it.
#[derive(Debug, Parser)]
#[command(name = "lessons", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    typed: Typed,
    #[command(subcommand)]
    command: Command,
}

/// Options that every subcommand takes, as typed.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Everywhere")]
struct Typed {
    /// Folder that holds archive, catalogue and search index [default: ./data; demo: a scratch folder]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Folder with partnerships.csv and sites/ [default: the compiled-in registry]
    #[arg(long, global = true, value_name = "DIR")]
    crawl_config: Option<PathBuf>,
    /// Settings file [default: lessons.toml, where there is one]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print JSON where a script would want it
    #[arg(long, global = true)]
    json: bool,
}

/// What every subcommand stands on: the settings, with what was typed put over
/// them.
#[derive(Debug, Clone)]
struct Globals {
    settings: Settings,
    json: bool,
}

impl Typed {
    fn globals(&self) -> anyhow::Result<Globals> {
        let mut settings =
            Settings::load(self.config.as_deref()).or_else(|faults| ground::refuse(&faults))?;
        if let Some(data) = &self.data {
            settings.data.clone_from(data);
        }
        if self.crawl_config.is_some() {
            settings.crawl_config.clone_from(&self.crawl_config);
        }
        Ok(Globals {
            settings,
            json: self.json,
        })
    }
}

impl Globals {
    /// The same with other folders.
    fn in_folders(&self, data: &Path, crawl_config: &Path) -> Self {
        Self {
            settings: Settings {
                data: data.to_owned(),
                crawl_config: Some(crawl_config.to_owned()),
                ..self.settings.clone()
            },
            json: self.json,
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Try it all on a bundled fictional corpus
    Demo(demo::Demo),
    /// Visit partnerships' sites and keep what they publish
    Crawl(crawl::Crawl),
    /// Take in WARC files and documents that others fetched
    Import(import::Import),
    /// Read what was crawled and bring the catalogue and the index up to date
    Process(process::Process),
    /// Bring the search index in step with the catalogue
    Reindex(reindex::Reindex),
    /// Serve the API and the pages
    Serve(serve::Serve),
    /// Serve, and crawl and process on a schedule
    Run(run::Run),
    /// Say what is there, what is missing and what failed
    Check(check::Check),
    /// Search from the terminal
    Search(search::Search),
    /// Find cases like a description
    Similar(similar::Similar),
    /// Write what is in the catalogue as JSON lines
    Export(export::Export),
    /// Read files into pages and blocks; nothing is stored
    Read(read::Read),
    #[command(hide = true)]
    ReadWorker(read_worker::ReadWorker),
    /// Show one publication
    Show(show::Show),
    /// Take a publication out of everything, for good
    Withdraw(withdraw::Withdraw),
    /// Publish the present state for those who follow it
    Snapshot(snapshot::Snapshot),
    /// Copy what cannot be rebuilt
    Backup(backup::Backup),
    /// Bring a copy back
    Restore(backup::Restore),
    /// Measure an export, or the search, against known answers
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
    // A reader needs no settings, and an empty environment has none.
    if let Command::ReadWorker(_) = cli.command {
        return read_worker::ReadWorker::run();
    }
    let globals = &cli.typed.globals()?;
    telemetry::init(&globals.settings.log)?;
    match &cli.command {
        Command::Demo(command) => command.run(globals, cli.typed.data.as_deref()),
        Command::Reindex(command) => command.run(globals),
        Command::Serve(command) => command.run(globals),
        Command::Search(command) => command.run(globals),
        Command::Similar(command) => command.run(globals),
        Command::Crawl(command) => command.run(globals),
        Command::Import(command) => command.run(globals),
        Command::Process(command) => command.run(globals),
        Command::Run(command) => command.run(globals),
        Command::Check(command) => command.run(globals),
        Command::Export(command) => command.run(globals),
        Command::Read(command) => command.run(globals),
        Command::ReadWorker(_) => read_worker::ReadWorker::run(),
        Command::Show(command) => command.run(globals),
        Command::Withdraw(command) => command.run(globals),
        Command::Snapshot(command) => command.run(globals),
        Command::Backup(command) => command.run(globals),
        Command::Restore(command) => command.run(globals),
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
