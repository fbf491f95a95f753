//! PostgreSQL full text: a stored `tsvector` under a GIN index, ranked by
//! `ts_rank`, through one open `psql`.
//!
//! The server is the Debian package's, started by `postgres.sh` beside this
//! file on a socket in a folder and stopped at the end.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::{Manner, Peer, Question, TOP};

/// Stands at the end of each answer.
const END: &str = "--end--";

pub(crate) struct Postgres {
    folder: PathBuf,
    psql: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Postgres {
    /// Starts a server in a folder; `None`, with a line that says why, where there is
    /// none.
    pub(crate) fn start(folder: &Path) -> Option<Self> {
        let started = script("start", folder).output().expect("bash runs");
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
        if !started.status.success() {
            println!("postgres   skipped: {}", said(&started.stderr));
            return None;
        }
        let mut psql = psql(folder).spawn().expect("psql runs");
        let to = psql.stdin.take();
        let from = BufReader::new(psql.stdout.take().expect("it is piped"));
        let mut postgres = Self {
            folder: folder.to_owned(),
            psql,
            to,
            from,
        };
        postgres.send("SET client_min_messages = error;\n");
        Some(postgres)
    }

    fn send(&mut self, text: &str) {
        let to = self.to.as_mut().expect("it is open");
        to.write_all(text.as_bytes()).expect("psql listens");
    }

    /// The lines of the answer to a statement.
    fn answer(&mut self, statement: &str) -> Vec<String> {
        self.send(&format!("{statement}\n\\echo {END}\n"));
        let to = self.to.as_mut().expect("it is open");
        to.flush().expect("psql listens");
        let lines = (&mut self.from).lines().map_while(Result::ok);
        lines.take_while(|line| line != END).collect()
    }
}

impl Peer for Postgres {
    fn name(&self) -> &'static str {
        "postgres"
    }

    fn begin(&mut self) {
        self.send(
            "DROP TABLE IF EXISTS passages;
             CREATE UNLOGGED TABLE passages (id bigserial, body text, words tsvector
                 GENERATED ALWAYS AS (to_tsvector('english', body)) STORED);
             COPY passages (body) FROM STDIN;\n",
        );
    }

    fn add(&mut self, text: &str) {
        self.send(&text.replace(['\\', '\t', '\n'], " "));
        self.send("\n");
    }

    fn finish(&mut self) {
        self.answer(
            "\\.
             CREATE INDEX ON passages USING gin (words);
             VACUUM ANALYZE passages;",
        );
    }

    fn ask(&mut self, question: &Question) -> usize {
        let words = match question.manner {
            Manner::Any => question.joined(" | "),
            Manner::All => question.joined(" & "),
            Manner::Phrase => question.joined(" <-> "),
        };
        let rows = self.answer(&format!(
            "SELECT count(*) OVER (), id FROM passages, to_tsquery('english', '{words}') asked
             WHERE words @@ asked ORDER BY ts_rank(words, asked) DESC LIMIT {TOP};"
        ));
        let count = rows.first().and_then(|row| row.split('|').next());
        count.map_or(0, |count| count.parse().expect("a count"))
    }

    fn size_bytes(&self) -> u64 {
        let size = "SELECT pg_total_relation_size('passages');";
        let mut psql = psql(&self.folder);
        let size = psql.stdin(Stdio::null()).args(["-c", size]).output();
        let size = String::from_utf8_lossy(&size.expect("psql runs").stdout)
            .trim()
            .parse();
        size.unwrap_or_default()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.to = None;
        let ended = self.psql.wait();
        let stopped = script("stop", &self.folder).status();
        if ended.is_err() || !stopped.is_ok_and(|status| status.success()) {
            println!("postgres   was not stopped in {}", self.folder.display());
        }
    }
}

fn script(what: &str, folder: &Path) -> Command {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/finding/postgres.sh");
    let mut command = Command::new("bash");
    command.arg(script).arg(what).arg(folder);
    command
}

fn psql(folder: &Path) -> Command {
    let mut command = Command::new("psql");
    command.args(["-XAtq", "-v", "ON_ERROR_STOP=1", "-U", "bench", "-h"]);
    command.arg(folder).args(["-d", "postgres"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command
}
