//! The rule file for times: how it is read, and how its patterns match.

use super::classes::{CLASSES, Caps, Class, Tables};
use super::signs::Signs;
use crate::TimeKind;
use crate::tokens::Tok;
use rustc_hash::FxHashMap;

/// One element of a pattern.
#[derive(Debug, Clone)]
enum Item {
    /// One of these words, by their numbers.
    Words(Vec<u32>),
    /// A class.
    Class(Class),
    /// One of these rows.
    Group(Vec<Row>),
}

/// What an element does with what it matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Take,
    Beside,
    NotBeside,
}

#[derive(Debug, Clone)]
struct Node {
    item: Item,
    optional: bool,
    role: Role,
}

/// Elements one after another, and what they may begin with.
#[derive(Debug, Clone)]
struct Row {
    nodes: Vec<Node>,
    firsts: Firsts,
}

/// What something may begin with: most of what is tried fails here, at the cost of one look.
#[derive(Debug, Clone, Default)]
struct Firsts {
    /// Numbers of words, sorted.
    words: Vec<u32>,
    classes: Vec<Class>,
    /// What tokens show that begin one of the classes.
    signs: Signs,
    /// Whether it may match nothing, so that anything may stand there.
    any: bool,
}

impl Row {
    fn new(nodes: Vec<Node>) -> Row {
        Row { firsts: Firsts::of(&nodes), nodes }
    }
}

impl Firsts {
    fn of(nodes: &[Node]) -> Firsts {
        let mut out = Firsts::default();
        out.add(nodes);
        out.sorted()
    }

    /// Adds what a row may begin with.
    fn add(&mut self, nodes: &[Node]) {
        for node in nodes.iter().filter(|n| n.role == Role::Take) {
            let mut empty = node.optional;
            match &node.item {
                Item::Words(w) => self.words.extend(w),
                Item::Class(c) => {
                    self.classes.push(*c);
                    self.signs = self.signs.or(Signs::needed(*c));
                }
                Item::Group(rows) => {
                    for row in rows {
                        self.words.extend(&row.firsts.words);
                        self.classes.extend(&row.firsts.classes);
                        self.signs = self.signs.or(row.firsts.signs);
                        empty |= row.firsts.any;
                    }
                }
            }
            if !empty {
                return;
            }
        }
        self.any = true;
    }

    fn sorted(mut self) -> Firsts {
        self.words.sort_unstable();
        self.words.dedup();
        self
    }

    /// What may follow where a row takes this word first.
    fn after(nodes: &[Node], word: u32) -> Firsts {
        let mut out = Firsts::default();
        for (i, node) in nodes.iter().enumerate().filter(|(_, n)| n.role == Role::Take) {
            let mut empty = node.optional;
            match &node.item {
                Item::Words(w) if w.contains(&word) => out.add(&nodes[i + 1..]),
                Item::Words(_) | Item::Class(_) => {}
                Item::Group(rows) => {
                    out.any |= rows.iter().any(|r| r.firsts.words.contains(&word));
                    empty |= rows.iter().any(|r| r.firsts.any);
                }
            }
            if !empty {
                break;
            }
        }
        out.sorted()
    }

    /// Whether the token at `at` may be the first.
    fn fit(&self, toks: &[Tok], at: usize) -> bool {
        let fits = |t: &Tok| t.signs.meet(self.signs) || (t.number > 0 && self.words.binary_search(&t.number).is_ok());
        self.any || toks.get(at).is_some_and(fits)
    }
}

/// One rule.
#[derive(Debug)]
pub(crate) struct Rule {
    /// Its name.
    pub name: String,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// How the value is worked out, and with what.
    pub value: String,
    /// Argument of that.
    pub arg: String,
    patterns: Vec<Row>,
    /// Examples: text with the expression in brackets, and its value; no value where the rule must not match.
    #[cfg_attr(not(test), allow(dead_code))]
    pub examples: Vec<(String, Option<String>)>,
}

/// A pattern: its rule, and which of the rule's.
type Which = (usize, usize);

