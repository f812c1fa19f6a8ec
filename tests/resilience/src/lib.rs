//! Borne and central against bad networks, disks and clocks.
//!
//! The programs are started as they are shipped; what stands between them and the world is made
//! here: a web server with faults, disks that fill up or lose power, calls that fail or never
//! return, clocks that lie. What a borne then holds is read independently of it.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a rig that cannot be set up is a test that fails"
)]

pub mod address; // loopback addresses
pub mod borne; // a borne: settings, data, its commands
pub mod central; // central as a process, and its database
pub mod clock; // time as another process believes it
pub mod crash; // the crash rig
pub mod disk; // small disks, and power cuts
pub mod figure; // a measured figure beside its goal
pub mod nginx; // a true server of files
pub mod outbox; // events of a borne, recorded as the player does
pub mod process; // children that never outlive their owner
pub mod programs; // where the programs under test are
pub mod reply; // answers of the fault server
pub mod repository; // partners and what they publish
pub mod scene; // a repository, its server and a borne
pub mod server; // the fault server
pub mod signing; // metadata signed as a test wants them
pub mod stock; // what a borne holds
pub mod strace; // calls counted, killed or made to fail
pub mod wait; // the only place that waits
