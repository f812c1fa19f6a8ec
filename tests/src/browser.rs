//! Headless Chromium, driven through chromedriver: how staff see central's pages.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tokio::runtime::{Builder, Runtime};

use crate::process::Running;
use crate::wait;

/// How long a page may take to show an awaited element.
const PAGE: Duration = Duration::from_secs(20);

/// A browser with a profile of its own.
pub struct Browser {
    client: Client,
    runtime: Runtime,
    _driver: Running,
}

impl Browser {
    /// Starts a browser; its profile and logs are in `folder`, which must exist.
    ///
    /// # Errors
    /// chromedriver or chromium is missing or does not start.
    pub fn start(folder: &Path) -> Result<Self> {
        let (driver, port) = start_driver(folder)?;
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let capabilities = capabilities(folder)?;
        let client = runtime
            .block_on(
                ClientBuilder::new(HttpConnector::new())
                    .capabilities(capabilities)
                    .connect(&format!("http://127.0.0.1:{port}")),
            )
            .context("démarrage de Chromium")?;
        Ok(Self {
            client,
            runtime,
            _driver: driver,
        })
    }

    /// Opens a page.
    ///
    /// # Errors
    /// It cannot be loaded.
    pub fn open(&self, url: &str) -> Result<()> {
        self.runtime
            .block_on(self.client.goto(url))
            .with_context(|| format!("page {url}"))
    }

    /// Types into the field named so.
    ///
    /// # Errors
    /// The page has no such field.
    pub fn fill(&self, name: &str, value: &str) -> Result<()> {
        let field = format!("[name=\"{name}\"]");
        self.runtime
            .block_on(async {
                let field = self.client.find(Locator::Css(&field)).await?;
                field.send_keys(value).await
            })
            .with_context(|| format!("champ « {name} »"))
    }

    /// Presses what a selector names.
    ///
    /// # Errors
    /// The page has no such element.
    pub fn press(&self, css: &str) -> Result<()> {
        self.runtime
            .block_on(async { self.client.find(Locator::Css(css)).await?.click().await })
            .with_context(|| format!("élément « {css} »"))
    }

    /// Waits until the page has an element.
    ///
    /// # Errors
    /// It does not come.
    pub fn await_element(&self, css: &str) -> Result<()> {
        wait::until(&format!("élément « {css} »"), PAGE, || {
            Ok((!self.all(css)?.is_empty()).then_some(()))
        })
    }

    /// Loads the page again.
    ///
    /// # Errors
    /// It cannot be loaded.
    pub fn reload(&self) -> Result<()> {
        Ok(self.runtime.block_on(self.client.refresh())?)
    }

    /// An attribute of every element that a selector names and that has it.
    ///
    /// # Errors
    /// The browser is gone.
    pub fn attributes(&self, css: &str, attribute: &str) -> Result<Vec<String>> {
        let elements = self.all(css)?;
        self.runtime.block_on(async {
            let mut values = Vec::new();
            for element in elements {
                values.extend(element.attr(attribute).await?);
            }
            Ok(values)
        })
    }

    /// A picture of the page, PNG.
    ///
    /// # Errors
    /// The browser is gone.
    pub fn shot(&self) -> Result<Vec<u8>> {
        Ok(self.runtime.block_on(self.client.screenshot())?)
    }

    fn all(&self, css: &str) -> Result<Vec<fantoccini::elements::Element>> {
        Ok(self
            .runtime
            .block_on(self.client.find_all(Locator::Css(css)))?)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Chromium ends with its session; chromedriver with its process.
        if let Err(error) = self.runtime.block_on(self.client.clone().close()) {
            eprintln!("fermeture de Chromium : {error}");
        }
    }
}

fn start_driver(folder: &Path) -> Result<(Running, u16)> {
    let errors = std::fs::File::create(folder.join("chromedriver.log"))?;
    let mut command = Command::new("chromedriver");
    command
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(errors);
    let mut driver = Running::start_as_is("chromedriver", command)?;
    let stdout = driver.stdout().context("sortie de chromedriver")?;
    let port = BufReader::new(stdout)
        .lines()
        .map_while(Result::ok)
        .find_map(|line| port_of(&line))
        .context("chromedriver n'a pas démarré")?;
    Ok((driver, port))
}

/// The port in "ChromeDriver was started successfully on port 40123."
fn port_of(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}

fn capabilities(folder: &Path) -> Result<serde_json::Map<String, serde_json::Value>> {
    let profile = folder.join("chromium");
    std::fs::create_dir_all(&profile)?;
    let options = json!({ "goog:chromeOptions": { "args": [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--disable-dev-shm-usage", "--window-size=1280,1000",
        format!("--user-data-dir={}", profile.display()),
    ] } });
    serde_json::from_value(options).context("options de Chromium")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_opened_filled_and_read() {
        let folder = tempfile::tempdir().unwrap();
        let page = folder.path().join("page.html");
        std::fs::write(&page, "<input name=q><b data-plays=3>x</b>").unwrap();
        let browser = Browser::start(folder.path()).unwrap();
        browser.open(&format!("file://{}", page.display())).unwrap();
        browser.fill("q", "bonjour").unwrap();
        assert_eq!(browser.attributes("b", "data-plays").unwrap(), ["3"]);
        assert!(browser.fill("absent", "x").is_err());
        assert!(browser.shot().unwrap().starts_with(b"\x89PNG"));
    }
}
