//! Numbers that look random and are the same every time.

/// A linear congruential generator with the constants of Knuth's MMIX.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// One that begins with a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `sides`, of its high and better bits.
    pub const fn roll(&mut self, sides: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let [_, _, _, _, high @ ..] = self.0.to_le_bytes();
        u32::from_le_bytes(high) % sides
    }
}
