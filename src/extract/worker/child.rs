//! The child: limits itself, then reads one payload after the other from its
//! standard input and answers on its standard output.

use std::cell::RefCell;
use std::io::{self, BufReader, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::thread;

use rustix::process::{Resource, Rlimit, setrlimit};

use super::Limits;
use super::frames::Frame;
use crate::extract::extract_with;
use crate::extract::ocr::{Ocr, OcrError, OcrWord, Picture};
use crate::extract::tesseract::Tesseract;
use crate::model::capture::{Capture, Payload};

/// Nested files are read by functions that call themselves.
const STACK_BYTES: usize = 64 << 20;
/// Files that the child may open: its pipes, and those to the OCR engine.
const MAX_FILES: u64 = 32;
/// Largest file it may write: none is needed.
const MAX_FILE_BYTES: u64 = 1 << 20;

/// Serves payloads from standard input until it ends. The OCR engine is looked
/// for in these folders.
///
/// # Errors
///
/// Fails when the limits cannot be set or a pipe breaks.
pub fn serve_stdin<'a>(
    limits: Limits,
    folders: impl IntoIterator<Item = &'a Path>,
) -> io::Result<()> {
    let engine = Tesseract::find(folders);
    limit(limits)?;
    // What a broken document makes the reader say is said by the answer.
    std::panic::set_hook(Box::new(|_| ()));
    let serving = thread::Builder::new()
        .stack_size(STACK_BYTES)
        .spawn(move || {
            let mut input = BufReader::new(io::stdin());
            serve(&mut input, io::stdout(), limits, engine.as_ref())
        })?;
    serving
        .join()
        .unwrap_or_else(|_| Err(io::Error::other("the reader's thread was lost")))
}

fn limit(limits: Limits) -> io::Result<()> {
    let set = |resource, most| {
        let limit = Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        setrlimit(resource, limit).map_err(io::Error::from)
    };
    set(Resource::Core, 0)?;
    set(Resource::As, limits.memory_bytes)?;
    set(Resource::Cpu, limits.cpu_seconds)?;
    set(Resource::Fsize, MAX_FILE_BYTES)?;
    set(Resource::Nofile, MAX_FILES)
}

/// Answers each payload of the input.
fn serve(
    input: &mut impl Read,
    output: impl Write,
    limits: Limits,
    engine: Option<&Tesseract>,
) -> io::Result<()> {
    let output = RefCell::new(output);
    while let Some(payload) = next(input, limits)? {
        let engine = engine.map(|engine| Audible {
            engine,
            output: &output,
        });
        let engine = engine.as_ref().map(|engine| engine as &dyn Ocr);
        let answer = answer(&payload, engine);
        answer.write(&mut *output.borrow_mut())?;
    }
    Ok(())
}

fn next(input: &mut impl Read, limits: Limits) -> io::Result<Option<Payload>> {
    let invalid = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
    let Some(frame) = Frame::read(input, limits.payload_bytes)? else {
        return Ok(None);
    };
    let Frame::Capture(json) = frame else {
        return Err(invalid("a payload begins with its capture"));
    };
    let capture: Capture = serde_json::from_slice(&json)?;
    match Frame::read(input, limits.payload_bytes)? {
        Some(Frame::Body(bytes)) => Ok(Some(Payload { capture, bytes })),
        _ => Err(invalid("a capture is followed by its bytes")),
    }
}

fn answer(payload: &Payload, engine: Option<&dyn Ocr>) -> Frame {
    let read = catch_unwind(AssertUnwindSafe(|| extract_with(payload, engine)));
    let reason = match read {
        Ok(Ok(document)) => match serde_json::to_vec(&document) {
            Ok(json) => return Frame::Document(json),
            Err(error) => error.to_string(),
        },
        Ok(Err(error)) => error.to_string(),
        Err(_) => "the reader failed on this file".to_owned(),
    };
    Frame::Refusal(reason.into_bytes())
}

/// An engine that tells the parent of each page before it reads it.
struct Audible<'a, W> {
    engine: &'a Tesseract,
    output: &'a RefCell<W>,
}

impl<W: Write> Ocr for Audible<'_, W> {
    fn words(&self, picture: &Picture) -> Result<Vec<OcrWord>, OcrError> {
        // If the parent is gone, the answer will find that out.
        let _ = Frame::Alive.write(&mut *self.output.borrow_mut());
        self.engine.words(picture)
    }
}
