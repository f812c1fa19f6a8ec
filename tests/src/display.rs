//! An X screen: pictures of it, touches on it.
//!
//! Touches are pointer events made by the X server itself (XTest), so that the program under test
//! cannot tell them from a touch panel that acts as a pointer.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use image::RgbImage;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConnectionExt as _, ImageFormat, MOTION_NOTIFY_EVENT,
    Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use crate::process::Running;

/// The button a touch presses.
const TOUCH: u8 = 1;

/// Places a drag passes through: enough for a toolkit to see a movement, not a jump.
const DRAG_POINTS: u16 = 12;

/// A place on the screen, as fractions of its width and height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// 0 is the left edge, 1 the right.
    pub x: f32,
    /// 0 is the top edge, 1 the bottom.
    pub y: f32,
}

/// A screen one can look at and touch.
pub struct Display {
    connection: RustConnection,
    root: Window,
    width: u16,
    height: u16,
    name: String,
    server: Option<Running>,
}

impl Display {
    /// Starts a screen of its own on a free display number; it ends with the value.
    ///
    /// # Errors
    /// Xvfb is missing or does not start.
    pub fn start(width: u16, height: u16, logs: &Path) -> Result<Self> {
        Self::start_with(&[], width, height, logs)
    }

    /// The same, with more arguments for Xvfb.
    ///
    /// # Errors
    /// Xvfb is missing or does not start.
    pub fn start_with(more: &[&str], width: u16, height: u16, logs: &Path) -> Result<Self> {
        let errors = std::fs::File::create(logs.join("xvfb.log"))?;
        let mut command = Command::new("Xvfb");
        command
            .args([
                "-displayfd",
                "1",
                "-nolisten",
                "tcp",
                "-noreset",
                "-screen",
                "0",
            ])
            .arg(format!("{width}x{height}x24"))
            .args(more)
            .stdout(Stdio::piped())
            .stderr(errors);
        let mut server = Running::start_as_is("Xvfb", command)?;
        let mut number = String::new();
        let stdout = server.stdout().context("sortie de Xvfb")?;
        BufReader::new(stdout).read_line(&mut number)?;
        ensure!(!number.trim().is_empty(), "Xvfb n'a pas démarré");
        let mut display = Self::open(&format!(":{}", number.trim()))?;
        display.server = Some(server);
        Ok(display)
    }

    /// Opens a screen that runs already, such as `:3`.
    ///
    /// # Errors
    /// There is none, or it takes no touches.
    pub fn open(name: &str) -> Result<Self> {
        let (connection, number) =
            x11rb::connect(Some(name)).with_context(|| format!("écran {name}"))?;
        let screen = &connection.setup().roots[number];
        let (root, width, height) = (screen.root, screen.width_in_pixels, screen.height_in_pixels);
        connection
            .xtest_get_version(2, 2)?
            .reply()
            .with_context(|| format!("l'écran {name} n'a pas l'extension XTEST"))?;
        Ok(Self {
            connection,
            root,
            width,
            height,
            name: name.to_owned(),
            server: None,
        })
    }

