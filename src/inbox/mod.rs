//! The inbox folder: what is in it, whether it is whole, how it is read and where it goes. The only `notify`.

pub mod doorbell;
pub mod filing;
pub mod in_flight;
pub mod lock;
pub mod names;
pub mod note;
pub mod read;
pub mod scan;
pub mod tracker;
pub mod writers;
