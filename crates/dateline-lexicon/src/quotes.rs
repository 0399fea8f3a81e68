//! Words that attribute, and the words of grammar that show where their clauses begin and end.
//!
//! English only; a page in another language is read with an empty lexicon, which leaves the work to its marks.

use rustc_hash::FxHashMap;

const CUES: &str = include_str!("../data/en/quotes/cues.tsv");
const NOMINAL: &str = include_str!("../data/en/quotes/nominal_cues.tsv");
const VERBS: &str = include_str!("../data/en/quotes/verbs.tsv");
const GRAMMAR: &str = include_str!("../data/en/quotes/grammar.tsv");
const ALIKE: &str = include_str!("../data/en/quotes/alike.tsv");
const PRONOUNS: &str = include_str!("../data/en/quotes/pronouns.tsv");
const SOURCES: &str = include_str!("../data/en/quotes/source_nouns.tsv");

/// Forms of a verb, as a set of bits.
pub mod form {
    /// "say"
    pub const BASE: u8 = 1;
    /// "says"
    pub const THIRD: u8 = 2;
    /// "said", the tense
    pub const PAST: u8 = 4;
    /// "said", the participle
    pub const PARTICIPLE: u8 = 8;
    /// "saying"
    pub const ING: u8 = 16;
}

/// What the source does with the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CueClass {
    /// Says it.
    Speech,
    /// Thinks, hopes, plans it.
    Belief,
    /// Is for or against it.
    Stance,
    /// Calls it so.
    Label,
}

/// What can be the content of a cue; see `data/en/quotes/cues.tsv`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frames {
    /// A that-clause, with or without the word.
    pub that: bool,
    /// Words in quotation marks, or the clause around ", X said".
    pub quote: bool,
    /// A clause with "whether", "if", "why", "how".
    pub wh: bool,
    /// A noun phrase.
    pub np: bool,
    /// An infinitive.
    pub to: bool,
    /// A gerund.
    pub ing: bool,
    /// Whom it is said to stands before the content.
    pub addressee: bool,
    /// An object with an infinitive.
    pub object_to: bool,
    /// An object with "as".
    pub as_: bool,
    /// An object with "at" and a number.
    pub at: bool,
    /// An object with a name for it.
    pub name: bool,
    /// A phrase with one of these prepositions.
    pub prepositions: Vec<String>,
}

impl Frames {
    fn parse(text: &str) -> Frames {
        let mut out = Frames::default();
        for part in text.split_whitespace() {
            match part {
                "that" => out.that = true,
                "q" => out.quote = true,
                "wh" => out.wh = true,
                "np" => out.np = true,
                "to" => out.to = true,
                "ing" => out.ing = true,
                "adr" => out.addressee = true,
                "objto" => out.object_to = true,
                "as" => out.as_ = true,
                "at" => out.at = true,
                "name" => out.name = true,
                other => {
                    let list = other.strip_prefix("p:").unwrap_or(other);
                    out.prepositions.extend(list.split('+').filter(|p| *p != "-").map(str::to_owned));
                }
            }
        }
        out
    }
}

/// A verb that attributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CueVerb {
    /// Its words; the first is the verb, the others follow it unchanged ("point", "out").
    pub lemma: Vec<String>,
    /// What the source does.
    pub class: CueClass,
    /// What the content can be.
    pub frames: Frames,
    /// Whether its base form and s-form are nouns as well ("report", "claims").
    pub noun: bool,
}

/// One form of a verb.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VerbForm {
    /// Bits of [`form`].
    pub forms: u8,
    /// Indices of the cue verbs it can be, longest first, each with its own form bits; empty for other verbs.
    pub cues: Vec<(usize, u8)>,
}

/// A noun that attributes ("the claim that").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CueNoun {
    /// What the source does.
    pub class: CueClass,
    /// What follows as content: "that", "to", or a preposition.
    pub frames: Vec<String>,
}

/// What a word does in a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Grammar {
    Determiner,
    Possessive,
    Subject,
    Object,
    Preposition,
    Subordinator,
    Relative,
    Coordinator,
    Modal,
    Be,
    Have,
    Do,
    To,
    Negation,
    Adverb,
    Time,
    Title,
}

/// What a noun that can be a source stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// One person.
    Person,
    /// Several persons.
    Group,
    /// An organisation, or its voice.
    Body,
    /// A document or a finding that speaks.
    Paper,
}

/// A noun that can be a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceNoun {
    /// What it stands for.
    pub kind: SourceKind,
    /// 'f' or 'm' where the word shows it.
    pub gender: Option<char>,
    /// Whether it names nobody in particular ("officials").
    pub anonymous: bool,
    /// Whether news uses it for a person without having said that he holds it ("the governor").
    pub office: bool,
}

