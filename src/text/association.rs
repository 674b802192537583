//! How strongly two names keep company, beyond what their frequency alone would bring about.

/// What is known of two names in a set of articles.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    /// Articles with both.
    pub both: f64,
    /// Articles with the one.
    pub one: f64,
    /// Articles with the other.
    pub other: f64,
    /// All articles.
    pub all: f64,
}

impl Counts {
    /// Articles with both, were they independent.
    #[must_use]
    pub fn expected(self) -> f64 {
        self.one * self.other / self.all.max(1.0)
    }

    /// The log-likelihood ratio G² of the two-by-two table (Dunning 1993, "Accurate Methods for the Statistics of Surprise
    /// and Coincidence"), negative where they meet less often than chance would have it. 10.8 is exceeded by chance once in
    /// a thousand.
    #[must_use]
    pub fn log_likelihood(self) -> f64 {
        let cells = [
            (self.both, self.one, self.other),
            (self.one - self.both, self.one, self.all - self.other),
            (self.other - self.both, self.all - self.one, self.other),
            (
                self.all - self.one - self.other + self.both,
                self.all - self.one,
                self.all - self.other,
            ),
        ];
        let term = |(seen, row, column): (f64, f64, f64)| {
            let expected = row * column / self.all;
            if seen > 0.0 && expected > 0.0 {
                seen * (seen / expected).ln()
            } else {
                0.0
            }
        };
        let score = 2.0 * cells.into_iter().map(term).sum::<f64>();
        if self.both < self.expected() {
            -score
        } else {
            score
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(both: f64, one: f64, other: f64) -> f64 {
        let all = 10_000.0;
        Counts {
            both,
            one,
            other,
            all,
        }
        .log_likelihood()
    }

    #[test]
    fn company_counts_for_more_than_frequency() {
        // A rare companion met in half of the articles beats one that stands everywhere.
        assert!(score(50.0, 100.0, 60.0) > score(80.0, 100.0, 8_000.0));
        assert!(score(80.0, 100.0, 8_000.0).abs() < 1e-9);
        assert!(score(1.0, 100.0, 8_000.0) < 0.0);
        // By hand, from the four cells.
        assert!((score(10.0, 100.0, 100.0) - 29.7).abs() < 0.1);
    }
}
