//! What surrounds every page: header, menu, notice, footer.

use crate::web::assets;
use crate::web::language::Language;
use crate::web::state::App;

/// What surrounds a page.
pub(super) struct Shell {
    /// For the window: says what sort of page it is and never what was searched
    /// for or whom it is about, for the sake of people whose screen is seen.
    pub title: String,
    /// What the operator says to everybody.
    pub notice: Option<String>,
    /// Its path with its query, without the language.
    pub path: String,
    section: Section,
}

/// What the menu leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Home,
    Reviews,
    Recommendations,
    Similar,
    Themes,
    Partnerships,
    Trends,
    About,
    None,
}

/// One line of the menu.
pub(super) struct MenuEntry {
    pub label: &'static str,
    pub path: &'static str,
    pub is_current: bool,
}

const MENU: [(Section, &str, &str); 8] = [
    (Section::Home, "Search", "/"),
    (Section::Reviews, "Reviews", "/reviews"),
    (
        Section::Recommendations,
        "Recommendations",
        "/recommendations",
    ),
    (Section::Similar, "Similar cases", "/similar"),
    (Section::Themes, "Themes", "/themes"),
    (Section::Partnerships, "Partnerships", "/partnerships"),
    (Section::Trends, "Trends", "/trends"),
    (Section::About, "About", "/about"),
];

impl Shell {
    pub(super) fn new(app: &App, section: Section, title: String, path: impl Into<String>) -> Self {
        Self {
            title,
            notice: app.settings().notice.clone(),
            path: path.into(),
            section,
        }
    }

    pub(super) fn menu(&self) -> Vec<MenuEntry> {
        let entry = |(section, label, path)| MenuEntry {
            label,
            path,
            is_current: section == self.section,
        };
        MENU.into_iter().map(entry).collect()
    }

    #[expect(clippy::unused_self, reason = "templates call methods of values")]
    pub(super) fn asset(&self, name: &str) -> String {
        assets::url(name)
    }
}

/// The box that everything is searched from.
pub(super) struct SearchBox {
    pub action: &'static str,
    pub label: &'static str,
    pub text: String,
}

impl Language {
    /// A path of ours in this language.
    pub(super) fn at(self, path: &str) -> String {
        match (self.prefix(), path) {
            ("", path) => path.to_owned(),
            (prefix, "/") => prefix.to_owned(),
            (prefix, path) => format!("{prefix}{path}"),
        }
    }
}
