//! A turned picture, drawn as the panel shows it: what is felt at a place is what is drawn there.

use slint::platform::software_renderer::RenderingRotation;
use tempfile::TempDir;

use super::super::panel::Turn;
use super::*;
use crate::demonstration;
use crate::visit::Action;

/// Least part of the pixels that are those of the picture: edges are drawn a little differently when it is
/// turned. A wrong turn has half of them, of the ground.
const ALIKE: f32 = 0.8;

/// Most by which a colour may be another one.
const SHADE: u8 = 16;

/// Pixels of the panel's sides.
const PANEL: (u16, u16) = (640, 360);

fn pixels(buffer: &[u8], width: u32, (x, y): (f32, f32)) -> [u8; 3] {
    let at = (y as usize * width as usize + x as usize) * 3;
    [buffer[at], buffer[at + 1], buffer[at + 2]]
}

/// What the panel shows of a picture that the toolkit turns.
fn on_panel(gallery: &Gallery, rotation: RenderingRotation) -> Vec<u8> {
    let (width, height) = PANEL;
    let mut panel = SharedPixelBuffer::<Rgb8Pixel>::new(width.into(), height.into());
    gallery.window.request_redraw();
    gallery.window.draw_if_needed(|renderer| {
        renderer.set_repaint_buffer_type(RepaintBufferType::NewBuffer);
        renderer.set_rendering_rotation(rotation);
        renderer.render(panel.make_mut_slice(), width.into());
        renderer.set_rendering_rotation(RenderingRotation::NoRotation);
    });
    panel.as_bytes().to_vec()
}

/// The part of the panel where a finger is felt at the pixel of the picture that is drawn there.
fn felt(turn: Turn, panel: &[u8], (picture, width, height): &(Vec<u8>, u32, u32)) -> f32 {
    let (across, down) = (f32::from(PANEL.0), f32::from(PANEL.1));
    let places = (0..PANEL.1).flat_map(|y| (0..PANEL.0).map(move |x| (f32::from(x), f32::from(y))));
    let alike = places.filter(|(x, y)| {
        let (u, v) = turn.felt(((x + 0.5) / across, (y + 0.5) / down));
        let there = (u * *width as f32, v * *height as f32);
        let shown = pixels(panel, PANEL.0.into(), (*x, *y));
        let mut pairs = shown.iter().zip(pixels(picture, *width, there));
        pairs.all(|(one, other)| one.abs_diff(other) <= SHADE)
    });
    alike.count() as f32 / (across * down)
}

#[test]
fn a_finger_is_felt_at_what_is_drawn_below_it_however_the_picture_is_turned() {
    let folder = TempDir::new().unwrap();
    let settings = demonstration::borne(folder.path(), super::super::calendar::today()).unwrap();
    let (across, down) = (PANEL.0.into(), PANEL.1.into());
    let gallery = Gallery::open(&settings, across, down).unwrap();
    gallery.act(Action::Wake);
    for (degrees, rotation, size) in [
        (90, RenderingRotation::Rotate90, (down, across)),
        (180, RenderingRotation::Rotate180, (across, down)),
        (270, RenderingRotation::Rotate270, (down, across)),
    ] {
        gallery.resize(size.0, size.1);
        gallery.settle();
        let picture = gallery.picture();
        let panel = on_panel(&gallery, rotation);
        for other in [90, 180, 270] {
            let alike = felt(Turn::by(other).unwrap(), &panel, &picture);
            let right = other == degrees;
            assert_eq!(alike > ALIKE, right, "{other} for {degrees}: {alike}");
        }
    }
}
