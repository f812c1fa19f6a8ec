use super::*;
use media::Folder;

type Rgb = [u8; 3];

fn painted(frame: &Frame) -> Vec<u8> {
    let mut rgb = vec![7; frame.width() as usize * frame.height() as usize * 3];
    frame.paint(&mut rgb);
    rgb
}

fn pixel(frame: &Frame, x: usize, y: usize) -> Rgb {
    let at = (y * frame.width() as usize + x) * 3;
    painted(frame)[at..at + 3].try_into().expect("three bytes")
}

fn is_red(pixel: Rgb) -> bool {
    pixel[0] > 200 && pixel[1] < 60 && pixel[2] < 60
}

fn is_blue(pixel: Rgb) -> bool {
    pixel[0] < 60 && pixel[1] < 60 && pixel[2] > 200
}

fn is_white(pixel: Rgb) -> bool {
    pixel.iter().all(|&value| value > 230)
}

fn is_black(pixel: Rgb) -> bool {
    pixel.iter().all(|&value| value < 25)
}

/// The first picture of a file, held, at this size.
fn first(path: &Path, width: u32, height: u32) -> Frame {
    let mut bench = Bench::new();
    bench.player.set_target_size(width, height);
    bench.load(1, path);
    bench.until_first_frame(1);
    let frame = bench.frame();
    assert_eq!(
        (frame.width(), frame.height(), frame.session()),
        (width, height, 1)
    );
    frame
}

#[test]
fn pictures_follow_each_other() {
    let folder = Folder::new();
    let mut bench = Bench::new();
    bench.load(1, &folder.mp4(3));
    bench.player.play();
    bench.until_first_frame(1);
    let first = painted(&bench.frame());
    bench.until_position(1, |ms| ms > 1_000);
    assert_ne!(painted(&bench.frame()), first);
}

#[test]
fn a_picture_is_taken_once() {
    let folder = Folder::new();
    let mut bench = Bench::new();
    bench.load(1, &folder.mp4(1));
    bench.until_first_frame(1);
    let frames = bench.player.frames();
    assert!(frames.take().is_some());
    assert!(frames.take().is_none());
}

#[test]
fn a_turned_video_stands_upright_between_black_borders() {
    let frame = first(&Folder::new().turned(), 320, 320);
    let (top, bottom) = (pixel(&frame, 160, 60), pixel(&frame, 160, 260));
    assert!(
        is_red(top) && is_blue(bottom) || is_blue(top) && is_red(bottom),
        "{top:?} {bottom:?}"
    );
    assert!(is_black(pixel(&frame, 30, 160)) && is_black(pixel(&frame, 290, 160)));
}

#[test]
fn wide_pixels_are_made_square() {
    let frame = first(&Folder::new().anamorphic(), 320, 320);
    assert!(is_white(pixel(&frame, 8, 160)) && is_white(pixel(&frame, 311, 160)));
    assert!(is_black(pixel(&frame, 160, 40)) && is_black(pixel(&frame, 160, 280)));
}

#[test]
fn an_odd_width_loses_no_pixel() {
    let frame = first(&Folder::new().anamorphic(), 315, 90);
    assert!(is_white(pixel(&frame, 157, 45)) && is_black(pixel(&frame, 314, 89)));
    let mut short = vec![7; 315 * 90 * 3 - 1];
    frame.paint(&mut short);
    assert!(
        short.iter().all(|&byte| byte == 7),
        "painted on too small a canvas"
    );
}

#[test]
fn the_size_may_change_while_it_plays() {
    let folder = Folder::new();
    let mut bench = Bench::new();
    bench.load(1, &folder.mp4(5));
    bench.player.play();
    bench.until_first_frame(1);
    bench.player.set_target_size(640, 360);
    let frames = bench.player.frames();
    let mut sizes = Vec::new();
    while sizes.last() != Some(&(640, 360)) {
        bench.until_position(1, |_| true);
        sizes.extend(frames.take().map(|frame| (frame.width(), frame.height())));
    }
}
