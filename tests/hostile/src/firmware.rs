//! The systems that the network offers.

use media_manifest::check::limits;
use media_manifest::firmware::Version;
use media_manifest::trust::read_firmware;

use crate::catalogue::refused;

/// Reads `firmware.json` as a borne does: a refusal is short and can be printed, what is accepted is
/// written as it was read, and a version is the name of a file and nothing more.
///
/// # Panics
/// Something does not hold.
pub fn firmware(bytes: &[u8]) {
    let firmware = match read_firmware(bytes) {
        Ok(firmware) => firmware,
        Err(error) => return refused(&error),
    };
    let written = serde_json::to_vec(&firmware).expect("it is JSON");
    let again = read_firmware(&written).expect("accepted once, accepted twice");
    assert_eq!(again, firmware);
    for release in &firmware.releases {
        assert_eq!(firmware.of(&release.product), Some(release), "one for each");
        let name = release.version.to_string();
        assert!(name.len() <= limits::VERSION_CHARS);
        let sign = |sign: char| sign.is_ascii_alphanumeric() || ".-".contains(sign);
        assert!(name.starts_with(|first: char| first.is_ascii_digit()) && name.chars().all(sign));
        assert_eq!(name.parse::<Version>().as_ref(), Ok(&release.version));
    }
}
