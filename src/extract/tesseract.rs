//! Runs Tesseract, when it is installed, as the engine for pictures of pages.
//!
//! In: a [`Picture`]. Out: its words. This file starts a process; nothing else
//! of `extract` but `worker` does. No network, no file: the picture goes in
//! through a pipe and words come out through another.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::extract::ocr::{Ocr, OcrError, OcrWord, Picture};

/// Longest time for one page.
const MAX_SECONDS: u64 = 60;
/// Most output that is read for one page, in bytes.
const MAX_OUTPUT_BYTES: u64 = 8 << 20;

/// An installed Tesseract.
#[derive(Debug, Clone)]
pub struct Tesseract {
    program: PathBuf,
    languages: String,
}

impl Tesseract {
    /// Finds `tesseract` in these folders (those of `PATH`), with English and,
    /// if it is there, Welsh. `None` when it is not installed.
    #[must_use]
    pub fn find<'a>(folders: impl IntoIterator<Item = &'a Path>) -> Option<Self> {
        let program = folders
            .into_iter()
            .map(|folder| folder.join("tesseract"))
            .find(|program| program.is_file())?;
        let output = Command::new(&program)
            .arg("--list-langs")
            .stderr(Stdio::null())
            .output()
            .ok()?;
        let installed = String::from_utf8_lossy(&output.stdout).into_owned();
        let languages: Vec<&str> = ["eng", "cym"]
            .into_iter()
            .filter(|language| installed.lines().any(|line| line.trim() == *language))
            .collect();
        (!languages.is_empty()).then(|| Self {
            program,
            languages: languages.join("+"),
        })
    }

    fn start(&self) -> Result<Child, OcrError> {
        Command::new(&self.program)
            .args([
                "stdin",
                "stdout",
                "-l",
                &self.languages,
                "--psm",
                "4",
                "tsv",
            ])
            // Mode 4 reads straight across: it keeps the numbers of lists with
            // their items. Columns are found afterwards, as on any page.
            // One thread a page: pages are read side by side.
            .env("OMP_THREAD_LIMIT", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)
    }
}

impl Ocr for Tesseract {
    fn words(&self, picture: &Picture) -> Result<Vec<OcrWord>, OcrError> {
        let mut child = self.start()?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let pgm = picture.to_pgm();
        // Whatever breaks off shows in the exit status.
        let writer = thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(&pgm)));
        let reader = thread::spawn(move || {
            let mut output = Vec::new();
            let read = stdout.map(|stdout| stdout.take(MAX_OUTPUT_BYTES).read_to_end(&mut output));
            read.transpose().map(|_| output)
        });
        let status = wait(&mut child, Duration::from_secs(MAX_SECONDS))?;
        let _ = writer.join();
        let output = reader
            .join()
            .map_err(|_| OcrError::Failed("its output was lost".to_owned()))?
            .map_err(failed)?;
        if !status.success() {
            return Err(OcrError::Failed(status.to_string()));
        }
        Ok(words(&String::from_utf8_lossy(&output)))
    }
}

fn failed(error: impl std::fmt::Display) -> OcrError {
    OcrError::Failed(error.to_string())
}

fn wait(child: &mut Child, limit: Duration) -> Result<std::process::ExitStatus, OcrError> {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait().map_err(failed)? {
            return Ok(status);
        }
        if started.elapsed() > limit {
            let _ = child.kill();
            let _ = child.wait();
            return Err(OcrError::TooSlow(limit.as_secs()));
        }
        thread::sleep(Duration::from_millis(10));
    }
}

/// The words of Tesseract's table: twelve columns, level 5 is a word.
fn words(table: &str) -> Vec<OcrWord> {
    let mut lines: Vec<[String; 4]> = Vec::new();
    table
        .lines()
        .filter_map(|row| {
            let columns: Vec<&str> = row.split('\t').collect();
            let [
                level,
                page,
                block,
                paragraph,
                line,
                _,
                left,
                top,
                width,
                height,
                confidence,
                text,
            ] = columns[..]
            else {
                return None;
            };
            let place = [page, block, paragraph, line].map(str::to_owned);
            if level != "5" || text.trim().is_empty() {
                return None;
            }
            if lines.last() != Some(&place) {
                lines.push(place);
            }
            Some(OcrWord {
                text: text.to_owned(),
                left: left.parse().ok()?,
                top: top.parse().ok()?,
                width: width.parse().ok()?,
                height: height.parse().ok()?,
                confidence: (confidence.parse::<f32>().ok()? / 100.0).clamp(0.0, 1.0),
                line: lines.len() as u32,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_gives_words_by_line() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
                     5\t1\t1\t1\t1\t1\t10\t20\t30\t12\t96.5\tThe\n\
                     5\t1\t1\t1\t1\t2\t45\t20\t50\t12\t90\tBoard\n\
                     4\t1\t1\t1\t2\t0\t10\t40\t30\t12\t-1\t\n\
                     5\t1\t1\t1\t2\t1\t10\t40\t60\t12\t80\tshould\n";
        let words = words(table);
        let found: Vec<(&str, u32)> = words
            .iter()
            .map(|word| (word.text.as_str(), word.line))
            .collect();
        assert_eq!(found, [("The", 1), ("Board", 1), ("should", 2)]);
        assert!((words[0].confidence - 0.965).abs() < 1e-6);
    }
}
