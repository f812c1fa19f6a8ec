//! The words of the three languages of the screen.

/// A unit's sign and its words for one and for many.
pub(super) struct Unit {
    pub(super) sign: &'static str,
    pub(super) one: &'static str,
    pub(super) many: &'static str,
}

/// What signs are called in a language.
pub(super) struct Tongue {
    /// Feminine forms are written after a dot: `financier.ère`.
    pub(super) marks_gender: bool,
    /// Nought and one and a half take the singular.
    pub(super) one_below_two: bool,
    pub(super) and: &'static str,
    pub(super) or: &'static str,
    pub(super) minus: &'static str,
    pub(super) plus: &'static str,
    pub(super) hours: Unit,
    pub(super) minutes: Unit,
    pub(super) seconds: Unit,
    pub(super) units: &'static [Unit],
    /// Letters of `F/H/X`.
    pub(super) genders: &'static [(char, &'static str)],
    /// Signs of an address on the web, as they are dictated.
    pub(super) web: &'static [(char, &'static str)],
}

const fn unit(sign: &'static str, one: &'static str, many: &'static str) -> Unit {
    Unit { sign, one, many }
}

const FRENCH: Tongue = Tongue {
    marks_gender: true,
    one_below_two: true,
    and: "et",
    or: "ou",
    minus: "moins",
    plus: "plus",
    hours: unit("h", "heure", "heures"),
    minutes: unit("min", "minute", "minutes"),
    seconds: unit("s", "seconde", "secondes"),
    units: &[
        unit("km", "kilomètre", "kilomètres"),
        unit("km/h", "kilomètre par heure", "kilomètres par heure"),
        unit("cm", "centimètre", "centimètres"),
        unit("kg", "kilo", "kilos"),
        unit("%", "pour cent", "pour cent"),
        unit("€", "euro", "euros"),
    ],
    genders: &[
        ('F', "femme"),
        ('H', "homme"),
        ('M', "homme"),
        ('X', "autre"),
    ],
    web: &[
        ('.', "point"),
        ('/', "barre oblique"),
        ('-', "tiret"),
        ('_', "tiret bas"),
        ('@', "arobase"),
    ],
};

const ENGLISH: Tongue = Tongue {
    marks_gender: false,
    one_below_two: false,
    and: "and",
    or: "or",
    minus: "minus",
    plus: "plus",
    hours: unit("h", "hour", "hours"),
    minutes: unit("min", "minute", "minutes"),
    seconds: unit("s", "second", "seconds"),
    units: &[
        unit("km", "kilometre", "kilometres"),
        unit("km/h", "kilometre per hour", "kilometres per hour"),
        unit("cm", "centimetre", "centimetres"),
        unit("kg", "kilo", "kilos"),
        unit("%", "percent", "percent"),
        unit("€", "euro", "euros"),
    ],
    genders: &[('F', "woman"), ('M', "man"), ('W', "woman"), ('X', "other")],
    web: &[
        ('.', "dot"),
        ('/', "slash"),
        ('-', "dash"),
        ('_', "underscore"),
        ('@', "at"),
    ],
};

const DUTCH: Tongue = Tongue {
    marks_gender: false,
    one_below_two: false,
    and: "en",
    or: "of",
    minus: "min",
    plus: "plus",
    hours: unit("u", "uur", "uur"),
    minutes: unit("min", "minuut", "minuten"),
    seconds: unit("s", "seconde", "seconden"),
    units: &[
        unit("km", "kilometer", "kilometer"),
        unit("km/u", "kilometer per uur", "kilometer per uur"),
        unit("cm", "centimeter", "centimeter"),
        unit("kg", "kilo", "kilo"),
        unit("%", "procent", "procent"),
        unit("€", "euro", "euro"),
    ],
    genders: &[('V', "vrouw"), ('M', "man"), ('X', "ander")],
    web: &[
        ('.', "punt"),
        ('/', "schuine streep"),
        ('-', "streepje"),
        ('_', "laag streepje"),
        ('@', "apenstaartje"),
    ],
};

impl Tongue {
    /// The words of a language, BCP 47, where they are known.
    pub(super) fn of(language: &str) -> Option<&'static Self> {
        static TONGUES: [(&str, Tongue); 3] = [("fr", FRENCH), ("en", ENGLISH), ("nl", DUTCH)];
        let primary = language.split('-').next()?;
        let known = TONGUES
            .iter()
            .find(|(tag, _)| tag.eq_ignore_ascii_case(primary));
        known.map(|(_, tongue)| tongue)
    }

    /// The unit of a sign.
    pub(super) fn unit(&self, sign: &str) -> Option<&Unit> {
        [&self.hours, &self.minutes, &self.seconds]
            .into_iter()
            .chain(self.units)
            .find(|unit| unit.sign == sign)
    }
}
