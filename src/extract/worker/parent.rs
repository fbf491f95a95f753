//! The parent: keeps one child, sends it payloads, watches the clock.

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use super::Limits;
use super::frames::Frame;
use crate::model::capture::Payload;
use crate::model::document::Document;

/// How a child is started.
#[derive(Debug, Clone)]
pub struct Launch {
    /// The program: usually this one.
    pub program: PathBuf,
    /// What makes it serve: the hidden subcommand.
    pub arguments: Vec<OsString>,
    /// `PATH` for the child, whose environment is otherwise empty: where it
    /// finds the OCR engine.
    pub path: Option<OsString>,
    /// What the child may use; it is told by the arguments, if at all.
    pub limits: Limits,
}

/// Why a worker gave no document.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// The reader refused the file; the reason is its own.
    #[error("{0}")]
    Refused(String),
    /// The payload is larger than what is sent.
    #[error("the file has {bytes} bytes, the limit is {limit}")]
    TooLarge {
        /// Length of the payload.
        bytes: u64,
        /// Longest one sent.
        limit: u64,
    },
    /// The child gave no sign of life and was ended.
    #[error("the reader was silent for {seconds} seconds and was ended")]
    TooSlow {
        /// How long it was waited for.
        seconds: u64,
    },
    /// The child broke off: it crashed, or met its limit of memory or time.
    #[error(
        "the reader broke off ({how}): the file takes too much memory or time, or makes it crash"
    )]
    Lost {
        /// How it ended.
        how: String,
    },
    /// No child could be started.
    #[error("cannot start a reader")]
    Start(#[source] io::Error),
}

/// One child and its pipes; started when it is first needed, again when it is
/// lost, ended with the value.
#[derive(Debug)]
pub struct Worker {
    launch: Launch,
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    child: Child,
    input: ChildStdin,
    answers: Receiver<io::Result<Frame>>,
    served: u32,
}

impl Worker {
    /// A worker that has not started yet.
    #[must_use]
    pub fn new(launch: Launch) -> Self {
        Self {
            launch,
            running: None,
        }
    }

    /// Reads one payload in the child.
    ///
    /// # Errors
    ///
    /// Fails when the file is refused or too large, and when the child is
    /// silent for too long, breaks off or cannot be started. The next payload
    /// gets a new child then.
    pub fn read(&mut self, payload: &Payload) -> Result<Document, WorkerError> {
        let limits = self.launch.limits;
        let bytes = payload.bytes.len() as u64;
        if bytes > limits.payload_bytes {
            return Err(WorkerError::TooLarge {
                bytes,
                limit: limits.payload_bytes,
            });
        }
        let mut running = match self.running.take() {
            Some(running) => running,
            None => Running::start(&self.launch).map_err(WorkerError::Start)?,
        };
        let answer = running.ask(payload, limits);
        match answer {
            Ok(frame) => {
                running.served += 1;
                if running.served < limits.documents {
                    self.running = Some(running);
                } else {
                    running.end();
                }
                document(frame)
            }
            Err(Broken::Silent) => {
                running.end();
                Err(WorkerError::TooSlow {
                    seconds: limits.silent_seconds,
                })
            }
            Err(Broken::Off(reason)) => Err(WorkerError::Lost {
                how: running.end().unwrap_or(reason),
            }),
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            running.end();
        }
    }
}

/// Why no answer came.
enum Broken {
    Silent,
    Off(String),
}

impl Running {
    fn start(launch: &Launch) -> io::Result<Self> {
        let mut command = Command::new(&launch.program);
        command
            .args(&launch.arguments)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        if let Some(path) = &launch.path {
            command.env("PATH", path);
        }
        let mut child = command.spawn()?;
        let (Some(input), Some(mut output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::Error::other("the child has no pipes"));
        };
        let (sender, answers) = sync_channel(4);
        let limit = launch.limits.answer_bytes;
        thread::spawn(move || {
            while let Some(frame) = Frame::read(&mut output, limit).transpose() {
                let is_over = frame.is_err();
                if sender.send(frame).is_err() || is_over {
                    return;
                }
            }
        });
        Ok(Self {
            child,
            input,
            answers,
            served: 0,
        })
    }

    fn ask(&mut self, payload: &Payload, limits: Limits) -> Result<Frame, Broken> {
        let off = |error: io::Error| Broken::Off(error.to_string());
        let capture =
            serde_json::to_vec(&payload.capture).map_err(|error| Broken::Off(error.to_string()))?;
        Frame::Capture(capture)
            .write(&mut self.input)
            .map_err(off)?;
        Frame::Body(payload.bytes.clone())
            .write(&mut self.input)
            .map_err(off)?;
        loop {
            match self
                .answers
                .recv_timeout(Duration::from_secs(limits.silent_seconds))
            {
                Ok(Ok(Frame::Alive)) => {}
                Ok(Ok(frame)) => return Ok(frame),
                Ok(Err(error)) => return Err(off(error)),
                Err(RecvTimeoutError::Timeout) => return Err(Broken::Silent),
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(Broken::Off("it closed its output".to_owned()));
                }
            }
        }
    }

    /// Ends the child; says how it ended if it did so by itself.
    fn end(mut self) -> Option<String> {
        drop(self.input);
        let ended = self.child.try_wait().ok().flatten();
        let _ = self.child.kill();
        let waited = self.child.wait().ok();
        ended.or(waited).map(|status| status.to_string())
    }
}

fn document(frame: Frame) -> Result<Document, WorkerError> {
    let lost = |how: String| WorkerError::Lost { how };
    match frame {
        Frame::Document(json) => {
            serde_json::from_slice(&json).map_err(|error| lost(error.to_string()))
        }
        Frame::Refusal(reason) => Err(WorkerError::Refused(
            String::from_utf8_lossy(&reason).into_owned(),
        )),
        other => Err(lost(format!("it answered with {other:?}"))),
    }
}
