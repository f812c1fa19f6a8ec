//! The window: its renderer, its size, and the size of things on it.

use std::path::Path;

use slint::winit_030::{WinitWindowAccessor, winit};
use slint::{BackendSelector, ComponentHandle, PhysicalPosition, PhysicalSize, PlatformError};

use crate::ergonomics::Screen as Hung;
use crate::settings::{Orientation, Renderer, Screen};

use super::graphics::{self, Processor};
use super::handle::Handle;
use super::markup::{App, ConfortAdapter, Theme};
use super::panel::Turn;

/// Design pixels of the drawings, the long and the short side.
const LONG: f32 = 1920.0;
const SHORT: f32 = 1080.0;

/// How the window is drawn.
pub struct Drawing {
    /// Slint's name of the renderer.
    pub renderer: &'static str,
    /// What there is to draw and decode with.
    pub processor: Processor,
}

impl Drawing {
    fn chosen(screen: &Screen, data: &Path) -> Self {
        let processor = Processor::find(Path::new(graphics::NODES), data);
        let gl = match screen.renderer {
            Renderer::Auto => processor.trial().is_some(),
            Renderer::Software => false,
            Renderer::Gl => true,
        };
        let renderer = if gl { GL } else { "software" };
        Self {
            renderer,
            processor,
        }
    }

    /// Drawn by GL.
    pub fn is_gl(&self) -> bool {
        self.renderer == GL
    }
}

const GL: &str = "femtovg";

/// Chooses where and how to draw, before any window: in a window where there is a desk, else straight
/// onto the screen; unless the settings say how, by GL where there is a graphics processor.
pub fn select(screen: &Screen, data: &Path) -> Result<Drawing, PlatformError> {
    let backend = if on_a_desk() { "winit" } else { "linuxkms" };
    let drawing = Drawing::chosen(screen, data);
    let renderer = drawing.renderer;
    let mut selector = BackendSelector::new()
        .backend_name(backend.to_owned())
        .renderer_name(renderer.to_owned());
    if drawing.is_gl() && on_a_desk() {
        // On a desk the context is one of GLX, where GStreamer shares those of OpenGL, not of GLES.
        selector = selector.require_opengl();
    }
    if let Some(turn) = Turn::told().filter(|_| !on_a_desk()) {
        selector = selector.with_libinput_event_hook(move |event| turn.meet(event));
    }
    selector.select()?;
    let processor = &drawing.processor;
    tracing::info!(backend, renderer, ?processor, "screen");
    Ok(drawing)
}

/// Whether a display server says where windows go.
fn on_a_desk() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Sizes things with the window, from now on.
pub fn bind(ui: &App, handle: &Handle, screen: &Screen) {
    let (weak, handle, screen) = (ui.as_weak(), handle.clone(), screen.clone());
    fit(ui, &screen);
    ui.on_resized(move |_, _| {
        if let Some(ui) = weak.upgrade() {
            fit(&ui, &screen);
            handle.with(super::stage::Stage::resized);
        }
    });
}

/// Fills the screen: asked of the window manager, and done by hand where there is none. The window
/// opens once the event loop runs. Without a desk there is nothing else than the whole screen.
pub fn fill_when_open(ui: &App) {
    if !on_a_desk() {
        return;
    }
    ui.window().set_fullscreen(true);
    let weak = ui.as_weak();
    let opened = slint::spawn_local(async move {
        let Some(ui) = weak.upgrade() else { return };
        match ui.window().winit_window().await {
            Ok(window) => fill(&ui, &window),
            Err(error) => tracing::error!(%error, "the window does not open"),
        }
    });
    if let Err(error) = opened {
        tracing::error!(%error, "the window cannot fill the screen");
    }
}

/// Long side of a screen of 32 inches, mm: from there on a finger finds a row of small tiles.
const ROOMY_MM: f64 = 700.0;

/// Least part of the screen that still holds all controls.
const LEAST_PART: f32 = 0.6;

fn fill(ui: &App, window: &winit::window::Window) {
    window.set_cursor_visible(false);
    let monitor = window
        .current_monitor()
        .or_else(|| window.available_monitors().next());
    if let Some(size) = monitor.map(|monitor| monitor.size()) {
        ui.window().set_position(PhysicalPosition::new(0, 0));
        ui.window()
            .set_size(PhysicalSize::new(size.width, size.height));
    }
}

fn fit(ui: &App, screen: &Screen) {
    let pixels = ui.window().size();
    let size = pixels.to_logical(ui.window().scale_factor());
    let portrait = match screen.orientation {
        Orientation::Auto => size.height > size.width,
        Orientation::Landscape => false,
        Orientation::Portrait => true,
    };
    let (width, height) = if portrait {
        (SHORT, LONG)
    } else {
        (LONG, SHORT)
    };
    let theme = ui.global::<Theme>();
    set_place(
        ui,
        &Hung::of(screen, pixels.width, pixels.height).turned_to(!portrait),
    );
    theme.set_portrait(portrait);
    theme.set_u((size.width / width).min(size.height / height).max(0.1));
}

/// What the screen's place on the wall means for the layout.
#[allow(clippy::cast_possible_truncation, reason = "a part of a screen")]
fn set_place(ui: &App, hung: &Hung) {
    let part = (hung.part_in_reach() as f32).max(LEAST_PART);
    let height = ui
        .window()
        .size()
        .to_logical(ui.window().scale_factor())
        .height;
    let theme = ui.global::<Theme>();
    theme.set_reach(height * part);
    theme.set_roomy(hung.width_mm.max(hung.height_mm) >= ROOMY_MM);
    ui.global::<ConfortAdapter>().set_can_lower(part < 1.0);
}
