//! Names that are safe in a path, a URL and a log field.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A string that is not lower-case words joined by single hyphens.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` must be lower-case letters, digits and single hyphens, e.g. `derby-derbyshire`")]
pub struct InvalidId(pub String);

/// Declares a newtype over a hyphenated lower-case name.
macro_rules! slug_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                if is_slug(&text) { Ok(Self(text)) } else { Err(InvalidId(text)) }
            }
        }

        impl std::str::FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::try_from(text.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

slug_id! {
    /// Names a publisher: the `slug` of its row in `crawl-config/partnerships.csv`.
    PartnershipId
}
slug_id! {
    /// Names a term of a controlled vocabulary in `index/`. Permanent: it
    /// stands in URLs, in the catalogue and in other people's data.
    TermId
}

fn is_slug(text: &str) -> bool {
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    text.split('-').all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_lower_case_words_joined_by_single_hyphens() {
        for good in ["oakmoor", "bcp-2", "under-1", "11-15"] {
            assert!(good.parse::<TermId>().is_ok(), "{good}");
        }
        for bad in ["", "North", "a--b", "-a", "a-", "a b", "a/b", "é"] {
            assert_eq!(
                bad.parse::<TermId>(),
                Err(InvalidId(bad.to_owned())),
                "{bad}"
            );
        }
    }
}
