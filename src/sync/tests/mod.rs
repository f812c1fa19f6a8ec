mod download;
mod plan;
mod policy;
mod returning;
mod round;
mod scene;
mod scrub;
mod worker;