/// The tables for attributions, by lower-case word.
#[derive(Debug, Default)]
pub struct QuoteTables {
    /// Cue verbs.
    pub cues: Vec<CueVerb>,
    verbs: FxHashMap<String, VerbForm>,
    nouns: FxHashMap<String, CueNoun>,
    grammar: FxHashMap<String, Grammar>,
    sources: FxHashMap<String, SourceNoun>,
    alike: FxHashMap<String, Vec<String>>,
    pronouns: FxHashMap<String, f64>,
}

impl QuoteTables {
    /// The English tables.
    pub fn english() -> QuoteTables {
        let mut out = QuoteTables::default();
        for row in rows(VERBS) {
            out.add_forms(row[0], row.get(1).copied().unwrap_or("."), None);
        }
        for row in rows(CUES) {
            let [lemma, irregular, class, frames, also] = row[..] else { continue };
            let at = out.cues.len();
            out.cues.push(CueVerb {
                lemma: lemma.split(' ').map(str::to_owned).collect(),
                class: class_of(class),
                frames: Frames::parse(frames),
                noun: also == "noun",
            });
            out.add_forms(lemma, irregular, Some(at));
        }
        let cues = &out.cues;
        for verb in out.verbs.values_mut() {
            verb.cues.sort_by_key(|(c, _)| (std::cmp::Reverse(cues[*c].lemma.len()), *c));
        }
        for row in rows(NOMINAL) {
            let [noun, class, frames] = row[..] else { continue };
            let frames = frames.split_whitespace().filter(|f| *f != "-").map(str::to_owned).collect();
            out.nouns.insert(noun.to_owned(), CueNoun { class: class_of(class), frames });
        }
        for line in GRAMMAR.lines().filter(|l| !l.starts_with('#')) {
            let mut words = line.split_whitespace();
            let Some(kind) = words.next().and_then(grammar_of) else { continue };
            for word in words {
                out.grammar.entry(word.to_owned()).or_insert(kind);
            }
        }
        for line in ALIKE.lines().filter(|l| !l.starts_with('#')) {
            for word in line.split_whitespace() {
                let others = line.split_whitespace().filter(|w| *w != word).map(str::to_owned);
                out.alike.entry(word.to_owned()).or_default().extend(others);
            }
        }
        for row in rows(PRONOUNS) {
            let [seen, weight] = row[..] else { continue };
            out.pronouns.insert(seen.to_owned(), weight.parse().unwrap_or(0.0));
        }
        for row in rows(SOURCES) {
            let [noun, kind, gender, named] = row[..] else { continue };
            let kind = match kind {
                "person" => SourceKind::Person,
                "group" => SourceKind::Group,
                "body" => SourceKind::Body,
                _ => SourceKind::Paper,
            };
            let gender = gender.chars().next().filter(|c| *c != '.');
            out.sources.insert(
                noun.to_owned(),
                SourceNoun { kind, gender, anonymous: named == "anonymous", office: named == "office" },
            );
        }
        out
    }

    /// The verb forms that a lower-case word can be.
    pub fn verb(&self, word: &str) -> Option<&VerbForm> {
        self.verbs.get(word)
    }

    /// The attributing noun that a lower-case word is.
    pub fn noun(&self, word: &str) -> Option<&CueNoun> {
        self.nouns.get(word)
    }

    /// What a lower-case word does in a clause.
    pub fn grammar(&self, word: &str) -> Option<Grammar> {
        self.grammar.get(word).copied()
    }

    /// The source that a lower-case noun can be.
    pub fn source(&self, word: &str) -> Option<SourceNoun> {
        self.sources.get(word).copied()
    }

    /// Other offices that the holder of this one is called by.
    pub fn alike(&self, office: &str) -> &[String] {
        self.alike.get(office).map_or(&[], Vec::as_slice)
    }

    /// What it weighs for whom a pronoun means that this is seen of a person; 0 for what the table does not hold.
    pub fn pronoun_weight(&self, seen: &str) -> f64 {
        self.pronouns.get(seen).copied().unwrap_or(0.0)
    }

    fn add_forms(&mut self, lemma: &str, irregular: &str, cue: Option<usize>) {
        let head = lemma.split(' ').next().unwrap_or(lemma);
        let irregular = (irregular != ".").then(|| {
            let mut parts = irregular.split(',').map(|p| p.split(' ').next().unwrap_or(p));
            let past = parts.next().unwrap_or(head);
            (past, parts.next().unwrap_or(past))
        });
        let (past, participle) = match irregular {
            Some((p, q)) => (p.to_owned(), q.to_owned()),
            None => (regular_past(head), regular_past(head)),
        };
        for (word, bit) in [
            (head.to_owned(), form::BASE),
            (third(head), form::THIRD),
            (past.clone(), form::PAST),
            (participle, form::PARTICIPLE),
            (ing(head, &past), form::ING),
        ] {
            let entry = self.verbs.entry(word).or_default();
            entry.forms |= bit;
            if let Some(cue) = cue {
                match entry.cues.iter_mut().find(|(c, _)| *c == cue) {
                    Some((_, bits)) => *bits |= bit,
                    None => entry.cues.push((cue, bit)),
                }
            }
        }
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|l| !l.starts_with('#') && !l.trim().is_empty())
        .skip(1)
        .map(|l| l.split('\t').map(str::trim).collect())
}

