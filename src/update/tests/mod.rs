mod decision;
mod look;
mod quiet;
mod rig;