    /// Its name, for `DISPLAY`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Width and height, pixels.
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        (self.width, self.height)
    }

    /// A window fills it: the bare screen is black to its corners, no ground of the borne is.
    ///
    /// # Errors
    /// The screen is gone.
    pub fn is_filled(&self) -> Result<bool> {
        let shot = self.shot()?;
        let (right, bottom) = (shot.width() - 1, shot.height() - 1);
        let corners = [(0, 0), (right, 0), (0, bottom), (right, bottom)];
        Ok(corners
            .into_iter()
            .all(|(x, y)| shot.get_pixel(x, y).0 != [0; 3]))
    }

    /// What it shows now.
    ///
    /// # Errors
    /// The screen is gone or has an unexpected pixel format.
    pub fn shot(&self) -> Result<RgbImage> {
        let (width, height) = (self.width, self.height);
        let reply = self
            .connection
            .get_image(ImageFormat::Z_PIXMAP, self.root, 0, 0, width, height, !0)?
            .reply()?;
        let mut rgb = Vec::with_capacity(reply.data.len() / 4 * 3);
        for pixel in reply.data.chunks_exact(4) {
            rgb.extend_from_slice(&[pixel[2], pixel[1], pixel[0]]);
        }
        RgbImage::from_raw(width.into(), height.into(), rgb)
            .context("l'écran n'a pas 32 bits par pixel")
    }

    /// The colour of one place: red, green, blue.
    ///
    /// # Errors
    /// The screen is gone.
    pub fn pixel(&self, at: Point) -> Result<[u8; 3]> {
        let (x, y) = self.pixel_at(at);
        let reply = self
            .connection
            .get_image(ImageFormat::Z_PIXMAP, self.root, x, y, 1, 1, !0)?
            .reply()?;
        match *reply.data {
            [blue, green, red, ..] => Ok([red, green, blue]),
            _ => bail!("l'écran n'a pas 32 bits par pixel"),
        }
    }

    /// The process of the X server, when it is ours.
    #[must_use]
    pub fn server(&self) -> Option<u32> {
        self.server.as_ref().map(Running::pid)
    }

    /// Puts a finger down.
    ///
    /// # Errors
    /// The screen is gone.
    pub fn press(&self, at: Point) -> Result<()> {
        self.fake(MOTION_NOTIFY_EVENT, 0, at)?;
        self.fake(BUTTON_PRESS_EVENT, TOUCH, at)?;
        self.settle()
    }

    /// Lifts it.
    ///
    /// # Errors
    /// The screen is gone.
    pub fn lift(&self, at: Point) -> Result<()> {
        self.fake(BUTTON_RELEASE_EVENT, TOUCH, at)?;
        self.settle()
    }

    /// Touches a place: finger down, finger up.
    ///
    /// # Errors
    /// The screen is gone.
    pub fn touch(&self, at: Point) -> Result<()> {
        self.press(at)?;
        self.lift(at)
    }

    /// Puts a finger down, moves it, and lifts it.
    ///
    /// # Errors
    /// The screen is gone.
    pub fn drag(&self, from: Point, to: Point) -> Result<()> {
        self.fake(MOTION_NOTIFY_EVENT, 0, from)?;
        self.fake(BUTTON_PRESS_EVENT, TOUCH, from)?;
        for step in 1..=DRAG_POINTS {
            let part = f32::from(step) / f32::from(DRAG_POINTS);
            let along = |from: f32, to: f32| from + (to - from) * part;
            let at = Point {
                x: along(from.x, to.x),
                y: along(from.y, to.y),
            };
            self.fake(MOTION_NOTIFY_EVENT, 0, at)?;
        }
        self.fake(BUTTON_RELEASE_EVENT, TOUCH, to)?;
        self.settle()
    }

    fn fake(&self, kind: u8, detail: u8, at: Point) -> Result<()> {
        let (x, y) = self.pixel_at(at);
        self.connection
            .xtest_fake_input(kind, detail, x11rb::CURRENT_TIME, self.root, x, y, 0)?;
        Ok(())
    }

    /// Returns once the X server has handled everything sent.
    fn settle(&self) -> Result<()> {
        self.connection.get_input_focus()?.reply()?;
        Ok(())
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "clamped to the screen, which X keeps under 32768"
    )]
    fn pixel_at(&self, at: Point) -> (i16, i16) {
        let place = |part: f32, size: u16| {
            let last = f32::from(size.saturating_sub(1));
            (part * f32::from(size)).clamp(0.0, last) as i16
        };
        (place(at.x, self.width), place(at.y, self.height))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_screens_run_at_once_and_show_their_size() {
        let logs = tempfile::tempdir().unwrap();
        let one = Display::start(320, 200, logs.path()).unwrap();
        let two = Display::start(200, 320, logs.path()).unwrap();
        assert_ne!(one.name(), two.name());
        assert_eq!(one.shot().unwrap().dimensions(), (320, 200));
        assert_eq!(two.shot().unwrap().dimensions(), (200, 320));
    }

    #[test]
    fn a_touch_puts_the_pointer_where_it_was_asked() {
        let logs = tempfile::tempdir().unwrap();
        let display = Display::start(400, 200, logs.path()).unwrap();
        display.touch(Point { x: 0.5, y: 0.25 }).unwrap();
        let query = display.connection.query_pointer(display.root).unwrap();
        let pointer = query.reply().unwrap();
        assert_eq!((pointer.root_x, pointer.root_y), (200, 50));
    }
}
