//! The documentation names every column, with its type and what stands in it.

use dateline_export::TABLES;
use std::collections::BTreeSet;

#[test]
fn every_column_is_documented() {
    let docs = include_str!("../../../docs/exports.md");
    for table in TABLES {
        let mut chars = table.about.chars();
        let about: String = chars.next().into_iter().flat_map(char::to_uppercase).chain(chars).collect();
        let mut section =
            format!("## Table of {}\n{about}.\n\n| column | type | what |\n| --- | --- | --- |\n", table.name);
        for c in table.columns {
            section.push_str(&format!("| `{}` | {} | {} |\n", c.name, c.kind.name(), c.about));
        }
        assert!(docs.contains(&section), "docs/exports.md should say:\n{section}");
    }
}

#[test]
fn columns_have_names_of_their_own_and_rows_say_where_they_stand() {
    for table in TABLES {
        let names: BTreeSet<&str> = table.columns.iter().map(|c| c.name).collect();
        assert_eq!(names.len(), table.columns.len(), "{}", table.name);
        for name in ["id", "start", "end", "words", "rule"] {
            assert!(names.contains(name), "{} has no {name}", table.name);
        }
    }
}
