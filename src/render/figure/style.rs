//! How figures look: one set of rules and two palettes, for paper and for dark screens. What carries data stands out
//! from its ground by a contrast of 3 to 1 or so, text by 4.5; lines that only guide the eye stay back.

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
        "#1f6fb2", "#c2511b", "#1a8458", "#8b4fb0", "#8f6b00", "#b52e62", "#4f6b7d", "#7a7f85",
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
        "#62aeea", "#ee9466", "#5cc79a", "#c797ea", "#d8b551", "#f080aa", "#a2bccd", "#a9aeb4",
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
