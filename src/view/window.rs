//! The window: its renderer, its size, and the size of things on it.

use slint::winit_030::{WinitWindowAccessor, winit};
use slint::{BackendSelector, ComponentHandle, PhysicalPosition, PhysicalSize, PlatformError};

use crate::settings::{Orientation, Renderer, Screen};

use super::handle::Handle;
use super::markup::{App, ConfortAdapter, Theme};

/// Design pixels of the drawings, the long and the short side.
const LONG: f32 = 1920.0;
const SHORT: f32 = 1080.0;

/// Chooses how to draw, before any window: by software unless the settings ask for GL.
pub fn select(screen: &Screen) -> Result<&'static str, PlatformError> {
    let renderer = match screen.renderer {
        Renderer::Auto | Renderer::Software => "software",
        Renderer::Gl => "femtovg",
    };
    BackendSelector::new()
        .backend_name("winit".to_owned())
        .renderer_name(renderer.to_owned())
        .select()?;
    tracing::info!(renderer, "screen");
    Ok(renderer)
}

/// Sizes things with the window, from now on.
pub fn bind(ui: &App, handle: &Handle, screen: &Screen) {
    let (weak, handle) = (ui.as_weak(), handle.clone());
    let orientation = screen.orientation;
    let reach = Reach::of(screen);
    fit(ui, orientation, reach);
    ui.on_resized(move |_, _| {
        if let Some(ui) = weak.upgrade() {
            fit(&ui, orientation, reach);
            handle.with(super::stage::Stage::resized);
        }
    });
}

/// Fills the screen: asked of the window manager, and done by hand where there is none. The window
/// opens once the event loop runs.
pub fn fill_when_open(ui: &App) {
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

/// How high somebody seated reaches, mm above the floor: EN 301 549, 5.1.7 to 8 through
/// `visitor-experience`; less where a plinth keeps the knees away.
const SEATED_MM: u32 = 1_220;

/// Long side of a screen of 32 inches, mm: from there on a finger finds a row of small tiles.
const ROOMY_MM: u32 = 700;

/// Least part of the screen that still holds all controls.
const LEAST_PART: f32 = 0.6;

/// The screen's place on the wall.
#[derive(Clone, Copy)]
struct Reach {
    lower_edge_mm: u32,
    sides_mm: (u32, u32),
}

impl Reach {
    const fn of(screen: &Screen) -> Self {
        Self {
            lower_edge_mm: screen.lower_edge_mm,
            sides_mm: (screen.width_mm, screen.height_mm),
        }
    }

    /// Large enough for the univers on the home screen.
    fn is_roomy(self) -> bool {
        self.sides_mm.0.max(self.sides_mm.1) >= ROOMY_MM
    }

    /// The part of the screen, from its lower edge, that somebody seated reaches; the settings may
    /// give the sides of a screen that was turned since.
    #[allow(clippy::cast_precision_loss, reason = "millimetres of a screen")]
    fn part(self, portrait: bool) -> f32 {
        let (width, height) = self.sides_mm;
        let height = if portrait {
            width.max(height)
        } else {
            width.min(height)
        };
        let within = SEATED_MM.saturating_sub(self.lower_edge_mm) as f32;
        (within / height.max(1) as f32).clamp(LEAST_PART, 1.0)
    }
}

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

fn fit(ui: &App, orientation: Orientation, reach: Reach) {
    let size = ui.window().size().to_logical(ui.window().scale_factor());
    let portrait = match orientation {
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
    let part = reach.part(portrait);
    theme.set_reach(size.height * part);
    ui.global::<ConfortAdapter>().set_can_lower(part < 1.0);
    theme.set_roomy(reach.is_roomy());
    theme.set_portrait(portrait);
    theme.set_u((size.width / width).min(size.height / height).max(0.1));
}
