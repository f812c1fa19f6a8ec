//! The panel below the picture: where a finger is felt when the picture is turned.
//!
//! The toolkit turns what it draws and not what it feels: it takes the place of a finger on the panel, in
//! parts of the panel's width and height, for a place in the picture. Whatever tells such places is
//! therefore given a matrix that leads from the panel to the picture.

use input::Event;
use input::event::{DeviceEvent, EventTrait as _};

/// What the toolkit reads when it opens the screen itself: by how much the picture is turned.
pub const ROTATION: &str = "SLINT_KMS_ROTATION";

/// Two rows of three, as libinput takes them: both places are in parts of a width and a height.
type Matrix = [f32; 6];

/// The picture lies as the panel does.
const STRAIGHT: Matrix = [1.0, 0.0, 0.0, 0.0, 1.0, 0.0];

/// From the panel to a picture that is turned on it by so many degrees, clockwise; `None` when it is not.
const fn turned(degrees: u16) -> Option<Matrix> {
    match degrees {
        90 => Some([0.0, 1.0, 0.0, -1.0, 0.0, 1.0]),
        180 => Some([-1.0, 0.0, 1.0, 0.0, -1.0, 1.0]),
        270 => Some([0.0, -1.0, 1.0, 1.0, 0.0, 0.0]),
        _ => None,
    }
}

/// `first`, then `second`.
fn both(first: Matrix, second: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = first;
    let row = |x: f32, y: f32, one: f32| [x * a + y * d, x * b + y * e, x * c + y * f + one];
    let [[a, b, c], [d, e, f]] = [
        row(second[0], second[1], second[2]),
        row(second[3], second[4], second[5]),
    ];
    [a, b, c, d, e, f]
}

/// How the toolkit turns the picture when it opens the screen itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn(Matrix);

impl Turn {
    /// As the toolkit was told; `None` when the picture lies straight.
    pub fn told() -> Option<Self> {
        Self::by(std::env::var(ROTATION).ok()?.parse().ok()?)
    }

    /// By so many degrees, clockwise; `None` when that is no turn of a picture.
    pub fn by(degrees: u16) -> Option<Self> {
        turned(degrees).map(Self)
    }

    /// Where a finger at a place of the panel is in the picture.
    #[cfg(test)]
    pub const fn felt(self, (x, y): (f32, f32)) -> (f32, f32) {
        let Self([a, b, c, d, e, f]) = self;
        (a * x + b * y + c, d * x + e * y + f)
    }

    /// Looks at what comes from panels, before the toolkit does; says whether it was for nobody else.
    pub fn meet(self, event: &Event) -> bool {
        if let Event::Device(DeviceEvent::Added(added)) = event {
            self.calibrate(added.device());
        }
        false
    }

    /// What the system knows of a panel stays, such as one that is mounted the other way round.
    fn calibrate(self, mut device: input::Device) {
        if !device.config_calibration_has_matrix() {
            return;
        }
        let own = device.config_calibration_default_matrix();
        let matrix = both(own.unwrap_or(STRAIGHT), self.0);
        let done = device.config_calibration_set_matrix(matrix);
        let name = device.name();
        match done {
            Ok(()) => tracing::info!(%name, "a finger is felt where the turned picture is"),
            Err(error) => tracing::error!(%name, ?error, "a finger is not felt where it touches"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Corners in parts of a width and a height.
    const TOP_LEFT: (f32, f32) = (0.0, 0.0);
    const TOP_RIGHT: (f32, f32) = (1.0, 0.0);
    const BOTTOM_RIGHT: (f32, f32) = (1.0, 1.0);
    const BOTTOM_LEFT: (f32, f32) = (0.0, 1.0);

    /// Those of the panel, clockwise.
    const CORNERS: [(f32, f32); 4] = [TOP_LEFT, TOP_RIGHT, BOTTOM_RIGHT, BOTTOM_LEFT];

    #[test]
    fn a_finger_at_a_corner_is_felt_at_the_corner_of_the_picture_that_is_drawn_there() {
        // Clockwise from the panel's top left: a quarter turn takes the picture's own to the top right.
        for (degrees, drawn) in [
            (90, [BOTTOM_LEFT, TOP_LEFT, TOP_RIGHT, BOTTOM_RIGHT]),
            (180, [BOTTOM_RIGHT, BOTTOM_LEFT, TOP_LEFT, TOP_RIGHT]),
            (270, [TOP_RIGHT, BOTTOM_RIGHT, BOTTOM_LEFT, TOP_LEFT]),
        ] {
            let turn = Turn::by(degrees).unwrap();
            assert_eq!(CORNERS.map(|at| turn.felt(at)), drawn, "{degrees}");
        }
    }

    #[test]
    fn a_picture_that_is_not_turned_leaves_panels_alone() {
        for degrees in [0, 45, 360] {
            assert_eq!(turned(degrees), None, "{degrees}");
        }
    }

    #[test]
    fn quarter_turns_add_up_to_none() {
        let quarter = turned(90).unwrap();
        let half = both(quarter, quarter);
        assert_eq!(Some(half), turned(180));
        assert_eq!(Some(both(half, quarter)), turned(270));
        assert_eq!(both(half, half), STRAIGHT);
    }

    #[test]
    fn a_panel_that_tells_half_its_width_still_does_below_a_turned_picture() {
        let half_width = [2.0, 0.0, 0.0, 0.0, 1.0, 0.0];
        let turn = Turn(both(half_width, turned(90).unwrap()));
        assert_eq!(turn.felt((0.5, 0.0)), TOP_LEFT);
        assert_eq!(turn.felt((0.25, 1.0)), (1.0, 0.5));
    }
}
