//! A paragraph as tokens: words with what they do in a clause, quotations folded to one token each.

use super::marks::quotations;
use crate::Doc;
use dateline_lexicon::quotes::{Grammar, QuoteTables, form};
use dateline_text::{Span, WordKind};
use std::ops::Range;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// A word of grammar or time.
    Of(Grammar),
    /// A capitalised word that is no word of grammar.
    Name,
    /// Any other word.
    Word,
    /// A number.
    Number,
    /// A whole quotation.
    Quote,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// A dash that parts, not a hyphen.
    Dash,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// `.`, `!`, `?`
    Stop,
    /// Any other mark.
    Mark,
}

/// One token.
#[derive(Debug, Clone)]
pub struct Token<'t> {
    /// Where it stands.
    pub span: Span,
    /// In lower case, apostrophes straight.
    pub lower: String,
    /// What it is.
    pub tag: Tag,
    /// Verb forms it can be; bits of [`form`].
    pub forms: u8,
    /// Cue verbs it can be, longest first.
    pub cues: &'t [(usize, u8)],
    /// Whether it begins with a capital.
    pub capital: bool,
    /// For a quotation: whether a comma or the end of a sentence stands just before its closing mark.
    pub sentence_inside: bool,
    /// For a quotation: whether a comma stands just before its closing mark.
    pub comma_inside: bool,
    /// Whether it is all capitals, of three letters or more.
    pub shouts: bool,
    /// The quotation folded into it: the paragraph's quotations counted from 0.
    pub quote: Option<usize>,
    /// A subject with its auxiliary ("they're", "I've").
    pub contracted: bool,
}

/// A block of the text, tokenised.
#[derive(Debug)]
pub struct Paragraph<'t> {
    /// Where it stands.
    pub span: Span,
    /// Its tokens.
    pub tokens: Vec<Token<'t>>,
    /// Its sentences, as ranges of tokens; none parts a quotation.
    pub sentences: Vec<Range<usize>>,
    /// Whether most words begin with a capital, as in English headlines.
    pub title_case: bool,
}

/// Tokenises every block of the article. Linear in the text.
pub fn paragraphs<'t>(doc: &Doc, tables: &'t QuoteTables) -> Vec<Paragraph<'t>> {
    let mut out = Vec::with_capacity(doc.blocks.len());
    let (mut word, mut sentence) = (0, 0);
    for (block, b) in doc.blocks.iter().enumerate() {
        let first = word;
        while doc.words.get(word).is_some_and(|w| w.span.start < b.span.end) {
            word += 1;
        }
        let from = sentence;
        while doc.sentences.get(sentence).is_some_and(|s| s.span.start < b.span.end) {
            sentence += 1;
        }
        let ends: Vec<usize> = doc.sentences[from..sentence].iter().map(|s| s.span.end).collect();
        out.push(paragraph(doc, tables, block, first..word, &ends));
    }
    out
}

fn paragraph<'t>(
    doc: &Doc,
    tables: &'t QuoteTables,
    block: usize,
    words: Range<usize>,
    ends: &[usize],
) -> Paragraph<'t> {
    let span = doc.blocks[block].span;
    let quotations = quotations(span.of(doc.text), span.start);
    let mut tokens: Vec<Token<'t>> = Vec::with_capacity(words.len());
    let mut next_quote = 0;
    for word in &doc.words[words.clone()] {
        while quotations.get(next_quote).is_some_and(|q| q.span.end <= word.span.start) {
            next_quote += 1;
        }
        if let Some(q) = quotations.get(next_quote).filter(|q| q.span.overlaps(word.span)) {
            if tokens.last().is_none_or(|t| t.quote != Some(next_quote)) {
                tokens.push(quote_token(q.span, next_quote, q.inner.of(doc.text)));
            }
            continue;
        }
        tokens.push(token(word.of(doc.text), word.span, word.kind, tables));
    }
    let sentences = sentences(&tokens, ends);
    let title_case = is_title_case(doc, words.clone());
    let mut out = Paragraph { span, tokens, sentences, title_case };
    settle(&mut out);
    out
}

fn quote_token(span: Span, quote: usize, inner: &str) -> Token<'static> {
    Token {
        span,
        lower: String::new(),
        tag: Tag::Quote,
        forms: 0,
        cues: &[],
        capital: inner.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase),
        comma_inside: inner.trim_end().ends_with(','),
        sentence_inside: inner.trim_end().ends_with([',', '.', '!', '?', '…']),
        shouts: false,
        quote: Some(quote),
        contracted: false,
    }
}

fn token<'t>(text: &str, span: Span, kind: WordKind, tables: &'t QuoteTables) -> Token<'t> {
    let capital = text.chars().next().is_some_and(char::is_uppercase);
    let shouts = text.len() > 2 && text.chars().all(|c| c.is_uppercase());
    let mut lower = text.to_lowercase();
    if lower.contains('’') {
        lower = lower.replace('’', "'");
    }
    let mut out = Token {
        span,
        lower,
        tag: Tag::Mark,
        forms: 0,
        cues: &[],
        capital,
        comma_inside: false,
        sentence_inside: false,
        shouts,
        quote: None,
        contracted: false,
    };
    match kind {
        WordKind::Number => out.tag = Tag::Number,
        WordKind::Mark => out.tag = mark(text),
        WordKind::Letters => letters(&mut out, tables),
    }
    out
}

fn mark(text: &str) -> Tag {
    match text {
        "," | "،" | "、" => Tag::Comma,
        ":" | "：" => Tag::Colon,
        ";" => Tag::Semicolon,
        "–" | "—" | "-" | "―" => Tag::Dash,
        "(" | "[" => Tag::Open,
        ")" | "]" => Tag::Close,
        "." | "!" | "?" | "…" | "。" => Tag::Stop,
        _ => Tag::Mark,
    }
}

