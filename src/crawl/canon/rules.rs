//! The ways in which sites give one page several URLs: each with its name, its
//! reason, and what it takes out of a URL.

use crate::crawl::extension::{self, Extension};

/// The parts of a URL that rules work on, with percent-encoding undone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) segments: Vec<String>,
    pub(super) query: Vec<(String, String)>,
}

impl Parts {
    /// Whether the path ends in a file's name, or in an id behind one.
    fn has_file_name(&self) -> bool {
        let is_file =
            |name: &String| !matches!(extension::of_name(name), Extension::None | Extension::Page);
        self.segments.iter().rev().take(2).any(is_file)
    }

    pub(super) fn drop_parameters(&mut self, is_neutral: impl Fn(&str, &str) -> bool) {
        self.query.retain(|(name, value)| !is_neutral(name, value));
    }
}

/// A way in which sites give one page several URLs.
pub(in crate::crawl) struct TwinRule {
    /// For logs and tests.
    pub(in crate::crawl) name: &'static str,
    /// Why the twins are one page.
    pub(in crate::crawl) reason: &'static str,
    pub(super) apply: fn(&mut Parts),
}

/// Every rule in the order applied.
pub(in crate::crawl) const TWIN_RULES: &[TwinRule] = &[
    TwinRule {
        name: "session",
        reason: "a session id names the visit, not the page",
        apply: drop_session,
    },
    TwinRule {
        name: "tracking",
        reason: "campaign and referrer marks tell where a visitor came from",
        apply: drop_tracking,
    },
    TwinRule {
        name: "style",
        reason: "contrast, text size and theme change the looks only",
        apply: drop_style,
    },
    TwinRule {
        name: "print",
        reason: "a print view repeats its page without menus",
        apply: drop_print,
    },
    TwinRule {
        name: "cache-buster",
        reason: "a version mark on a file defeats caches and selects nothing",
        apply: drop_cache_buster,
    },
    TwinRule {
        name: "download-flag",
        reason: "it asks for the same file as an attachment",
        apply: drop_download_flag,
    },
    TwinRule {
        name: "order",
        reason: "a list in another order or layout holds the same items",
        apply: drop_order,
    },
    TwinRule {
        name: "search-echo",
        reason: "highlighting repeats the words of a search in the same page",
        apply: drop_search_echo,
    },
    TwinRule {
        name: "first-page",
        reason: "the first page of a list is the list",
        apply: drop_first_page,
    },
    TwinRule {
        name: "doubled-segment",
        reason: "some systems answer to a path whose first words are doubled",
        apply: drop_doubled_segments,
    },
    TwinRule {
        name: "p-prefix",
        reason: "one vendor's system serves every page with and without `/p/`",
        apply: drop_p_prefix,
    },
    TwinRule {
        name: "index",
        reason: "a folder and its index page are one",
        apply: drop_index,
    },
];

fn drop_session(parts: &mut Parts) {
    parts.drop_parameters(|name, _| {
        let names = [
            "sid",
            "sessionid",
            "session_id",
            "session",
            "jsessionid",
            "phpsessid",
            "cfid",
            "cftoken",
            "zenid",
            "oscsid",
            "s_id",
        ];
        names.contains(&name) || name.starts_with("aspsessionid")
    });
    for segment in &mut parts.segments {
        if let Some(at) = segment.to_lowercase().find(";jsessionid=") {
            segment.truncate(at);
        }
    }
    // A download manager marks its links with the moment they were made.
    if parts.query.iter().any(|(name, _)| name == "wpdmdl") {
        parts.drop_parameters(|name, _| name == "refresh");
    }
    // ASP.NET: `/(S(4b2…))/page.aspx`
    parts
        .segments
        .retain(|segment| !(segment.starts_with('(') && segment.ends_with("))")));
}

fn drop_tracking(parts: &mut Parts) {
    const NAMES: &[&str] = &[
        "gclid",
        "fbclid",
        "msclkid",
        "dclid",
        "mc_cid",
        "mc_eid",
        "_ga",
        "_gl",
        "icid",
        "mkt_tok",
        "campaign",
        "cmpid",
        "trk",
        "spm",
        "igshid",
        "hsctatracking",
        "mailpoet_router",
    ];
    const REFERRERS: &[&str] = &[
        "ref", "src", "source", "from", "via", "referrer", "referer", "origin",
    ];
    parts.drop_parameters(|name, value| {
        let is_word = value
            .chars()
            .all(|letter| letter.is_alphabetic() || "-_".contains(letter));
        name.starts_with("utm_") || NAMES.contains(&name) || (REFERRERS.contains(&name) && is_word)
    });
}

fn drop_style(parts: &mut Parts) {
    const NAMES: &[&str] = &[
        "switchstyle",
        "style",
        "stylesheet",
        "contrast",
        "sitecontrast",
        "highcontrast",
        "high_contrast",
        "colour",
        "color",
        "colourscheme",
        "colorscheme",
        "theme",
        "skin",
        "fontsize",
        "font_size",
        "font",
        "textsize",
        "text_size",
        "textonly",
        "txtonly",
        "text_only",
        "zoom",
        "css",
        "mobile",
        "vaction",
        "accessible",
        "dyslexia",
    ];
    const BARE: &[&str] = &[
        "black", "white", "yellow", "large", "larger", "small", "text", "contrast",
    ];
    parts.drop_parameters(|name, value| {
        NAMES.contains(&name) || (value.is_empty() && BARE.contains(&name))
    });
}

