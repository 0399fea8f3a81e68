//! From the names that a person gives to the persons and organisations a decision is about.

use crate::decisions::decision;
use crate::error::{ErrorKind, Result, StoreError};
use crate::{Library, Namesake};
use dateline_story::decisions::{Act, Called};

impl Library {
    /// Two names are one person's, or one organisation's.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] for a name that no article has, [`ErrorKind::Ambiguous`] for one that several have,
    /// [`ErrorKind::Decision`] where both are one name; [`ErrorKind::Index`].
    pub fn joining(&self, one: &str, other: &str) -> Result<Act> {
        let (one, other) = self.two(one, other)?;
        Ok(Act::SamePerson { one, other })
    }

    /// Two names are not one person's.
    ///
    /// # Errors
    /// As [`Library::joining`].
    pub fn telling_apart(&self, one: &str, other: &str) -> Result<Act> {
        let (one, other) = self.two(one, other)?;
        Ok(Act::OtherPerson { one, other })
    }

    fn two(&self, one: &str, other: &str) -> Result<(Called, Called)> {
        let (one, other) = (self.one_called(one)?, self.one_called(other)?);
        if one.key == other.key {
            return Err(decision(format!("both are {} already", one.name)));
        }
        Ok((one, other))
    }

    /// The one of this name: by key, else the only one with exactly these words, else the only one with all of them.
    fn one_called(&self, name: &str) -> Result<Called> {
        if let Some(sake) = self.called(name)? {
            return Ok(of(sake));
        }
        let all = self.namesakes(name)?;
        let exact = all.iter().filter(|s| s.exact).count();
        match (exact, all.len()) {
            (_, 0) => Err(StoreError::not_found("person or organisation", name)),
            (1, _) | (0, 1) => all.into_iter().next().map(of).ok_or_else(|| StoreError::not_found("name", name)),
            (0, count) | (count, _) => Err(StoreError::new(ErrorKind::Ambiguous { name: name.to_owned(), count })),
        }
    }
}

fn of(sake: Namesake) -> Called {
    Called { key: sake.key, name: sake.name }
}
