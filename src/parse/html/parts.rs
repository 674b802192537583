//! Stories that a page parts among several boxes: from the box with most of the text to the one that holds all parts.

use super::deck;
use super::page::Page;
use super::regions::is_line;
use super::tally::{Contents, Tally};
use super::words;

/// How far up the other parts are looked for.
const MAX_CLIMB: usize = 4;
/// A part of another name holds at least this share of what is found already.
const MIN_SHARE: f64 = 0.15;

/// The box that holds a story's parts, `main` being the one with most of its text; what stands between them is left out.
pub(super) fn extended(
    page: &Page,
    tally: &Tally,
    dropped: &mut [bool],
    main: usize,
    headline: Option<usize>,
) -> usize {
    let (mut inner, mut found) = (main, main);
    // What goes if a box higher up is taken.
    let mut others: Vec<usize> = Vec::new();
    for _ in 0..MAX_CLIMB {
        let parent = page.parent(inner);
        if parent == inner || page.tag(parent) == "html" || is_line(page.tag(inner)) {
            break;
        }
        let siblings: Vec<usize> = children(page, parent)
            .filter(|at| *at != inner && !dropped[*at] && !page.is_text(*at))
            .collect();
        let seam = Seam {
            page,
            tally,
            inner,
            headline,
        };
        let parts: Vec<usize> = siblings
            .iter()
            .copied()
            .filter(|at| seam.is_part(*at))
            .collect();
        let first = parts.first().map_or(inner, |first| inner.min(*first));
        let last = parts.last().map_or(inner, |last| inner.max(*last));
        others.extend(siblings.into_iter().filter(|at| {
            !(parts.contains(at) || is_line(page.tag(*at)) && seam.may_stay(*at, first, last))
        }));
        if !parts.is_empty() {
            for at in others.drain(..) {
                dropped[at..page.end(at)].fill(true);
            }
            found = parent;
        }
        inner = parent;
    }
    found
}

fn children(page: &Page, parent: usize) -> impl Iterator<Item = usize> + '_ {
    let mut at = parent + 1;
    std::iter::from_fn(move || {
        let child = at;
        at = page.end(child.min(page.len() - 1)).max(child + 1);
        (child < page.end(parent)).then_some(child)
    })
}

/// A box with text of the story, and what is asked of those beside it.
struct Seam<'a> {
    page: &'a Page,
    tally: &'a Tally,
    inner: usize,
    headline: Option<usize>,
}

impl Seam<'_> {
    /// Whether a box beside it is another part of the story.
    fn is_part(&self, at: usize) -> bool {
        let (own, inner) = (self.within(at), self.within(self.inner));
        let is_before = self.headline.is_some_and(|headline| at < headline);
        if is_before || is_line(self.page.tag(at)) || own.n_headlines > 0 {
            return false;
        }
        if self.holds_headline() && self.has_headings_like_it(at) {
            return false;
        }
        let is_body = self.page.tag(self.page.parent(at)) == "body";
        self.is_akin(at) && own.is_plain() && own.prose + own.short > 0
            || !is_body
                && own.is_prose()
                && f64::from(own.prose) >= MIN_SHARE * f64::from(inner.prose)
    }

    fn within(&self, at: usize) -> Contents {
        self.tally.within(self.page, at)
    }

    fn holds_headline(&self) -> bool {
        self.headline
            .is_some_and(|headline| self.inner < headline && headline < self.page.end(self.inner))
    }

    /// Whether a box has a heading of the headline's level: it is another story's.
    fn has_headings_like_it(&self, at: usize) -> bool {
        let tag = self
            .headline
            .map_or("h1", |headline| self.page.tag(headline));
        (at..self.page.end(at)).any(|at| self.page.tag(at) == tag)
    }

    /// Whether a box is named like the one with the text, or for a body too.
    fn is_akin(&self, at: usize) -> bool {
        let (words, own) = (self.page.words(self.inner), self.page.words(at));
        let is_marked = |at: usize| {
            self.page
                .attr(at, "itemprop")
                .is_some_and(|prop| prop.contains("articleBody"))
        };
        self.page.tag(at) == self.page.tag(self.inner)
            && (words == own && !words.trim().is_empty()
                || words::name_body(words) && words::name_body(own)
                || is_marked(at) && is_marked(self.inner))
    }

    /// Whether a line beside the parts is the story's: between them anything, in front and behind a paragraph.
    fn may_stay(&self, at: usize, first: usize, last: usize) -> bool {
        let is_between = first < at && at < last;
        is_between
            || self.page.tag(at) == "p"
                && self.within(at).is_prose()
                && !deck::is_one(self.page, at)
    }
}
