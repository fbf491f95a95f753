//! What the ending of a file name promises. Only a promise: what a body is, its
//! bytes say.

use url::Url;

/// What the ending of a name promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extension {
    /// No ending, or none that we know.
    None,
    /// A page made by a server.
    Page,
    /// A document to read.
    Document,
    /// Something we never ask for: pictures, styles, scripts, fonts, media,
    /// archives, programs, calendars.
    Unwanted,
}

const PAGES: &[&str] = &[
    "html", "htm", "xhtml", "shtml", "php", "php5", "asp", "aspx", "ashx", "axd", "jsp", "jspx",
    "cfm", "cgi", "pl", "do", "action", "dll", "xml", "nsf",
];
const DOCUMENTS: &[&str] = &[
    "pdf", "doc", "docx", "docm", "dot", "dotx", "odt", "rtf", "txt", "ppt", "pptx", "pps", "ppsx",
    "odp", "xls", "xlsx", "xlsm", "ods", "csv", "pub",
];
const UNWANTED: &[&str] = &[
    "jpg", "jpeg", "png", "gif", "svg", "webp", "bmp", "tif", "tiff", "ico", "avif", "heic", "css",
    "js", "mjs", "map", "json", "woff", "woff2", "ttf", "otf", "eot", "mp3", "mp4", "m4a", "m4v",
    "wav", "wma", "wmv", "avi", "mov", "mpg", "mpeg", "ogg", "ogv", "webm", "flv", "swf", "zip",
    "rar", "7z", "gz", "tar", "exe", "msi", "dmg", "apk", "ics", "ical", "vcf", "epub", "mobi",
];

/// What a file name promises.
pub(super) fn of_name(name: &str) -> Extension {
    let Some((stem, ending)) = name.rsplit_once('.') else {
        return Extension::None;
    };
    let ending = ending.to_ascii_lowercase();
    let is_in = |list: &[&str]| list.contains(&ending.as_str());
    match () {
        () if stem.is_empty() => Extension::None,
        () if is_in(DOCUMENTS) => Extension::Document,
        () if is_in(PAGES) => Extension::Page,
        () if is_in(UNWANTED) => Extension::Unwanted,
        () => Extension::None,
    }
}

/// What the last segment of a URL's path promises.
pub(super) fn of_url(url: &Url) -> Extension {
    let name = url.path_segments().and_then(|mut parts| parts.next_back());
    of_name(name.unwrap_or_default())
}