/// All rules, and which of their patterns may begin with a given word or class.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    pub rules: Vec<Rule>,
    words: Words,
    /// By the number of a word: the patterns that may begin with it, and what may follow it in each.
    by_word: Vec<Vec<(Which, Firsts)>>,
    by_class: Vec<(Class, Vec<Which>)>,
}

/// The words that rules name, numbered from 1, so that a token is looked up once and compared as a number.
#[derive(Debug, Default)]
struct Words(FxHashMap<String, u32>);

impl Words {
    fn number(&mut self, word: &str) -> u32 {
        let next = self.0.len() as u32 + 1;
        *self.0.entry(word.to_owned()).or_insert(next)
    }
}

/// A rule that matched.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Match {
    pub rule: usize,
    pub end: usize,
    pub caps: Caps,
}

impl Rules {
    /// Reads a rule file; a line that makes no sense is named in the error.
    pub(crate) fn parse(text: &str) -> Result<Rules, String> {
        let mut lets: Vec<(String, String)> = Vec::new();
        let mut out = Rules::default();
        for (n, line) in text.lines().enumerate() {
            let line = line.trim();
            let bad = |why: &str| format!("line {}: {why}: {line}", n + 1);
            let (head, rest) = line.split_once(' ').unwrap_or((line, ""));
            match head {
                "" => {}
                _ if line.starts_with('#') => {}
                "let" => {
                    let (name, pattern) = rest.split_once(" = ").ok_or_else(|| bad("no ="))?;
                    lets.push((format!("${name}"), expand(pattern, &lets)));
                }
                "rule" => out.rules.push(header(rest).ok_or_else(|| bad("not NAME TYPE VALUE"))?),
                "=" | "+" | "-" => {
                    let rule = out.rules.last_mut().ok_or_else(|| bad("before any rule"))?;
                    if head == "=" {
                        rule.patterns.push(pattern(&expand(rest, &lets), &mut out.words).map_err(|e| bad(&e))?);
                    } else if head == "-" {
                        rule.examples.push((rest.to_owned(), None));
                    } else {
                        let (text, value) = rest.rsplit_once(" -> ").ok_or_else(|| bad("no ->"))?;
                        rule.examples.push((text.to_owned(), Some(value.to_owned())));
                    }
                }
                _ => return Err(bad("not understood")),
            }
        }
        out.index();
        Ok(out)
    }

    fn index(&mut self) {
        self.by_word = vec![Vec::new(); self.words.0.len() + 1];
        let patterns = self.rules.iter().enumerate();
        let patterns =
            patterns.flat_map(|(r, rule)| rule.patterns.iter().enumerate().map(move |(p, row)| ((r, p), row)));
        for (which, row) in patterns {
            for word in &row.firsts.words {
                self.by_word[*word as usize].push((which, Firsts::after(&row.nodes, *word)));
            }
            for c in &row.firsts.classes {
                match self.by_class.iter_mut().find(|(known, _)| known == c) {
                    Some((_, at)) if at.last() == Some(&which) => {}
                    Some((_, at)) => at.push(which),
                    None => self.by_class.push((*c, vec![which])),
                }
            }
        }
    }

    /// Looks the words of a sentence up, once for all patterns.
    pub(crate) fn look_up(&self, toks: &mut [Tok], tables: &Tables) {
        for tok in toks {
            tok.number = self.words.0.get(&*tok.low).copied().unwrap_or(0);
            tok.signs = Signs::of(tok, tables);
        }
    }

    /// All matches that begin at token `i`: the longest of each rule, longest first, then in the order of the file.
    pub(crate) fn matches(&self, toks: &[Tok], i: usize, tables: &Tables) -> Vec<Match> {
        let Some(tok) = toks.get(i) else { return Vec::new() };
        let next = i + 1 + usize::from(joins(toks, i + 1));
        let known = self.by_word.get(tok.number as usize).into_iter().flatten();
        let mut may: Vec<Which> = known.filter(|(_, then)| then.fit(toks, next)).map(|(which, _)| *which).collect();
        for (class, patterns) in &self.by_class {
            if tok.signs.meet(Signs::needed(*class)) && class.take(toks, i, tables, Caps::default()).is_some() {
                may.extend(patterns);
            }
        }
        may.sort_unstable();
        may.dedup();
        let mut out: Vec<Match> = Vec::new();
        for (rule, pattern) in may {
            let Some((end, caps)) = run(&self.rules[rule].patterns[pattern].nodes, toks, i, tables) else { continue };
            match out.last_mut().filter(|m| m.rule == rule) {
                Some(best) if best.end > end => {}
                Some(best) => (best.end, best.caps) = (end, caps),
                None => out.push(Match { rule, end, caps }),
            }
        }
        out.sort_by_key(|m| (usize::MAX - m.end, m.rule));
        out
    }
}

