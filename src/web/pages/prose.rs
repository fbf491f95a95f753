//! Pages that are only text. Each is a fragment of HTML in `prose/en` and
//! `prose/cy`, written by us and compiled in.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::web::api;
use crate::web::language::{Language, grouped};
use crate::web::pages::respond;
use crate::web::pages::shell::{Section, Shell};
use crate::web::state::App;

/// A page of text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prose {
    pub path: &'static str,
    title: &'static str,
    english: &'static str,
    welsh: &'static str,
}

/// A page of text, from the files of its name.
macro_rules! prose {
    ($name:literal, $title:literal) => {
        Prose {
            path: concat!("/", $name),
            title: $title,
            english: include_str!(concat!("../prose/en/", $name, ".html")),
            welsh: include_str!(concat!("../prose/cy/", $name, ".html")),
        }
    };
}

/// Every page of text.
pub(super) const ALL: [Prose; 7] = [
    prose!("about", "About"),
    prose!("method", "How it is made"),
    prose!("help", "Helplines"),
    prose!("privacy", "Privacy"),
    prose!("accessibility", "Accessibility"),
    prose!("removal", "Corrections and removal"),
    prose!("api", "For programs"),
];

/// What stands in a text for the number of partnerships.
const PARTNERSHIPS: &str = "{partnerships}";

/// What stands in a text for the rows of the addresses of the API.
const ENDPOINTS: &str = "{endpoints}";

/// The addresses of the API as rows of a table: the address, and what it gives.
fn endpoints(t: Language) -> String {
    let row = |(path, is_post, says): (String, bool, &'static str)| {
        let address = if is_post {
            format!("<code>POST {path}</code>")
        } else if path.contains('{') {
            format!("<code>{path}</code>")
        } else {
            format!("<a href=\"{path}\"><code>{path}</code></a>")
        };
        format!("<tr><td>{address}</td><td>{}</td></tr>", t.say(says))
    };
    let rows: Vec<String> = api::documented().map(row).collect();
    rows.join("\n")
}

/// Shows one of them.
pub(super) async fn page(t: Language, prose: Prose, State(app): State<App>) -> Response {
    let section = match prose.path {
        "/about" => Section::About,
        _ => Section::None,
    };
    let html = match t {
        Language::English => prose.english,
        Language::Welsh => prose.welsh,
    };
    let partnerships = grouped(app.partnerships().count());
    let page = ProsePage {
        t,
        shell: Shell::new(&app, section, t.say(prose.title).to_owned(), prose.path),
        html: html
            .replace(PARTNERSHIPS, &partnerships)
            .replace(ENDPOINTS, &endpoints(t)),
    };
    respond(t, &app, Ok(page))
}

#[derive(Template)]
#[template(path = "prose.html")]
struct ProsePage {
    t: Language,
    shell: Shell,
    /// Written by us: shown as it is.
    html: String,
}