/// Words in "-ly" that are adjectives or nouns.
const NO_ADVERBS: &[&str] = &[
    "early",
    "daily",
    "weekly",
    "monthly",
    "yearly",
    "family",
    "supply",
    "reply",
    "rally",
    "ally",
    "italy",
    "july",
    "deadly",
    "friendly",
    "elderly",
    "likely",
    "unlikely",
    "assembly",
    "monopoly",
    "anomaly",
    "holy",
    "ugly",
    "lonely",
    "costly",
    "orderly",
    "scholarly",
    "fatherly",
    "leisurely",
    "homily",
    "butterfly",
    "bully",
    "belly",
];

fn letters<'t>(out: &mut Token<'t>, tables: &'t QuoteTables) {
    if let Some(verb) = tables.verb(&out.lower) {
        out.forms = verb.forms;
        out.cues = &verb.cues;
    }
    if let Some(g) = tables.grammar(&out.lower) {
        out.tag = Tag::Of(g);
        return;
    }
    if let Some(stem) = out.lower.strip_suffix("n't")
        && let Some(g) = tables.grammar(stem)
    {
        out.tag = Tag::Of(g);
        return;
    }
    for ending in ["'re", "'m", "'ve", "'ll", "'d"] {
        let stem = out.lower.strip_suffix(ending).and_then(|s| tables.grammar(s));
        if matches!(stem, Some(Grammar::Subject | Grammar::Determiner | Grammar::Relative)) {
            out.tag = Tag::Of(Grammar::Subject);
            out.contracted = true;
            return;
        }
    }
    out.tag = if out.capital { Tag::Name } else { Tag::Word };
    if out.forms == 0 && out.tag == Tag::Word {
        if out.lower.len() > 4 && out.lower.ends_with("ed") {
            out.forms = form::PAST | form::PARTICIPLE;
        } else if out.lower.len() > 4 && out.lower.ends_with("ly") && !NO_ADVERBS.contains(&out.lower.as_str()) {
            out.tag = Tag::Of(Grammar::Adverb);
        }
    }
}

/// Tokens of a sentence looked at together; a longer one is read in pieces, which keeps all scans linear.
const LONGEST: usize = 400;

/// Sentence ends that do not fall inside a quotation.
fn sentences(tokens: &[Token], ends: &[usize]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut from = 0;
    let mut ends = ends.iter().copied().peekable();
    for (i, t) in tokens.iter().enumerate() {
        let mut ended = false;
        while let Some(end) = ends.peek().copied().filter(|e| *e <= t.span.end) {
            // an end inside of a quotation counts only where it is the quotation's own end
            ended |= t.quote.is_none() || end == t.span.end;
            ends.next();
        }
        if ended || i + 1 - from >= LONGEST {
            out.push(from..i + 1);
            from = i + 1;
        }
    }
    if from < tokens.len() {
        out.push(from..tokens.len());
    }
    out
}

fn is_title_case(doc: &Doc, words: Range<usize>) -> bool {
    if words.len() < 4 || words.len() > 40 {
        return false;
    }
    let long = || doc.words[words.clone()].iter().filter(|w| w.kind == WordKind::Letters && w.span.len() > 3);
    let all = long().count();
    all >= 3 && long().filter(|w| w.is_capital(doc.text)).count() * 10 >= all * 8
}

/// What only the neighbours show: possessive or "is"; names that look like words of grammar; verbs in headlines.
fn settle(p: &mut Paragraph) {
    let starts: Vec<usize> = p.sentences.iter().map(|s| s.start).collect();
    for r in &p.sentences {
        // a full stop inside a sentence belongs to an abbreviation
        for i in r.start..r.end.saturating_sub(1) {
            let last = p.tokens[i + 1..r.end].iter().all(|t| matches!(t.tag, Tag::Stop | Tag::Close));
            if p.tokens[i].tag == Tag::Stop && p.tokens[i].span.len() == 1 && !last {
                p.tokens[i].tag = Tag::Mark;
            }
        }
    }
    for i in 0..p.tokens.len() {
        let first = starts.binary_search(&i).is_ok();
        let before = i.checked_sub(1).map(|b| p.tokens[b].tag);
        let next_capital = p.tokens.get(i + 1).is_some_and(|t| t.capital && t.tag == Tag::Name);
        let title_case = p.title_case;
        let t = &mut p.tokens[i];
        if t.lower == "'s" {
            let noun =
                matches!(before, Some(Tag::Name | Tag::Word | Tag::Number | Tag::Of(Grammar::Time | Grammar::Title)));
            t.tag = Tag::Of(if noun { Grammar::Possessive } else { Grammar::Be });
            continue;
        }
        if t.lower == "that" || t.quote.is_some() {
            continue;
        }
        let odd = matches!(t.tag, Tag::Of(Grammar::Modal | Grammar::Do));
        if t.capital && odd && !first && !title_case {
            t.tag = Tag::Name;
        }
        if t.tag == Tag::Name && first && !title_case && t.forms != 0 && !next_capital {
            t.tag = Tag::Word;
        }
        if t.tag == Tag::Name && first && !title_case && t.lower.ends_with("ly") && t.lower.len() > 4 && !next_capital {
            t.tag = Tag::Of(Grammar::Adverb);
        }
        // a capitalised word in running text is a name, whatever verb it looks like
        if t.tag == Tag::Name && !title_case {
            t.forms = 0;
            t.cues = &[];
        }
    }
}
