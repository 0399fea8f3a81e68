use super::wrap::Style;
use crate::numbers::value_words;
use crate::{day_words, fact_label, paywall_words, shown};
use dateline_article::{Article, BlockKind};
use dateline_reading::{NameKind, Reading};
use std::fmt::Write;

/// One read page for people: what it is, its text, and what was found in it.
pub fn reading(source: &str, a: &Article, r: &Reading, style: Style) -> String {
    let mut out = String::new();
    let title = a.title.as_deref().map_or_else(|| "(no title)".to_owned(), shown);
    let _ = writeln!(out, "{}", style.strong(&title));
    let mut facts: Vec<String> = Vec::new();
    facts.extend(a.outlet.as_deref().map(shown));
    facts.extend(a.bylines.iter().map(|b| shown(b)));
    facts.push(
        a.published
            .as_ref()
            .map_or_else(|| "no date on the page".to_owned(), |p| format!("{} ({})", day_words(&p.value), p.basis)),
    );
    facts.extend(a.modified.as_ref().map(|m| format!("changed {}", day_words(&m.value))));
    facts.extend(a.wire.as_deref().map(|w| format!("credits {w}")));
    facts.extend(a.section.as_ref().map(|s| shown(&s.value)));
    facts.extend(a.paywall.as_ref().map(paywall_words));
    facts.extend(a.language.clone());
    style.paragraph(&mut out, "", "", &style.dim(&facts.join(" · ")));
    let _ = writeln!(out, "{}\n", style.dim(source));
    for b in a.blocks.iter().filter(|b| b.kind != BlockKind::Title) {
        let lead = if b.kind == BlockKind::ListItem { "- " } else { "" };
        style.paragraph(&mut out, lead, if lead.is_empty() { "" } else { "  " }, &shown(b.span.of(&a.text)));
        out.push('\n');
    }
    names(&mut out, r, style);
    sayings(&mut out, a, r, style);
    figures(&mut out, a, r, style);
    times(&mut out, a, r, style);
    if !a.asides.is_empty() {
        let _ = writeln!(out, "{} parts of the page kept out", a.asides.len());
    }
    for n in &a.notes {
        let _ = writeln!(out, "Note: {}", shown(n));
    }
    out
}

/// Of each fact: what was taken and where it was read, and what came second and why it was not taken.
pub fn choices(a: &Article, style: Style) -> String {
    let mut out = style.strong("Why these");
    out.push('\n');
    for c in &a.choices {
        let taken = format!("{}: {} ({})", fact_label(c.fact), shown(&c.value), c.basis);
        style.paragraph(&mut out, "  ", "    ", &taken);
        if let Some(second) = &c.runner_up {
            let second = format!("rather than {} ({}): {}", shown(&second.value), second.basis, second.why);
            style.paragraph(&mut out, "    ", "      ", &style.dim(&second));
        }
    }
    if let Some(wall) = &a.paywall {
        style.paragraph(&mut out, "  ", "    ", &format!("{}: {}", paywall_words(wall), shown(&wall.words)));
    }
    out
}

fn names(out: &mut String, r: &Reading, style: Style) {
    let kinds = [
        (NameKind::Person, "People"),
        (NameKind::Org, "Organisations"),
        (NameKind::Place, "Places"),
        (NameKind::Norp, "Groups"),
        (NameKind::Facility, "Facilities"),
        (NameKind::Event, "Events"),
    ];
    for (kind, label) in kinds {
        let names: Vec<String> = r
            .entities
            .iter()
            .filter(|e| e.kind == kind)
            .map(|e| match &e.role {
                Some(role) => format!("{} ({})", shown(&e.name), shown(role)),
                None => shown(&e.name),
            })
            .collect();
        if !names.is_empty() {
            style.paragraph(out, &format!("{}: ", style.strong(label)), "  ", &names.join(", "));
        }
    }
}

fn sayings(out: &mut String, a: &Article, r: &Reading, style: Style) {
    if r.attributions.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", style.strong("Who said what"));
    for at in &r.attributions {
        let words =
            |spans: &[dateline_text::Span]| spans.iter().map(|s| shown(s.of(&a.text))).collect::<Vec<_>>().join(" … ");
        let speaker = at.speaker.and_then(|i| r.entities.get(i)).map(|e| shown(&e.name));
        let source = words(&at.source);
        let who = match speaker {
            Some(name) if name != source => format!("{name} [{source}]"),
            Some(name) => name,
            None if source.is_empty() => "(no source)".to_owned(),
            None => source,
        };
        let line = format!("{} {}: {}", style.strong(&who), style.dim(&words(&at.cue)), words(&at.content));
        style.paragraph(out, "  ", "    ", &line);
    }
}

fn figures(out: &mut String, a: &Article, r: &Reading, style: Style) {
    if r.figures.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", style.strong("Figures"));
    for f in &r.figures {
        let counted = f.counted.map(|c| shown(c.of(&a.text))).unwrap_or_default();
        let value = value_words(f.value, f.unit.as_deref(), f.modifier);
        let as_of = f.as_of.as_deref().map(|d| format!(", as of {}", day_words(d))).unwrap_or_default();
        style.paragraph(out, "  ", "    ", &format!("“{}” {counted} = {value}{as_of}", shown(f.span.of(&a.text))));
    }
}

fn times(out: &mut String, a: &Article, r: &Reading, style: Style) {
    if r.times.is_empty() {
        return;
    }
    let all: Vec<String> = r.times.iter().map(|t| format!("“{}” = {}", shown(t.span.of(&a.text)), t.value)).collect();
    let _ = writeln!(out, "\n{}", style.strong("Times"));
    style.paragraph(out, "  ", "    ", &all.join(" · "));
}
