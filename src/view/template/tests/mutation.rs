use super::compiled;

/// What is changed: every construct, in few letters.
const SEED: &str = "<wxs module=\"m\">a</wxs><import src=\"b\"/><include src='c'/>\
    <template name=\"t\"><v>{{a.b[0x1f]+'\\u0041'}}</v></template>\
    <template is=\"{{t}}\" data=\"{{a,b:[1,,...c],...d}}\"/>\
    <view wx:for=\"{{l}}\" wx:key=\"k\" wx:for-item=\"i\" class:a=\"{{b}}\" style:c='d' let:e=\"{{f}}\" \
    id=x bind:tap=\"g\" catchtap data-a-b=\"{{!i?1.5e-2:07}}\" mark:h model:j=\"{{i.k}}\" \
    change:n=\"{{m.o}}\" generic:p=\"q\" worklet:r=\"s\" slot:u=\"w\"><block wx:if=\"{{a&&b||c??1}}\">\
    名&amp;{{a}} {{typeof b}}</block><slot wx:else name=\"n\" v=\"{{-1>>>2}}\"/></view><!-- z -->";

/// Pieces that are put in.
const PIECES: &[&str] = &[
    "<",
    ">",
    "/>",
    "</",
    "</view>",
    "\"",
    "'",
    "{{",
    "}}",
    "{",
    "}",
    "(",
    ")",
    "[",
    "]",
    ":",
    "=",
    "&",
    "&#x41;",
    "wx:if",
    "wx:elif=\"{{a}}\"",
    "let:a=\"{{a}}\"",
    "...",
    "0x",
    "1e",
    "09",
    ".",
    ",",
    "?",
    "\\",
    "\\u",
    "!",
    "<!--",
    "-->",
    "<!",
    "<wxs>",
    "名",
    "\u{1F600}",
    "\n",
    " ",
    "\0",
    "9999999999999",
];

/// The next of a series of numbers (a linear congruence; its upper half is good enough here).
struct Series(u64);

impl Series {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % end
    }
}

fn mutated(series: &mut Series) -> String {
    let mut letters: Vec<char> = SEED.chars().collect();
    for _ in 0..=series.below(6) {
        let at = series.below(letters.len());
        let to = (at + 1 + series.below(12)).min(letters.len());
        match series.below(4) {
            0 => drop(letters.drain(at..to)),
            1 => {
                let piece = PIECES[series.below(PIECES.len())];
                drop(letters.splice(at..at, piece.chars()));
            }
            2 => {
                let piece = PIECES[series.below(PIECES.len())];
                drop(letters.splice(at..to, piece.chars()));
            }
            _ => {
                let copied = letters[at..to].to_vec();
                let into = series.below(letters.len());
                drop(letters.splice(into..into, copied));
            }
        }
    }
    letters.into_iter().collect()
}

#[test]
fn twenty_thousand_damaged_templates_are_read_or_told_of() {
    let mut series = Series(20_261_126);
    for round in 0..20_000 {
        let text = mutated(&mut series);
        let (_, findings) = compiled(&text);
        // A panic of the parser is caught and told: each one that is known is refused beforehand.
        assert!(
            !findings.contains("gave up"),
            "round {round}: {text}\n{findings}"
        );
    }
}