fn drop_print(parts: &mut Parts) {
    const WORDS: &[&str] = &[
        "print",
        "printable",
        "printview",
        "print-view",
        "printerfriendly",
        "printer-friendly",
        "printfriendly",
        "print-friendly",
        "printpage",
    ];
    let is_print = |text: &str| WORDS.contains(&text.to_lowercase().as_str());
    parts.drop_parameters(|name, value| {
        let selects = [
            "action", "format", "layout", "view", "display", "version", "output", "mode",
        ];
        is_print(name)
            || (selects.contains(&name) && is_print(value))
            || (name == "tmpl" && value == "component")
    });
    if parts.segments.last().is_some_and(|last| is_print(last)) {
        parts.segments.pop();
    }
    if parts.segments.len() > 1 && is_print(&parts.segments[0]) {
        parts.segments.remove(0);
    }
}

fn drop_cache_buster(parts: &mut Parts) {
    const ANYWHERE: &[&str] = &[
        "_",
        "nocache",
        "cachebuster",
        "cb",
        "rnd",
        "rand",
        "random",
        "timestamp",
    ];
    const ON_FILES: &[&str] = &[
        "v", "ver", "version", "m", "t", "ts", "hash", "rev", "revision", "sfvrsn", "mtime",
        "lastmod", "modified", "updated", "x",
    ];
    let is_file = parts.has_file_name();
    parts.drop_parameters(|name, value| {
        let is_mark = |text: &str| {
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            digits > 0
                && text
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
        };
        ANYWHERE.contains(&name)
            || (is_file && ON_FILES.contains(&name) && is_mark(value))
            || (is_file && value.is_empty() && is_mark(name))
    });
}

fn drop_download_flag(parts: &mut Parts) {
    const NAMES: &[&str] = &[
        "download",
        "dl",
        "inline",
        "attachment",
        "forcedownload",
        "force_download",
        "disposition",
    ];
    const VALUES: &[&str] = &["", "1", "0", "true", "false", "yes", "inline", "attachment"];
    parts.drop_parameters(|name, value| {
        NAMES.contains(&name) && VALUES.contains(&value.to_lowercase().as_str())
    });
}

fn drop_order(parts: &mut Parts) {
    const NAMES: &[&str] = &[
        "sort",
        "sortby",
        "sort_by",
        "sort-by",
        "sortorder",
        "sort_order",
        "sortdirection",
        "order",
        "orderby",
        "order_by",
        "direction",
        "asc",
        "desc",
        "perpage",
        "per_page",
        "pagesize",
        "page_size",
        "resultsperpage",
    ];
    const LAYOUTS: &[&str] = &["list", "grid", "table", "tiles", "cards", "compact", "full"];
    parts.drop_parameters(|name, value| {
        NAMES.contains(&name)
            || (name == "dir" && ["asc", "desc", "up", "down"].contains(&value))
            || (["view", "display", "layout"].contains(&name) && LAYOUTS.contains(&value))
    });
}

fn drop_search_echo(parts: &mut Parts) {
    parts.drop_parameters(|name, _| {
        ["highlight", "hl", "hilite", "searchterm", "highlightwords"].contains(&name)
    });
}

fn drop_first_page(parts: &mut Parts) {
    parts.drop_parameters(|name, value| {
        let counts = [
            "page",
            "pagenumber",
            "pageno",
            "pg",
            "paged",
            "start",
            "offset",
            "startrow",
        ];
        counts.contains(&name) && value == "0"
    });
    if let [.., page, number] = parts.segments.as_slice()
        && page == "page"
        && number == "1"
    {
        parts.segments.truncate(parts.segments.len() - 2);
    }
}

fn drop_doubled_segments(parts: &mut Parts) {
    parts.segments.dedup_by(|next, previous| {
        next == previous
            && next
                .chars()
                .all(|letter| letter.is_alphabetic() || letter == '-')
    });
}

fn drop_p_prefix(parts: &mut Parts) {
    if parts.segments.first().is_some_and(|first| first == "p") {
        parts.segments.remove(0);
    }
}

fn drop_index(parts: &mut Parts) {
    const NAMES: &[&str] = &["index", "default", "home"];
    const ENDINGS: &[&str] = &["html", "htm", "php", "aspx", "asp", "cfm", "jsp", "shtml"];
    let is_index = |name: &String| {
        let name = name.to_lowercase();
        let split = name.split_once('.');
        split.is_some_and(|(stem, ending)| NAMES.contains(&stem) && ENDINGS.contains(&ending))
    };
    if parts.query.is_empty() && parts.segments.last().is_some_and(is_index) {
        parts.segments.pop();
    }
}
