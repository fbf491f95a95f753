//! Learns that a site answers under another scheme or host name: a site whose
//! every link goes by way of a redirect is asked at its real address.

use std::collections::HashMap;

use url::Url;

/// Redirects that must agree before they are taken for the rule.
const VOTES: u32 = 2;

/// Where the origins of a site have gone.
#[derive(Debug, Default)]
pub(super) struct Moves {
    votes: HashMap<(String, String), u32>,
    moved: HashMap<String, Url>,
}

impl Moves {
    /// Takes in a redirect.
    pub(super) fn learn(&mut self, from: &Url, to: &Url) {
        let rest = |url: &Url| url[url::Position::BeforePath..url::Position::AfterQuery].to_owned();
        let origin = |url: &Url| url[..url::Position::BeforePath].to_owned();
        if rest(from) != rest(to) || origin(from) == origin(to) {
            return;
        }
        let votes = self.votes.entry((origin(from), origin(to))).or_default();
        *votes += 1;
        if *votes == VOTES {
            self.moved.insert(origin(from), to.clone());
        }
    }

    /// Where to ask for a URL.
    pub(super) fn address(&self, url: &Url) -> Url {
        let Some(to) = self.moved.get(&url[..url::Position::BeforePath]) else {
            return url.clone();
        };
        let rest = &url[url::Position::BeforePath..url::Position::AfterQuery];
        to.join(rest).unwrap_or_else(|_| url.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_redirects_to_another_origin_make_the_rule() {
        let mut moves = Moves::default();
        let url = |url: &str| Url::parse(url).expect("a URL");
        let learn = |moves: &mut Moves, from: &str, to: &str| moves.learn(&url(from), &url(to));
        learn(&mut moves, "http://n.example/a", "https://www.n.example/a");
        assert_eq!(
            moves.address(&url("http://n.example/b")),
            url("http://n.example/b")
        );
        learn(
            &mut moves,
            "http://n.example/old",
            "https://www.n.example/new",
        );
        learn(
            &mut moves,
            "http://n.example/c?x=1",
            "https://www.n.example/c?x=1",
        );
        let asked = moves.address(&url("http://n.example/b?y=%3d"));
        assert_eq!(asked, url("https://www.n.example/b?y=%3d"));
        assert_eq!(
            moves.address(&url("http://m.example/b")),
            url("http://m.example/b")
        );
    }
}
