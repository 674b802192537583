//! Names that tell that a file is no article, or not yet one: patterns in which `*` is any letters and `?` is one.

/// The lists of the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameRules {
    /// Files that programs have not finished: they wait.
    pub unfinished: Vec<String>,
    /// Files that are never articles: they are ignored.
    pub ignored: Vec<String>,
}

/// What a name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict<'a> {
    /// The file waits, by this pattern.
    Unfinished(&'a str),
    /// The file is ignored, by this pattern.
    Ignored(&'a str),
}

impl NameRules {
    /// From the two lists of patterns.
    #[must_use]
    pub fn new(unfinished: &[String], ignored: &[String]) -> Self {
        Self {
            unfinished: unfinished.to_vec(),
            ignored: ignored.to_vec(),
        }
    }

    /// What the rules say of a file or folder of this name; nothing of most.
    #[must_use]
    pub fn judge(&self, name: &str) -> Option<Verdict<'_>> {
        let name = name.to_lowercase();
        let first = |patterns: &'_ [String]| {
            patterns
                .iter()
                .position(|pattern| matches(&pattern.to_lowercase(), &name))
        };
        if let Some(at) = first(&self.ignored) {
            return Some(Verdict::Ignored(&self.ignored[at]));
        }
        first(&self.unfinished).map(|at| Verdict::Unfinished(&self.unfinished[at]))
    }
}

/// Whether the whole of `name` is what `pattern` says. Goes back to the last `*` alone, so the time is bounded.
fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) =
        (pattern.chars().collect(), name.chars().collect());
    let (mut p, mut n) = (0, 0);
    let mut star = None;
    while n < name.len() {
        match pattern.get(p) {
            Some('*') => {
                star = Some((p, n));
                p += 1;
            }
            Some(c) if *c == '?' || *c == name[n] => {
                p += 1;
                n += 1;
            }
            _ => {
                let Some((at, taken)) = star else {
                    return false;
                };
                star = Some((at, taken + 1));
                p = at + 1;
                n = taken + 1;
            }
        }
    }
    pattern[p..].iter().all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_says_what_a_shell_would() {
        let cases = [
            ("*.part", "a.txt.part", true),
            ("*.part", "a.part.txt", false),
            ("~$*", "~$report.docx", true),
            (".~lock.*#", ".~lock.a.odt#", true),
            ("4913", "4913", true),
            ("4913", "49130", false),
            ("*.sw?", "a.swp", true),
            ("*.sw?", "a.sw", false),
            ("*a*b*", "xxaxxbxx", true),
            ("*", "", true),
            ("", "a", false),
        ];
        for (pattern, name, expected) in cases {
            assert_eq!(matches(pattern, name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn ignored_goes_before_unfinished() {
        let rules = NameRules {
            unfinished: vec![".*".into()],
            ignored: vec![".DS_Store".into()],
        };
        assert_eq!(
            rules.judge(".ds_store"),
            Some(Verdict::Ignored(".DS_Store"))
        );
        assert_eq!(rules.judge(".draft"), Some(Verdict::Unfinished(".*")));
        assert_eq!(rules.judge("a.txt"), None);
    }
}
