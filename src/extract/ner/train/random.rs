//! Pseudo-random numbers, the same on every run.

/// Xorshift; the state must not be 0.
#[derive(Debug, Clone, Copy)]
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number from 0 up to 1.
    pub fn part(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1 << 24) as f32
    }

    /// Puts a list into another order.
    pub fn shuffle(&mut self, order: &mut [usize]) {
        for n in (1..order.len()).rev() {
            order.swap(n, (self.next() >> 16) as usize % (n + 1));
        }
    }
}