fn expand(pattern: &str, lets: &[(String, String)]) -> String {
    let mut out = pattern.to_owned();
    for (name, with) in lets.iter().rev() {
        out = out.replace(name.as_str(), with);
    }
    out
}

fn header(rest: &str) -> Option<Rule> {
    let mut words = rest.split(' ');
    let name = words.next()?.to_owned();
    let kind = match words.next()? {
        "DATE" => TimeKind::Date,
        "TIME" => TimeKind::Time,
        "DURATION" => TimeKind::Duration,
        "SET" => TimeKind::Set,
        _ => return None,
    };
    let value = words.next()?.to_owned();
    let arg = words.next().unwrap_or("").to_owned();
    Some(Rule { name, kind, value, arg, patterns: Vec::new(), examples: Vec::new() })
}

/// Cuts a pattern at white space and around brackets and bars; "~", "!" stay with what follows, "?" with what precedes.
fn pieces(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for c in text.chars() {
        match c {
            ' ' => open = false,
            '(' if open && out.last().is_some_and(|p| p == "~" || p == "!") => {
                if let Some(p) = out.last_mut() {
                    p.push(c);
                }
                open = false;
            }
            '(' | ')' | '|' => {
                out.push(c.to_string());
                open = false;
            }
            '?' if !open && out.last().is_some_and(|p| p == ")") => {
                if let Some(p) = out.last_mut() {
                    p.push(c);
                }
            }
            _ if open => {
                if let Some(p) = out.last_mut() {
                    p.push(c);
                }
            }
            _ => {
                out.push(c.to_string());
                open = true;
            }
        }
    }
    out
}

/// Reads a pattern with a stack of open groups.
fn pattern(text: &str, numbers: &mut Words) -> Result<Row, String> {
    let mut stack: Vec<(Role, Vec<Vec<Node>>)> = vec![(Role::Take, vec![Vec::new()])];
    for piece in pieces(text) {
        let piece = piece.as_str();
        let (role, piece) = match piece.as_bytes()[0] {
            b'~' => (Role::Beside, &piece[1..]),
            b'!' => (Role::NotBeside, &piece[1..]),
            _ => (Role::Take, piece),
        };
        match piece {
            "(" => stack.push((role, vec![Vec::new()])),
            "|" => stack.last_mut().ok_or("no group")?.1.push(Vec::new()),
            ")" | ")?" => {
                let (role, rows) = stack.pop().filter(|_| !stack.is_empty()).ok_or("unbalanced )")?;
                let words: Option<Vec<u32>> = rows.iter().map(|r| single_word(r)).collect();
                let item = words.map_or_else(|| Item::Group(rows.into_iter().map(Row::new).collect()), Item::Words);
                add(&mut stack, Node { item, optional: piece == ")?", role })?;
            }
            _ => {
                let (word, optional) = piece.strip_suffix('?').map_or((piece, false), |w| (w, true));
                let item = match word.strip_prefix('<').and_then(|w| w.strip_suffix('>')) {
                    Some(name) => {
                        Item::Class(CLASSES.iter().find(|(n, _)| *n == name).ok_or(format!("no class {name}"))?.1)
                    }
                    None => Item::Words(vec![numbers.number(word)]),
                };
                add(&mut stack, Node { item, optional, role })?;
            }
        }
    }
    let (_, mut rows) = stack.pop().filter(|_| stack.is_empty()).ok_or("unbalanced (")?;
    if rows.len() == 1 {
        rows.pop().map(Row::new).ok_or_else(|| "empty".to_owned())
    } else {
        Err("| outside of a group".to_owned())
    }
}

