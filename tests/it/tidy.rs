use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module with the modules it may name after `crate::`. A row may only
/// list rows above it, which keeps the graph free of cycles. ARCHITECTURE.md
/// gives the reasons.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("telemetry", &[]),
    ("meaning", &[]),
    ("vocabulary", &["model"]),
    ("registry", &["model"]),
    ("archive", &["model"]),
    ("extract", &["model"]),
    ("analyse", &["model", "meaning", "vocabulary"]),
    ("corrections", &["model", "vocabulary"]),
    ("crawl", &["model", "archive"]),
    // Settings belong to the module that obeys them; `config` puts them together.
    ("config", &["model", "telemetry", "crawl"]),
    ("catalogue", &["model"]),
    ("search", &["model", "meaning", "vocabulary"]),
    ("insight", &["model"]),
    ("export", &["model", "vocabulary"]),
    ("evaluate", &["model", "vocabulary"]),
    (
        "pipeline",
        &[
            "model",
            "config",
            "telemetry",
            "vocabulary",
            "registry",
            "archive",
            "extract",
            "analyse",
            "corrections",
            "crawl",
            "catalogue",
            "search",
            "export",
        ],
    ),
    (
        "web",
        &[
            "model",
            "config",
            "telemetry",
            "vocabulary",
            "catalogue",
            "search",
            "insight",
            "export",
        ],
    ),
    ("demo", &["model", "crawl"]),
    (
        "cli",
        &[
            "model",
            "config",
            "telemetry",
            "vocabulary",
            "registry",
            "archive",
            "extract",
            "analyse",
            "corrections",
            "crawl",
            "catalogue",
            "search",
            "export",
            "evaluate",
            "pipeline",
            "web",
            "demo",
        ],
    ),
];

/// Libraries that only one module may name, so that each can be replaced there.
const ONLY_IN: &[(&str, &str)] = &[
    ("reqwest", "crawl"),
    ("rusqlite", "catalogue"),
    ("tantivy", "search"),
    ("pdfboss_core", "extract"),
    ("pdfboss_output", "extract"),
    ("pdfboss_text", "extract"),
    ("axum", "web"),
    ("hyper", "web"),
    ("hyper_util", "web"),
    ("askama", "web"),
    ("tracing_subscriber", "telemetry"),
    ("clap", "cli"),
];

/// Modules that may use a library of [`ONLY_IN`] beside its owner, each with
/// the reason.
const ALSO_IN: &[(&str, &str)] = &[
    // The bundled corpus is served by a web server of its own.
    ("axum", "demo"),
];

const MAX_FILE_LINES: usize = 400;

#[test]
fn modules_import_only_what_the_architecture_allows() {
    let mut faults = Vec::new();
    for (row, (module, allowed)) in MAY_IMPORT.iter().enumerate() {
        for listed in *allowed {
            let is_above = MAY_IMPORT[..row].iter().any(|(above, _)| above == listed);
            assert!(
                is_above,
                "`{module}` lists `{listed}`, which is not above it"
            );
        }
        for file in files_of(module) {
            let text = fs::read_to_string(&file).unwrap();
            for name in crate_imports(&text).filter(|name| name != module) {
                if !allowed.contains(&name.as_str()) {
                    faults.push(format!(
                        "{}: `{module}` may not import `{name}`",
                        file.display()
                    ));
                }
            }
        }
    }
    none(&faults);
}

#[test]
fn every_module_has_a_row_in_the_import_table() {
    let known: BTreeSet<&str> = MAY_IMPORT.iter().map(|(module, _)| *module).collect();
    let text = fs::read_to_string("src/lib.rs").unwrap();
    let declared = text
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let strays: Vec<String> = declared
        .filter(|module| !known.contains(module))
        .map(str::to_owned)
        .collect();
    none(&strays);
}

#[test]
fn libraries_stay_in_the_module_that_owns_them() {
    let mut faults = Vec::new();
    for file in rust_files(Path::new("src")) {
        let module = module_of(&file);
        let text = fs::read_to_string(&file).unwrap();
        for (library, owner) in ONLY_IN {
            let may = module == *owner || ALSO_IN.contains(&(*library, module.as_str()));
            if !may && code_lines(&text).any(|line| line.contains(&format!("{library}::"))) {
                faults.push(format!(
                    "{}: `{library}` belongs to `{owner}`",
                    file.display()
                ));
            }
        }
    }
    none(&faults);
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let mut faults = Vec::new();
    for file in rust_files(Path::new("src")) {
        let text = fs::read_to_string(&file).unwrap();
        let is_tests = file.ends_with("tests.rs");
        if text.lines().count() > MAX_FILE_LINES && !is_tests {
            faults.push(format!(
                "{}: {} lines, the limit is {MAX_FILE_LINES}",
                file.display(),
                text.lines().count()
            ));
        }
        if !text.starts_with("//!") && !is_tests {
            faults.push(format!("{}: opens without a module header", file.display()));
        }
    }
    none(&faults);
}

#[test]
fn rules_name_no_site_of_the_bundled_corpus() {
    let Ok(sites) = fs::read_dir("tests/fixtures/sites") else {
        return;
    };
    let names: Vec<String> = sites
        .map(|site| site.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| Path::new("tests/fixtures/sites").join(name).is_dir())
        .collect();
    assert!(!names.is_empty(), "the bundled corpus has no sites");
    let mut faults = Vec::new();
    let files = rust_files(Path::new("src"))
        .into_iter()
        .chain(files_under(Path::new("index"), "toml"));
    for file in files.filter(|file| module_of(file) != "demo") {
        let text = fs::read_to_string(&file).unwrap().to_lowercase();
        for name in names.iter().filter(|name| text.contains(name.as_str())) {
            faults.push(format!(
                "{}: names the corpus site `{name}`",
                file.display()
            ));
        }
    }
    none(&faults);
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What follows each `crate::` outside comments. A grouped import yields its
/// brace, which no row allows: one `use` per module keeps the graph legible.
fn crate_imports(text: &str) -> impl Iterator<Item = String> {
    code_lines(text).flat_map(|line| {
        let parts = line.split("crate::").skip(1);
        let names = parts.filter_map(|rest| rest.split_inclusive(|c: char| !is_ident(c)).next());
        let names: Vec<String> = names
            .map(|name| name.trim_end_matches([':', ';', ' ', ')']).to_owned())
            .collect();
        names
    })
}

fn code_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
}

fn is_ident(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// The top-level module that a file of `src/` belongs to.
fn module_of(file: &Path) -> String {
    let inside = file.strip_prefix("src").unwrap_or(file);
    let first = inside
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

fn files_of(module: &str) -> Vec<PathBuf> {
    let single = Path::new("src").join(format!("{module}.rs"));
    if single.exists() {
        vec![single]
    } else {
        rust_files(&Path::new("src").join(module))
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    files_under(folder, "rs")
}

fn files_under(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_under(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            files.push(path);
        }
    }
    files.sort();
    files
}
