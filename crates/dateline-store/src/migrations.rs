//! The schema, as one append-only list of steps; `user_version` counts those that were taken.

use crate::error::{ErrorKind, Result, StoreError};
use rusqlite::{Connection, TransactionBehavior};

/// Each step is run once, in order, and never changed after a release.
const STEPS: &[&str] = &[
    "
    CREATE TABLE files (
        name TEXT PRIMARY KEY,
        end INTEGER NOT NULL          -- offset up to which its records are in `captures`
    ) STRICT;
    CREATE TABLE captures (
        n INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        file TEXT NOT NULL,
        offset INTEGER NOT NULL,
        length INTEGER NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('pending', 'article', 'not_article', 'unreadable')),
        reason TEXT,
        path TEXT,
        url TEXT,
        added TEXT NOT NULL,
        version TEXT NOT NULL         -- of the program and rules that made the reading
    ) STRICT;
    CREATE INDEX captures_status ON captures (status);
    CREATE TABLE articles (
        n INTEGER PRIMARY KEY REFERENCES captures (n),
        title TEXT,
        outlet TEXT,
        language TEXT,
        published TEXT,               -- ISO 8601, as precise as known
        day TEXT,                     -- its first day, for order and ranges
        print BLOB NOT NULL,
        report BLOB NOT NULL
    ) STRICT;
    CREATE INDEX articles_day ON articles (day);
    CREATE VIRTUAL TABLE words USING fts5 (
        title, text, outlet, speaker,
        content = '', contentless_delete = 1, tokenize = \"unicode61 remove_diacritics 0\"
    );
    CREATE TABLE speakers (
        s INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        words TEXT NOT NULL           -- folded words of its names, between blanks
    ) STRICT;
    CREATE TABLE said (
        s INTEGER NOT NULL REFERENCES speakers (s),
        n INTEGER NOT NULL REFERENCES articles (n),
        attribution INTEGER NOT NULL,
        PRIMARY KEY (s, n, attribution)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX said_n ON said (n);
    CREATE TABLE stories (
        id TEXT PRIMARY KEY,
        storyline TEXT NOT NULL,
        title TEXT NOT NULL,
        first TEXT,
        last TEXT,
        articles INTEGER NOT NULL,
        origins INTEGER NOT NULL,
        outlets TEXT NOT NULL         -- names, one a line
    ) STRICT;
    CREATE INDEX stories_last ON stories (last);
    CREATE TABLE members (
        story TEXT NOT NULL REFERENCES stories (id),
        position INTEGER NOT NULL,
        n INTEGER NOT NULL REFERENCES articles (n),
        origin INTEGER NOT NULL,      -- which of the story's origins, and where in it
        place INTEGER NOT NULL,
        membership TEXT NOT NULL,
        PRIMARY KEY (story, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX members_n ON members (n);
    CREATE TABLE storylines (
        earlier TEXT NOT NULL,
        later TEXT NOT NULL,
        link TEXT NOT NULL,
        PRIMARY KEY (earlier, later, link)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX storylines_later ON storylines (later);
    CREATE TABLE failures (
        path TEXT NOT NULL,
        place INTEGER NOT NULL,       -- byte offset or line; -1 for the whole file
        url TEXT,
        reason TEXT NOT NULL,
        added TEXT NOT NULL,
        PRIMARY KEY (path, place)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE settings (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT;
",
    "
    ALTER TABLE stories ADD COLUMN headline TEXT;                     -- the pages' own, where the user gave a title
    ALTER TABLE stories ADD COLUMN pages TEXT NOT NULL DEFAULT '';    -- numbers of its articles, between blanks
    ALTER TABLE stories ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE stories ADD COLUMN decisions TEXT NOT NULL DEFAULT ''; -- ids, one a line
    CREATE TABLE machine_storylines (
        place INTEGER PRIMARY KEY,    -- links between stories as the linker said, before the decisions;
        link TEXT NOT NULL            -- what it said of articles stands in `members.membership`
    ) STRICT;
    CREATE TABLE names (
        digits TEXT PRIMARY KEY,      -- what a story or storyline may have been called after an article
        n INTEGER NOT NULL REFERENCES articles (n)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE verdicts (
        pages TEXT PRIMARY KEY,       -- of a story
        differ INTEGER NOT NULL,      -- figures on which its articles differ, and figures that were updated
        updated INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    DELETE FROM settings WHERE name = 'linked by';
",
    "
    DROP TABLE words;                 -- filled again from the readings, see `search::enter`
    CREATE VIRTUAL TABLE words USING fts5 (
        title, text,                  -- words cut and folded by `search::words`, blanks between
        content = '', contentless_delete = 1, tokenize = \"ascii\"
    );
    CREATE VIRTUAL TABLE word_places USING fts5vocab (words, instance);
    CREATE VIRTUAL TABLE word_counts USING fts5vocab (words, row);
    ALTER TABLE speakers ADD COLUMN name TEXT NOT NULL DEFAULT '';           -- the best written form,
    ALTER TABLE speakers ADD COLUMN standing INTEGER NOT NULL DEFAULT 99999; -- and how good: less is better
    CREATE TABLE outlets (
        o INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE entities (
        e INTEGER PRIMARY KEY,
        kind INTEGER NOT NULL,        -- 1 person, 2 place
        key TEXT NOT NULL,            -- the gazetteer's id for places that it knows, else the folded name
        name TEXT NOT NULL,           -- of places
        standing INTEGER NOT NULL,
        country TEXT,                 -- ISO 3166 code
        UNIQUE (kind, key)
    ) STRICT;
    CREATE INDEX entities_country ON entities (country) WHERE country IS NOT NULL;
    CREATE TABLE named (
        e INTEGER NOT NULL REFERENCES entities (e),
        n INTEGER NOT NULL REFERENCES articles (n),
        PRIMARY KEY (e, n)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE name_words (
        word TEXT NOT NULL,           -- a word of a name
        kind INTEGER NOT NULL,        -- 0 of a speaker, else as in `entities`
        id INTEGER NOT NULL,          -- in `speakers` or `entities`
        PRIMARY KEY (word, kind, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE facets (
        n INTEGER PRIMARY KEY REFERENCES articles (n),
        start INTEGER NOT NULL,       -- the first 60 bits of its id, for order
        day INTEGER,                  -- 20240126
        outlet INTEGER REFERENCES outlets (o),
        language TEXT,
        length INTEGER NOT NULL,      -- words of title and text
        speakers BLOB NOT NULL,       -- numbers in `speakers`, in `entities`
        places BLOB NOT NULL,
        said BLOB NOT NULL            -- of each attribution, the words of its content, as places in the text's words
    ) STRICT;
    CREATE TABLE sums (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        articles INTEGER NOT NULL,
        length INTEGER NOT NULL       -- of all together, in words
    ) STRICT;
    CREATE INDEX members_copies ON members (n) WHERE place > 0;
",
    "
    CREATE TABLE versions (
        version TEXT PRIMARY KEY,     -- of `captures`, and how many readings are of it
        readings INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO versions SELECT version, count(*) FROM captures WHERE status <> 'pending' GROUP BY version;
    CREATE TABLE yields (
        outlet TEXT NOT NULL,         -- host of the address, else folder of the path
        n INTEGER NOT NULL REFERENCES captures (n),
        letters INTEGER,              -- of the article's text; none where there is no article
        dated INTEGER NOT NULL,
        PRIMARY KEY (outlet, n)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE notices (
        outlet TEXT NOT NULL,
        place INTEGER NOT NULL,
        notice TEXT NOT NULL,
        PRIMARY KEY (outlet, place)
    ) STRICT, WITHOUT ROWID;
",
    "
    ALTER TABLE articles ADD COLUMN address TEXT;   -- the page it is a capture of
    ALTER TABLE articles ADD COLUMN seen TEXT;      -- when it was captured, else changed or published
    ALTER TABLE articles ADD COLUMN length INTEGER; -- bytes of its text
    ALTER TABLE articles ADD COLUMN latest INTEGER; -- the capture that stands for the page; null where it is this one
    CREATE INDEX articles_address ON articles (address) WHERE address IS NOT NULL;
    CREATE INDEX articles_latest ON articles (latest) WHERE latest IS NOT NULL;
",
    "
    DROP TABLE machine_storylines;
    DROP TABLE members;
    DELETE FROM storylines;
    DELETE FROM stories;
    DELETE FROM verdicts;
    DELETE FROM settings WHERE name = 'linked by';
    ALTER TABLE stories ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0; -- whether decisions bear on it
    CREATE INDEX stories_by_hand ON stories (id) WHERE by_hand;
    CREATE TABLE members (
        story TEXT NOT NULL REFERENCES stories (id),
        position INTEGER NOT NULL,
        n INTEGER NOT NULL REFERENCES articles (n),
        origin INTEGER NOT NULL,      -- which of the story's origins, and where in it
        place INTEGER NOT NULL,
        PRIMARY KEY (story, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX members_n ON members (n);
    CREATE INDEX members_copies ON members (n) WHERE place > 0;
    CREATE TABLE memberships (        -- what the linker says of articles, before the decisions
        n INTEGER PRIMARY KEY REFERENCES articles (n),
        story TEXT NOT NULL,
        storyline TEXT NOT NULL,
        origin TEXT NOT NULL,
        wire TEXT,
        length INTEGER NOT NULL,      -- bytes of the text
        shares TEXT NOT NULL,         -- texts it shares wording with
        because TEXT NOT NULL         -- its strongest links within the story: numbers and thousandths
    ) STRICT;
    CREATE INDEX memberships_story ON memberships (story);
    CREATE INDEX memberships_storyline ON memberships (storyline);
    CREATE TABLE machine_links (      -- the same of stories
        earlier TEXT NOT NULL,
        later TEXT NOT NULL,
        mean INTEGER NOT NULL,        -- millionths
        link TEXT NOT NULL,
        PRIMARY KEY (earlier, later)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX machine_links_later ON machine_links (later);
    CREATE TABLE shapes (             -- what the linker compares of an article
        n INTEGER PRIMARY KEY REFERENCES articles (n),
        shape BLOB NOT NULL
    ) STRICT;
    CREATE TABLE linking (            -- what the linker remembers, in portions
        first INTEGER PRIMARY KEY,
        portion BLOB NOT NULL
    ) STRICT;
",
    "
    ALTER TABLE stories ADD COLUMN rank INTEGER;  -- its place by weight and freshness, see `today`
    CREATE INDEX stories_rank ON stories (pinned DESC, rank DESC, id);
    CREATE INDEX stories_newest ON stories (pinned DESC, last DESC, articles DESC, id);
    CREATE INDEX verdicts_differ ON verdicts (differ) WHERE differ > 0;
    CREATE INDEX facets_language ON facets (language);
",
    "
    CREATE TABLE forms (
        f INTEGER PRIMARY KEY,
        text TEXT NOT NULL UNIQUE     -- a name or an office as pages write it
    ) STRICT;
    ALTER TABLE named ADD COLUMN form INTEGER REFERENCES forms (f);  -- what the article calls a person or organisation,
    ALTER TABLE named ADD COLUMN role INTEGER REFERENCES forms (f);  -- and as what; of kind 3 in `entities` are organisations
    ALTER TABLE entities ADD COLUMN lat REAL;
    ALTER TABLE entities ADD COLUMN lon REAL;
",
    "
    ALTER TABLE articles DROP COLUMN print; -- follows from the report
    DELETE FROM settings WHERE name = 'linked by';
",
    "
    ALTER TABLE named ADD COLUMN gender INTEGER;    -- 0 a woman, 1 a man, as the article shows it
    CREATE INDEX stories_storyline ON stories (storyline, first, last, articles);
    CREATE INDEX articles_shown ON articles (latest, outlet, day);
    CREATE INDEX captures_added ON captures (added);
",
    "
    DELETE FROM settings WHERE name = 'decided';    -- the stories are made again, and with them how decisions stand
    -- of many articles the day, without their readings being passed over
    CREATE INDEX articles_days ON articles (n, coalesce(day, substr(seen, 1, 10)));
",
];

/// Version of the newest schema.
pub(crate) const FORMAT: i64 = STEPS.len() as i64;

pub(crate) fn format(db: &Connection) -> Result<i64> {
    Ok(db.query_row("PRAGMA user_version", [], |r| r.get(0))?)
}

/// Refuses an index of a later program.
pub(crate) fn check(db: &Connection) -> Result<i64> {
    let found = format(db)?;
    if found > FORMAT {
        return Err(StoreError::new(ErrorKind::TooNew { found, known: FORMAT }));
    }
    Ok(found)
}

/// Takes the steps that are missing.
pub(crate) fn migrate(db: &mut Connection) -> Result<()> {
    if check(db)? == FORMAT {
        return Ok(());
    }
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = check(&tx)?;
    for step in STEPS.iter().skip(done as usize) {
        tx.execute_batch(step)?;
    }
    tx.pragma_update(None, "user_version", FORMAT)?;
    tx.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrating_twice_is_migrating_once_and_later_formats_are_refused() {
        let mut db = Connection::open_in_memory().unwrap();
        migrate(&mut db).unwrap();
        migrate(&mut db).unwrap();
        assert_eq!(format(&db).unwrap(), FORMAT);
        db.pragma_update(None, "user_version", FORMAT + 1).unwrap();
        assert!(matches!(migrate(&mut db).unwrap_err().kind(), ErrorKind::TooNew { .. }));
    }
}