fn single_word(row: &[Node]) -> Option<u32> {
    match row {
        [Node { item: Item::Words(w), optional: false, role: Role::Take }] if w.len() == 1 => Some(w[0]),
        _ => None,
    }
}

fn add(stack: &mut [(Role, Vec<Vec<Node>>)], node: Node) -> Result<(), String> {
    stack.last_mut().and_then(|(_, rows)| rows.last_mut()).ok_or("no row")?.push(node);
    Ok(())
}

/// Most states a match may be in at once; patterns have few options, so this is never reached by sane rules.
const STATES: usize = 64;

/// Where a match stands, and what it says so far.
type State = (usize, Caps);

/// The longest match of a pattern at `start`: its end and what it says.
fn run(row: &[Node], toks: &[Tok], start: usize, tables: &Tables) -> Option<State> {
    let states = advance(row, (start, Caps::default()), toks, start, tables);
    states.into_iter().filter(|(end, _)| *end > start).max_by_key(|(end, _)| *end)
}

/// All states after a row. The depth is that of the groups in the rule file, not of the text.
fn advance(row: &[Node], from: State, toks: &[Tok], start: usize, t: &Tables) -> Vec<State> {
    let after = |at: usize| at + usize::from(at > start && joins(toks, at));
    let beside = |node: &Node, at: usize| {
        let near = if at == start { at.checked_sub(1) } else { Some(at + usize::from(joins(toks, at))) };
        near.is_some_and(|p| stands(&node.item, p, toks, t)) == (node.role == Role::Beside)
    };
    let mut nodes = row.iter();
    let mut states: Vec<State> = Vec::new();
    // most rows fail at their first element: as long as there is one state, no list of them is made
    while states.is_empty() {
        let Some(node) = nodes.next() else { return vec![from] };
        if node.role != Role::Take {
            if !beside(node, from.0) {
                return states;
            }
            continue;
        }
        take(&node.item, (after(from.0), from.1), toks, start, t, &mut states);
        match (states.is_empty(), node.optional) {
            (true, false) => return states,
            (false, true) => states.push(from),
            _ => {}
        }
        states.truncate(STATES);
    }
    let mut next: Vec<State> = Vec::new();
    for node in nodes {
        if node.role != Role::Take {
            states.retain(|(at, _)| beside(node, *at));
            continue;
        }
        for (at, caps) in &states {
            take(&node.item, (after(*at), *caps), toks, start, t, &mut next);
        }
        if node.optional {
            next.append(&mut states);
        }
        next.truncate(STATES);
        states.clear();
        std::mem::swap(&mut states, &mut next);
        if states.is_empty() {
            break;
        }
    }
    states
}

/// Whether a hyphen inside a compound stands at `at`.
fn joins(toks: &[Tok], at: usize) -> bool {
    toks.get(at).is_some_and(|t| t.is_hyphen() && t.glued) && toks.get(at + 1).is_some_and(|t| t.glued)
}

/// Whether an element stands at `at`.
fn stands(item: &Item, at: usize, toks: &[Tok], t: &Tables) -> bool {
    let mut found = Vec::new();
    take(item, (at, Caps::default()), toks, at, t, &mut found);
    !found.is_empty()
}

/// The states after an element, added to `out`. Most elements fail, so nothing is allocated before one fits.
fn take(item: &Item, (at, caps): State, toks: &[Tok], start: usize, t: &Tables, out: &mut Vec<State>) {
    match item {
        Item::Words(words) => {
            if toks.get(at).is_some_and(|tok| words.contains(&tok.number)) {
                out.push((at + 1, caps));
            }
        }
        Item::Class(class) => out.extend(class.take(toks, at, t, caps).map(|(len, c)| (at + len, c))),
        Item::Group(rows) => {
            let first = at + usize::from(at > start && joins(toks, at));
            for row in rows.iter().filter(|r| r.firsts.fit(toks, first)) {
                out.append(&mut advance(&row.nodes, (at, caps), toks, start, t));
            }
        }
    }
}
