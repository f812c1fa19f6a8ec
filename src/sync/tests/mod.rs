mod download;
mod plan;
mod policy;
mod round;
mod worker;
