//! Outlets of one house: several names and sites of one owner, or one site under two names, count once.

use dateline_text::{fold, squeeze};
use std::collections::{BTreeMap, BTreeSet};

const SHIPPED: &str = include_str!("../data/outlets.tsv");

/// Which outlets are of one house; the default holds those that are shipped.
///
/// ```
/// use dateline_story::Families;
/// let mine = Families::default().and("Harbour House\tThe Quay; quay.example; Tide Weekly\tits imprint\n")?;
/// let pages = [(Some("the quay"), None), (Some("Tide Weekly"), None), (None, Some("https://news.quay.example/a-1"))];
/// assert_eq!(mine.count(pages), 1);
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Families {
    /// House by member: a folded name, or a host without "www.".
    house: BTreeMap<String, String>,
}

impl Default for Families {
    fn default() -> Families {
        let none = Families { house: BTreeMap::new() };
        none.and(SHIPPED).unwrap_or(Families { house: BTreeMap::new() })
    }
}

impl Families {
    /// These and those of a table, which win. A row: the house, its outlets (names or sites, with semicolons between),
    /// where that is known from; tabs between. `#` opens a comment. A house called "-" takes its outlets out of any.
    ///
    /// # Errors
    /// A line that is no such row, by its number.
    pub fn and(mut self, table: &str) -> Result<Families, String> {
        for (i, line) in table.lines().enumerate() {
            let line = line.trim_end_matches('\r');
            if line.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            let mut cells = line.split('\t').map(str::trim).filter(|c| !c.is_empty());
            let (Some(house), Some(outlets)) = (cells.next(), cells.next()) else {
                return Err(format!("line {}: a house and its outlets, with a tab between, are wanted", i + 1));
            };
            for outlet in outlets.split(';').map(key).filter(|k| !k.is_empty()) {
                if house == "-" {
                    self.house.remove(&outlet);
                } else {
                    self.house.insert(outlet, key(house));
                }
            }
        }
        Ok(self)
    }

    /// How many outlets these pages are from, given each page's outlet and address where known. A page without a name
    /// is of the outlet that the other pages of its site name, where they name one. Pages with neither do not count.
    pub fn count<'p>(&self, pages: impl IntoIterator<Item = (Option<&'p str>, Option<&'p str>)>) -> usize {
        let pages: Vec<(Option<String>, Option<String>)> = pages
            .into_iter()
            .map(|(name, url)| (name.map(key).filter(|k| !k.is_empty()), url.and_then(host)))
            .collect();
        let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (name, host) in &pages {
            if let (Some(name), Some(host)) = (name, host) {
                names.entry(host).or_default().insert(name);
            }
        }
        let of = |(name, host): &(Option<String>, Option<String>)| -> Option<String> {
            let named = name.as_deref().and_then(|n| self.of(n));
            if let Some(house) = named.or_else(|| host.as_deref().and_then(|h| self.of(h))) {
                return Some(house.to_owned());
            }
            let by_site = || {
                let host = host.as_deref()?;
                let one = names.get(host).filter(|n| n.len() == 1).and_then(|n| n.first());
                Some((*one.unwrap_or(&host)).to_owned())
            };
            name.clone().or_else(by_site)
        };
        pages.iter().filter_map(of).collect::<BTreeSet<_>>().len()
    }

    /// The house of a name or host; a host is also what it is part of.
    fn of(&self, outlet: &str) -> Option<&str> {
        let mut rest = outlet;
        loop {
            if let Some(house) = self.house.get(rest) {
                return Some(house);
            }
            let is_host = rest.contains('.') && !rest.contains(' ');
            rest = rest.split_once('.').filter(|_| is_host)?.1;
        }
    }
}

/// One written form of a name or site.
fn key(name: &str) -> String {
    let folded = squeeze(&fold(name));
    let bare = folded.strip_prefix("www.").unwrap_or(&folded);
    bare.strip_prefix("the ").unwrap_or(bare).to_owned()
}

/// The host of an address, without "www.".
fn host(url: &str) -> Option<String> {
    dateline_text::host(url).map(str::to_lowercase).filter(|h| h.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_is_well_formed() {
        let mut seen = BTreeSet::new();
        for line in SHIPPED.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 3, "{line}");
            for outlet in cells[1].split(';').map(key) {
                assert!(seen.insert(outlet.clone()), "{outlet} stands twice");
            }
        }
        assert!(!Families::default().house.is_empty());
    }

    #[test]
    fn a_user_row_wins_and_can_take_an_outlet_out() {
        let mine = Families::default().and("House A\tQuay; Tide\nHouse B\tTide\n").unwrap();
        let count = |f: &Families, names: &[&str]| f.count(names.iter().map(|n| (Some(*n), None)));
        assert_eq!((count(&mine, &["Quay", "Tide"]), count(&mine, &["Quay", "Other"])), (2, 2));
        let out = mine.clone().and("House A\tTide\n").unwrap();
        assert_eq!(
            (count(&out, &["QUAY", "The Tide"]), count(&out.and("-\tTide").unwrap(), &["Quay", "Tide"])),
            (1, 2)
        );
        assert!(mine.and("no tab here").unwrap_err().starts_with("line 1"));
    }

    #[test]
    fn a_page_without_a_name_is_of_its_sites_outlet() {
        let pages = [
            (Some("Quay Post"), Some("https://www.quay.example/a-1")),
            (None, Some("https://quay.example/b-2")),
            (None, Some("https://other.example/c-3")),
            (None, None),
        ];
        assert_eq!(Families::default().count(pages), 2);
    }
}
