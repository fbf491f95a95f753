//! The program itself, run in a scratch folder of its own.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use lessons::demo::lay_out;
use tempfile::TempDir;

/// Runs `lessons` in a scratch folder, without the environment of the test:
/// nobody's settings and proxies reach it but those given here.
#[derive(Debug)]
pub(crate) struct Program {
    folder: TempDir,
    variables: Vec<(String, String)>,
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A program that goes on; it is ended when this is dropped.
#[derive(Debug)]
pub(crate) struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Running {
    /// Asks it to end, as a service manager does, and gives its exit code.
    pub(crate) fn terminate(mut self) -> i32 {
        let id = self.0.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status();
        assert!(sent.unwrap().success());
        self.0.wait().unwrap().code().unwrap()
    }
}

impl Program {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            variables: Vec::new(),
        }
    }

    /// With the registry of the bundled sites, whose hosts are reached through
    /// this proxy, at once.
    pub(crate) fn on_bundled_sites(proxy: SocketAddr) -> Self {
        let program = Self::new();
        let registry = lay_out(&program.path("data")).unwrap();
        program
            .with("LESSONS_CRAWL_CONFIG", registry.to_str().unwrap())
            .with("LESSONS_CRAWL_DELAY", "0s")
            .with("LESSONS_CRAWL_MAX_CRAWL_DELAY", "0s")
            .with("http_proxy", &format!("http://{proxy}"))
    }

    /// With a variable in its environment, over an earlier value.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// A place in the scratch folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file in the scratch folder.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), content).unwrap();
    }

    /// Runs it to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        Ended::from(self.command(arguments).output().unwrap())
    }

    /// Runs it to its end in a shell that does this before.
    pub(crate) fn run_after(&self, before: &str, arguments: &[&str]) -> Ended {
        let script = format!("{before}; exec \"$0\" \"$@\"");
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &script, env!("CARGO_BIN_EXE_lessons")])
            .args(arguments);
        Ended::from(self.set_up(&mut shell).output().unwrap())
    }

    /// Runs it to its end by a command that runs others.
    pub(crate) fn run_by(&self, by: &str, arguments: &[&str]) -> Ended {
        Ended::from(self.command_by(by, arguments).output().unwrap())
    }

    /// Runs a script to its end by such a command: `$0` is the program.
    pub(crate) fn run_script(&self, by: &str, script: &str, arguments: &[&str]) -> Ended {
        let mut words = by.split(' ');
        let mut command = Command::new(words.next().unwrap());
        command
            .args(words)
            .args(["sh", "-c", script, env!("CARGO_BIN_EXE_lessons")])
            .args(arguments);
        Ended::from(self.set_up(&mut command).output().unwrap())
    }

    /// Starts it by such a command, and waits until it has written a line that
    /// holds `words`.
    pub(crate) fn start_by(&self, by: &str, words: &str, arguments: &[&str]) -> (Running, String) {
        Self::until(words, self.command_by(by, arguments))
    }

    fn command_by(&self, by: &str, arguments: &[&str]) -> Command {
        let mut words = by.split(' ');
        let mut command = Command::new(words.next().unwrap());
        command
            .args(words)
            .arg(env!("CARGO_BIN_EXE_lessons"))
            .args(arguments);
        self.set_up(&mut command);
        command
    }

    /// Starts it and goes on.
    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        let mut command = self.command(arguments);
        command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// Starts it, and waits until it has written a line that holds `words`.
    pub(crate) fn start_until(&self, words: &str, arguments: &[&str]) -> (Running, String) {
        let mut command = self.command(arguments);
        command.stderr(Stdio::null());
        Self::until(words, command)
    }

    fn until(words: &str, command: Command) -> (Running, String) {
        let (running, mut lines) = Self::talking(command);
        let line = lines.find(|line| line.contains(words));
        (
            running,
            line.unwrap_or_else(|| panic!("ended without writing `{words}`")),
        )
    }

    /// The same, with what it writes to stderr in a file of the scratch folder.
    pub(crate) fn start_logged(
        &self,
        words: &str,
        arguments: &[&str],
        log: &str,
    ) -> (Running, String) {
        let mut command = self.command(arguments);
        command.stderr(std::fs::File::create(self.path(log)).unwrap());
        Self::until(words, command)
    }

    /// Starts it and goes on, with the lines that it writes.
    pub(crate) fn start_talking(
        &self,
        arguments: &[&str],
    ) -> (Running, impl Iterator<Item = String> + use<>) {
        let mut command = self.command(arguments);
        command.stderr(Stdio::null());
        Self::talking(command)
    }

    fn talking(mut command: Command) -> (Running, impl Iterator<Item = String> + use<>) {
        let mut running = Running(command.stdout(Stdio::piped()).spawn().unwrap());
        let lines = BufReader::new(running.0.stdout.take().unwrap()).lines();
        (running, lines.map(Result::unwrap))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lessons"));
        self.set_up(command.args(arguments));
        command
    }

    fn set_up<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .current_dir(self.folder.path())
            .env_clear()
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
    }
}

impl Ended {
    /// What it wrote, when it ended well.
    #[track_caller]
    pub(crate) fn well(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.stdout
    }

    /// What it complained of, when it could not run.
    #[track_caller]
    pub(crate) fn refused(self) -> String {
        assert_eq!(self.code, 2, "{self:?}");
        assert_eq!(self.stdout, "", "data of a run that was refused");
        self.stderr
    }
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// A file of `tests/fixtures/`, whatever folder the program runs in.
pub(crate) fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name);
    path.to_str().unwrap().to_owned()
}
