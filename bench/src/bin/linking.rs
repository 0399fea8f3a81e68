//! Linking of pages that all end in one footer: seconds may grow with the pages, not with their square.
//!
//! `linking [N…]`: numbers of pages, 1000 5000 20000 if none is given. The pages are made here, of invented words.

use anyhow::Result;
use dateline_bench::clock::median;
use dateline_story::{Print, link};

/// Rounds of each size; the median is told.
const ROUNDS: usize = 3;
/// Words of a page.
const LENGTH: usize = 400;
/// Pages of one day.
const PER_DAY: usize = 40;

fn main() -> Result<()> {
    let sizes = std::env::args().skip(1).map(|a| Ok(a.parse()?)).collect::<Result<Vec<usize>>>()?;
    let sizes = if sizes.is_empty() { vec![1000, 5000, 20_000] } else { sizes };
    println!("| pages | footer | seconds, all cores | ms/page | pairs of copies |");
    println!("| --- | --- | --- | --- | --- |");
    for n in sizes {
        for footer in [0, 60, 200] {
            let prints: Vec<Print> = (0..n).map(|i| page(i, footer)).collect();
            let mut copies = 0;
            let mut rounds = Vec::new();
            for _ in 0..ROUNDS {
                let start = std::time::Instant::now();
                let links = link(&prints);
                rounds.push(start.elapsed().as_secs_f64());
                copies = links.members.iter().map(|m| m.copies.len()).sum::<usize>() / 2;
            }
            let seconds = median(&rounds);
            println!("| {n} | {footer} words | {seconds:.2} | {:.2} | {copies} |", 1e3 * seconds / n as f64);
        }
    }
    Ok(())
}

/// A page of its own invented words, and the footer that all share.
fn page(i: usize, footer: usize) -> Print {
    let mut chance = Chance(i as u64 + 1);
    let own: Vec<String> = (0..40).map(|_| chance.word()).collect();
    let mut text =
        sentence((0..LENGTH).map(|k| if k % 3 == 0 { own[chance.below(40)].clone() } else { common(&mut chance) }));
    let mut same = Chance(7);
    text.push_str("\n\n");
    text.push_str(&sentence((0..footer).map(|_| same.word())));
    let day = i / PER_DAY;
    Print {
        id: format!("{i:06}"),
        title: sentence(own.iter().take(8).cloned()),
        text,
        published: Some(format!("{}-{:02}-{:02}", 2020 + day / 336, day / 28 % 12 + 1, day % 28 + 1)),
        outlet: Some(format!("Outlet {}", i % 50)),
        language: Some("en".to_owned()),
        ..Print::default()
    }
}

fn sentence(words: impl Iterator<Item = String>) -> String {
    let mut out = String::new();
    for (i, word) in words.enumerate() {
        if i > 0 {
            out.push_str(if i % 15 == 0 { ". " } else { " " });
        }
        out.push_str(&word);
    }
    out
}

/// A word from a small stock, as function words are.
fn common(chance: &mut Chance) -> String {
    let mut word = Chance(1000 + chance.below(300) as u64);
    word.word()
}

/// A sequence that is the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % n as u64) as usize
    }

    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 24] = [
            "ba", "dor", "fen", "gul", "hi", "jor", "ka", "lem", "mi", "nor", "pa", "rel", "sa", "tov", "u", "vik",
            "wen", "yl", "za", "bri", "cho", "dre", "fla", "gro",
        ];
        (0..3).map(|_| SYLLABLES[self.below(24)]).collect()
    }
}
