//! How figures look: one set of rules and two palettes, for paper and for dark screens. What carries data stands out
//! from its ground by a contrast of 3 to 1 or so, text by 4.5; lines that only guide the eye stay back. Colours of series
//! differ in lightness, too, so that an eye that does not tell red from green tells them apart.

/// The colours of a ground.
#[derive(Debug)]
pub(in crate::render) struct Palette {
    /// What all stands on.
    pub ground: &'static str,
    /// Text.
    pub ink: &'static str,
    /// Text beside the matter: scales, notes.
    pub faint: &'static str,
    /// Lines that only guide the eye.
    pub rule: &'static str,
    /// Land on a map.
    pub land: &'static str,
    /// The sea around it.
    pub sea: &'static str,
    /// What is told apart by colour.
    pub series: [&'static str; super::N_COLOURS],
}

pub(in crate::render) const LIGHT: Palette = Palette {
    ground: "#ffffff",
    ink: "#1c2126",
    faint: "#59626b",
    rule: "#d9dee3",
    land: "#dcded4",
    sea: "#f2f6f9",
    series: [
        "#1f74c8", "#b5520b", "#14a06c", "#5e2390", "#b08f1e", "#86143f", "#44607c", "#7c838a",
    ],
};

pub(in crate::render) const DARK: Palette = Palette {
    ground: "#14181c",
    ink: "#e8ebee",
    faint: "#a3adb7",
    rule: "#343c44",
    land: "#343d45",
    sea: "#1a2026",
    series: [
        "#5fa8f0", "#e0793a", "#62e0b0", "#b566f2", "#f0dc78", "#dc4d72", "#8299ae", "#e2e5e8",
    ],
};

/// The rules of a figure in these colours; `of` is put before every selector.
pub(in crate::render) fn rules(palette: &Palette, of: &str) -> String {
    let Palette {
        ground,
        ink,
        faint,
        rule,
        land,
        sea,
        series,
    } = palette;
    let mut rules = vec![
        format!(
            "text{{font-family:\"Noto Sans\",\"Helvetica Neue\",Arial,sans-serif;font-size:13px;fill:{ink}}}"
        ),
        format!(".head{{font-size:20px}}"),
        format!(".tick,.note{{font-size:12px;fill:{faint}}}"),
        format!(
            ".value{{font-size:12.5px;fill:{ink};stroke:{ground};stroke-width:3px;stroke-linejoin:round;paint-order:stroke}}"
        ),
        format!(
            ".name{{font-size:12.5px;stroke:{ground};stroke-width:3.5px;stroke-linejoin:round;paint-order:stroke}}"
        ),
        format!(".axis{{stroke:{faint};stroke-width:1px}}"),
        format!(".grid{{stroke:{rule};stroke-width:1px}}"),
        format!(".bar{{fill:{}}}", series[0]),
        ".line{fill:none;stroke-width:2.2px;stroke-linejoin:round;stroke-linecap:round}".to_owned(),
        format!(".mark,.node{{stroke:{ground};stroke-width:1.2px}}"),
        format!(".tie{{stroke:{faint};stroke-opacity:0.38}}"),
        format!(".frame{{fill:none;stroke:{faint};stroke-width:1px}}"),
        format!(".sea{{fill:{sea}}}"),
        format!(".land{{fill:{land};stroke:{rule};stroke-width:0.7px}}"),
        format!(
            ".place{{fill:{};fill-opacity:0.85;stroke:{ground};stroke-width:0.8px}}",
            series[1]
        ),
    ];
    let dashes = ["", "8 4", "2 5", "10 4 2 4"];
    for (n, colour) in series.iter().enumerate() {
        rules.push(format!(".s{n}{{fill:{colour}}}"));
        let dash = dashes[n % dashes.len()];
        let dash = if dash.is_empty() {
            String::new()
        } else {
            format!(";stroke-dasharray:{dash}")
        };
        rules.push(format!(".l{n}{{stroke:{colour}{dash}}}"));
    }
    let whole = rules.join("\n");
    if of.is_empty() {
        return whole;
    }
    let lines = whole.lines().map(|line| {
        let (selectors, rule) = line.split_once('{').unwrap_or((line, ""));
        let selectors: Vec<String> = selectors.split(',').map(|s| format!("{of} {s}")).collect();
        format!("{}{{{rule}\n", selectors.join(","))
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the eye makes of red, green and blue where it lacks nothing, red, green or blue: Machado, Oliveira and Fernandes (2009).
    const EYES: [[[f64; 3]; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.152, 1.053, -0.205],
            [0.115, 0.786, 0.099],
            [-0.004, -0.048, 1.052],
        ],
        [
            [0.367, 0.861, -0.228],
            [0.280, 0.673, 0.047],
            [-0.012, 0.043, 0.969],
        ],
        [
            [1.256, -0.077, -0.179],
            [-0.078, 0.931, 0.148],
            [0.005, 0.691, 0.304],
        ],
    ];

    /// Red, green and blue as amounts of light.
    fn light(colour: &str) -> [f64; 3] {
        [1, 3, 5].map(|at| {
            let part = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    fn sum(weights: [f64; 3], of: [f64; 3]) -> f64 {
        weights.iter().zip(of).map(|(w, part)| w * part).sum()
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let luminance = |colour| sum([0.2126, 0.7152, 0.0722], light(colour)) + 0.05;
        let (one, other) = (luminance(one), luminance(other));
        one.max(other) / one.min(other)
    }

    /// A colour in CIELAB, where distances are as eyes see them.
    fn seen(colour: &str, eye: [[f64; 3]; 3]) -> [f64; 3] {
        let rgb = eye.map(|row| sum(row, light(colour)).clamp(0.0, 1.0));
        let root = |t: f64| {
            if t > 0.008_856 {
                t.cbrt()
            } else {
                7.787 * t + 16.0 / 116.0
            }
        };
        let x = root(sum([0.4124, 0.3576, 0.1805], rgb) / 0.9505);
        let y = root(sum([0.2126, 0.7152, 0.0722], rgb));
        let z = root(sum([0.0193, 0.1192, 0.9505], rgb) / 1.089);
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    #[test]
    fn series_stand_out_and_are_told_apart_by_all_eyes() {
        for palette in [&LIGHT, &DARK] {
            assert!(contrast(palette.ink, palette.ground) > 12.0);
            assert!(contrast(palette.faint, palette.ground) > 4.5);
            for (n, one) in palette.series.iter().enumerate() {
                assert!(contrast(one, palette.ground) > 3.0, "{one}");
                for (other, eye) in palette.series[n + 1..]
                    .iter()
                    .flat_map(|other| EYES.map(|eye| (other, eye)))
                {
                    let (a, b) = (seen(one, eye), seen(other, eye));
                    let squares: f64 = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum();
                    assert!(squares.sqrt() > 11.0, "{one} {other}: {}", squares.sqrt());
                }
            }
        }
    }
}
