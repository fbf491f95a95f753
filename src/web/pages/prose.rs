//! Pages that are only text: about, help, privacy, accessibility, removal.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::web::language::{Language, grouped};
use crate::web::pages::respond;
use crate::web::pages::shell::{Section, Shell};
use crate::web::state::App;

/// A page of text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prose {
    pub path: &'static str,
    title: &'static str,
    text: Text,
}

#[derive(Debug, Clone, Copy)]
enum Text {
    About,
    Help,
    Privacy,
    Accessibility,
    Removal,
}

/// Every page of text.
pub(super) const ALL: [Prose; 5] = [
    Prose {
        path: "/about",
        title: "About",
        text: Text::About,
    },
    Prose {
        path: "/help",
        title: "Helplines",
        text: Text::Help,
    },
    Prose {
        path: "/privacy",
        title: "Privacy",
        text: Text::Privacy,
    },
    Prose {
        path: "/accessibility",
        title: "Accessibility",
        text: Text::Accessibility,
    },
    Prose {
        path: "/removal",
        title: "Corrections and removal",
        text: Text::Removal,
    },
];

/// Shows one of them.
pub(super) async fn page(t: Language, prose: Prose, State(app): State<App>) -> Response {
    let section = match prose.text {
        Text::About => Section::About,
        _ => Section::None,
    };
    let shell = Shell::new(&app, section, t.say(prose.title).to_owned(), prose.path);
    let partnerships = grouped(app.partnerships().count());
    match prose.text {
        Text::About => respond(
            t,
            &app,
            Ok(AboutPage {
                t,
                shell,
                partnerships,
            }),
        ),
        Text::Help => respond(t, &app, Ok(HelpPage { t, shell })),
        Text::Privacy => respond(t, &app, Ok(PrivacyPage { t, shell })),
        Text::Accessibility => respond(t, &app, Ok(AccessibilityPage { t, shell })),
        Text::Removal => respond(t, &app, Ok(RemovalPage { t, shell })),
    }
}

#[derive(Template)]
#[template(path = "about.html")]
struct AboutPage {
    t: Language,
    shell: Shell,
    partnerships: String,
}

#[derive(Template)]
#[template(path = "help.html")]
struct HelpPage {
    t: Language,
    shell: Shell,
}

#[derive(Template)]
#[template(path = "privacy.html")]
struct PrivacyPage {
    t: Language,
    shell: Shell,
}

#[derive(Template)]
#[template(path = "accessibility.html")]
struct AccessibilityPage {
    t: Language,
    shell: Shell,
}

#[derive(Template)]
#[template(path = "removal.html")]
struct RemovalPage {
    t: Language,
    shell: Shell,
}
