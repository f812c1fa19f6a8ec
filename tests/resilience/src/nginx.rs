//! nginx on a free loopback port: the static hosting a repository is published on.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::address::{answers, free_address};
use crate::process::Running;

/// A free port can be taken by another between finding and using it; then another is found.
const PORTS_TRIED: usize = 5;

/// nginx serving one folder.
pub struct Server {
    address: SocketAddr,
    folder: PathBuf,
    running: Option<Running>,
}

impl Server {
    /// Serves `root`; its own files are in `folder`, which must exist.
    ///
    /// # Errors
    /// nginx is missing or does not start.
    pub fn start(root: &Path, folder: &Path) -> Result<Self> {
        let mut tried = 0;
        loop {
            let mut server = Self {
                address: free_address()?,
                folder: folder.to_owned(),
                running: None,
            };
            fs::write(
                folder.join("nginx.conf"),
                configuration(server.address, root, folder),
            )?;
            tried += 1;
            match server.restart() {
                Err(_) if tried < PORTS_TRIED => {}
                result => return result.map(|()| server),
            }
        }
    }

    /// Address to put before a path, without a slash at its end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The process, while it runs.
    #[must_use]
    pub fn pid(&self) -> Option<u32> {
        self.running.as_ref().map(Running::pid)
    }

    /// Ends it: the network is gone.
    ///
    /// # Errors
    /// It does not end.
    pub fn stop(&mut self) -> Result<()> {
        match self.running.take() {
            Some(mut running) => running.stop().map(drop),
            None => Ok(()),
        }
    }

    /// Starts it again on the same address.
    ///
    /// # Errors
    /// It does not start.
    pub fn restart(&mut self) -> Result<()> {
        self.stop()?;
        let mut command = Command::new("nginx");
        command.arg("-c").arg(self.folder.join("nginx.conf"));
        command.arg("-e").arg(self.folder.join("nginx-error.log"));
        let mut running = Running::start("nginx", command, &self.folder)?;
        answers("nginx", self.address, || running.must_be_alive())?;
        self.running = Some(running);
        Ok(())
    }
}

fn configuration(address: SocketAddr, root: &Path, folder: &Path) -> String {
    let (root, folder) = (root.display(), folder.display());
    // As root, nginx would change to a user who may not read a private folder.
    let user = if rustix::process::getuid().is_root() {
        "user root;"
    } else {
        ""
    };
    format!(
        "daemon off; {user} worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx-error.log;
events {{ worker_connections 64; }}
http {{
  types {{ video/mp4 mp4; video/webm webm; image/jpeg jpg; image/png png; text/vtt vtt;
           text/plain txt; application/json json; }}
  access_log {folder}/nginx-access.log;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen {address}; root {root}; }}
}}
"
    )
}

#[cfg(test)]
mod tests {
    use std::net::TcpStream;

    use super::*;

    #[test]
    fn serves_again_on_the_same_address_after_a_stop() {
        let folder = tempfile::tempdir().unwrap();
        let mut server = Server::start(folder.path(), folder.path()).unwrap();
        let url = server.url();
        server.stop().unwrap();
        assert!(TcpStream::connect(server.address).is_err());
        server.restart().unwrap();
        assert!(TcpStream::connect(server.address).is_ok());
        assert_eq!(server.url(), url);
    }
}