fn class_of(name: &str) -> CueClass {
    match name {
        "belief" => CueClass::Belief,
        "stance" => CueClass::Stance,
        "label" => CueClass::Label,
        _ => CueClass::Speech,
    }
}

fn grammar_of(name: &str) -> Option<Grammar> {
    Some(match name {
        "det" => Grammar::Determiner,
        "poss" => Grammar::Possessive,
        "subject" => Grammar::Subject,
        "object" => Grammar::Object,
        "prep" => Grammar::Preposition,
        "sub" => Grammar::Subordinator,
        "rel" => Grammar::Relative,
        "coord" => Grammar::Coordinator,
        "modal" => Grammar::Modal,
        "be" => Grammar::Be,
        "have" => Grammar::Have,
        "do" => Grammar::Do,
        "to" => Grammar::To,
        "neg" => Grammar::Negation,
        "adv" => Grammar::Adverb,
        "time" => Grammar::Time,
        "title" => Grammar::Title,
        _ => return None,
    })
}

fn ends_consonant_y(verb: &str) -> bool {
    let mut back = verb.chars().rev();
    back.next() == Some('y') && back.next().is_some_and(|c| !"aeiou".contains(c))
}

fn third(verb: &str) -> String {
    if ends_consonant_y(verb) {
        return format!("{}ies", &verb[..verb.len() - 1]);
    }
    let hisses = ["s", "x", "z", "ch", "sh", "o"].iter().any(|e| verb.ends_with(e));
    if hisses { format!("{verb}es") } else { format!("{verb}s") }
}

fn regular_past(verb: &str) -> String {
    if ends_consonant_y(verb) {
        format!("{}ied", &verb[..verb.len() - 1])
    } else if verb.ends_with('e') {
        format!("{verb}d")
    } else {
        format!("{verb}ed")
    }
}

/// The gerund; a consonant doubled in the past ("slammed"), or a short verb's, doubles here too.
fn ing(verb: &str, past: &str) -> String {
    const DOUBLING: &[&str] = &[
        "begin", "put", "cut", "set", "run", "win", "sit", "get", "hit", "let", "quit", "shut", "spin", "split", "bet",
        "dig", "forget", "swim", "ban",
    ];
    let Some(last) = verb.chars().next_back().filter(char::is_ascii) else { return format!("{verb}ing") };
    if let Some(stem) = verb.strip_suffix("ie") {
        return format!("{stem}ying");
    }
    if last == 'e' && !verb.ends_with("ee") && !verb.ends_with("ye") && verb.len() > 2 {
        return format!("{}ing", &verb[..verb.len() - 1]);
    }
    if past == format!("{verb}{last}ed") || DOUBLING.contains(&verb) {
        return format!("{verb}{last}ing");
    }
    format!("{verb}ing")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_verb_has_its_forms() {
        let t = QuoteTables::english();
        for (word, bit) in [
            ("said", form::PAST | form::PARTICIPLE),
            ("denies", form::THIRD),
            ("denied", form::PAST | form::PARTICIPLE),
            ("slamming", form::ING),
            ("urging", form::ING),
            ("putting", form::ING),
            ("saying", form::ING),
            ("knew", form::PAST),
            ("known", form::PARTICIPLE),
            ("read", form::BASE | form::PAST | form::PARTICIPLE),
            ("pushes", form::THIRD),
            ("agreeing", form::ING),
        ] {
            assert_eq!(t.verb(word).map(|v| v.forms & bit), Some(bit), "{word}");
        }
    }

    #[test]
    fn longer_cues_come_first() {
        let t = QuoteTables::english();
        let forms = t.verb("pointed").unwrap();
        assert!(t.cues[forms.cues[0].0].lemma.len() > 1);
    }

    #[test]
    fn tables_are_well_formed() {
        let t = QuoteTables::english();
        assert!(t.cues.len() > 350);
        for row in rows(CUES) {
            assert_eq!(row.len(), 5, "{row:?}");
            assert!(["speech", "belief", "stance", "label"].contains(&row[2]), "{row:?}");
        }
        for row in rows(NOMINAL) {
            assert_eq!(row.len(), 3, "{row:?}");
        }
        for row in rows(SOURCES) {
            assert_eq!(row.len(), 4, "{row:?}");
        }
    }
}
