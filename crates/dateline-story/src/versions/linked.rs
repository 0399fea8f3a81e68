//! Linking pages that were captured more than once: the latest capture stands for the page, the others follow it.

use super::address::latest;
use crate::link::contained;
use crate::{Copy, CopyKind, Links, Membership, Print, link};
use std::collections::BTreeMap;

/// Links articles of which several may be captures of one page. One membership an article, in the order of input: an
/// older capture has those of the latest, names it in `version_of`, and is in no story's list of members
/// ([`crate::stories`]); the two are told among each other's copies.
pub fn link_versions(prints: &[Print]) -> Links {
    let latest = latest(prints);
    let current: Vec<usize> = (0..prints.len()).filter(|i| latest[*i] == *i).collect();
    if current.len() == prints.len() {
        return link(prints);
    }
    let links = link(&current.iter().map(|i| prints[*i].clone()).collect::<Vec<_>>());
    let linked: BTreeMap<usize, Membership> = current.iter().copied().zip(links.members).collect();
    let mut members: Vec<Membership> = Vec::with_capacity(prints.len());
    let mut newer: Vec<(usize, Copy)> = Vec::new();
    for (i, print) in prints.iter().enumerate() {
        let of = latest[i];
        let Some(member) = linked.get(&of) else { continue };
        let mut member = member.clone();
        if of != i {
            let [old, new] = contained(&print.text, &prints[of].text);
            let kind = if print.text == prints[of].text { CopyKind::Recapture } else { CopyKind::Version };
            newer.push((of, Copy { of: print.id.clone(), containment: [new, old], kind }));
            let copy = Copy { of: prints[of].id.clone(), containment: [old, new], kind };
            member = Membership {
                id: print.id.clone(),
                copies: vec![copy],
                passages: Vec::new(),
                because: Vec::new(),
                version_of: Some(prints[of].id.clone()),
                ..member
            };
        }
        members.push(member);
    }
    for (of, copy) in newer {
        if let Some(member) = members.get_mut(of) {
            member.copies.push(copy);
            member.copies.sort_by(|x, y| x.of.cmp(&y.of));
        }
    }
    Links { members, storylines: links.storylines }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "Harbour police in Varnholm stopped the ferry Sigrun on Tuesday after divers found a damaged rudder. \
        The master, Oline Brekke, said 412 passengers were taken ashore in small boats.";

    fn capture(id: &str, text: &str, address: Option<&str>, seen: &str) -> Print {
        Print {
            id: id.into(),
            text: text.into(),
            published: Some("2031-03-04".into()),
            address: address.map(Into::into),
            seen: Some(seen.into()),
            ..Print::default()
        }
    }

    #[test]
    fn the_latest_capture_stands_for_its_page() {
        let page = Some("ledger.example/sea/sigrun-1");
        let new = OLD.replace("412", "397");
        let prints = [
            capture("x", &new, page, "2031-03-06"),
            capture("y", OLD, page, "2031-03-05"),
            capture("z", OLD, None, "2031-03-05"),
        ];
        let links = link_versions(&prints);
        let [x, y, z] = &links.members[..] else { panic!("one an article") };
        assert_eq!((y.version_of.as_deref(), &y.story, &y.origin), (Some("x"), &x.story, &x.origin));
        assert_eq!((&x.version_of, &z.version_of), (&None, &None));
        assert_eq!(y.copies[0].kind, CopyKind::Version);
        assert!(x.copies.iter().any(|c| c.of == "y") && x.copies.iter().any(|c| c.of == "z"));
        let stories = crate::stories(&links, &prints);
        let mut told: Vec<usize> = stories.iter().flat_map(|s| s.members.iter().copied()).collect();
        told.sort_unstable();
        assert_eq!(told, [0, 2]);
        // what the older captures say changes nothing for the others
        let alone = link(&[prints[0].clone(), prints[2].clone()]);
        assert_eq!((&alone.members[0].story, &alone.members[1].origin), (&x.story, &z.origin));
    }

    #[test]
    fn the_same_words_again_are_a_recapture() {
        let page = Some("ledger.example/sea/sigrun-1");
        let links = link_versions(&[capture("a", OLD, page, "2031-03-05"), capture("b", OLD, page, "2031-03-07")]);
        assert_eq!(links.members[0].copies[0].kind, CopyKind::Recapture);
        assert_eq!(links.members[0].version_of.as_deref(), Some("b"));
    }
}
