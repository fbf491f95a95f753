//! What people see when there is nothing to see.

use askama::Template;

use crate::web::error::WebError;
use crate::web::language::Language;
use crate::web::pages::shell::{Section, Shell};
use crate::web::state::App;

#[derive(Template)]
#[template(path = "error.html")]
pub(super) struct ErrorPage {
    t: Language,
    shell: Shell,
    heading: String,
    explanation: String,
}

impl ErrorPage {
    pub(super) fn new(t: Language, app: &App, error: &WebError) -> Self {
        let (heading, explanation) = words(t, error);
        Self {
            t,
            shell: Shell::new(app, Section::None, heading.clone(), "/"),
            heading,
            explanation,
        }
    }
}

fn words(t: Language, error: &WebError) -> (String, String) {
    let (heading, explanation) = match error {
        WebError::NotFound {
            what: "review" | "recommendation",
            ..
        } => (
            "Not in the index",
            "There is no entry at this address. It may have been withdrawn, or the address may be incomplete.",
        ),
        WebError::Withdrawn { at, .. } => {
            let explanation = t.fill(
                "What was here was withdrawn on {} and is no longer shown or searched. Its publisher may be able to help.",
                &[&t.day(*at)],
            );
            return (t.say("Withdrawn").to_owned(), explanation);
        }
        WebError::NotFound { .. } => (
            "Page not found",
            "There is nothing at this address. It may be incomplete or out of date.",
        ),
        WebError::BadRequest(faults) => {
            let details = faults.iter().map(|fault| fault.detail.clone());
            return (
                t.say("This search could not be understood").to_owned(),
                details.collect::<Vec<_>>().join(". "),
            );
        }
        WebError::TooMany { .. } | WebError::Busy | WebError::TooSlow => (
            "Too much at once",
            "The service has too much to do at the moment. Please try again in a minute.",
        ),
        WebError::MethodNotAllowed => ("Not possible", "This address can only be read."),
        WebError::Internal(_) => (
            "Something went wrong",
            "The fault is on our side and has been noted. Please try again in a few minutes.",
        ),
    };
    (t.say(heading).to_owned(), t.say(explanation).to_owned())
}
