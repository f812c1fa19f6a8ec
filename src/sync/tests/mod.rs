mod download;
mod plan;
mod policy;
mod range;
mod round;
mod worker;
