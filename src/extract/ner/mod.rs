//! Named-entity recognition: a linear-chain averaged perceptron (Collins 2002) over hashed features.

pub mod features;
pub mod model;
#[cfg(feature = "train")]
pub mod train;
