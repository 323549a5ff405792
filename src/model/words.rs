//! Closed sets of words that users and files write: `day`, `week`, `month`.

/// An enum of words, each with its name: `Day = "day"`. It can be had by its
/// name and tells it, to serde as well. What is behind an `if` is as in `#[cfg]`.
macro_rules! words {
    ($(#[$of_all:meta])* $vis:vis enum $Words:ident {
        $($(#[$of_one:meta])* $Word:ident = $name:literal $(if $condition:meta)?,)+
    }) => {
        $(#[$of_all])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
        $vis enum $Words {
            $($(#[cfg($condition)])? $(#[$of_one])* #[serde(rename = $name)] $Word,)+
        }

        impl $Words {
            /// Every one, in the order in which they are listed.
            $vis const ALL: &'static [Self] = &[$($(#[cfg($condition)])? Self::$Word,)+];

            /// How people and programs write it.
            $vis const fn name(self) -> &'static str {
                match self { $($(#[cfg($condition)])? Self::$Word => $name,)+ }
            }

            /// The one of this name.
            $vis fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($(#[cfg($condition)])? $name => Some(Self::$Word),)+
                    _ => None,
                }
            }
        }

        /// Written as its name.
        impl std::fmt::Display for $Words {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.name())
            }
        }

        impl From<$Words> for &'static str {
            fn from(word: $Words) -> Self {
                word.name()
            }
        }
    };
}

pub(crate) use words;

#[cfg(test)]
mod tests {
    words! {
        /// A word that is there, one that serde does not read, one that is not there.
        enum Word {
            Here = "over here",
            #[serde(skip_deserializing)]
            Inside = "inside",
            Gone = "gone" if not(test),
        }
    }

    #[test]
    fn a_word_is_its_name_everywhere() {
        assert_eq!(Word::ALL, [Word::Here, Word::Inside]);
        assert_eq!(Word::from_name("over here"), Some(Word::Here));
        assert_eq!((Word::from_name("Here"), Word::from_name("gone")), (None, None));
        assert_eq!(format!("{:>8}|", Word::Inside), "  inside|");
        assert_eq!(serde_json::to_string(Word::ALL).expect("words"), r#"["over here","inside"]"#);
        assert_eq!(serde_json::from_str::<Word>(r#""over here""#).expect("a word"), Word::Here);
        let error =
            serde_json::from_str::<Word>(r#""inside""#).expect_err("not for serde").to_string();
        assert!(error.starts_with("unknown variant `inside`, expected `over here`"), "{error}");
    }
}
