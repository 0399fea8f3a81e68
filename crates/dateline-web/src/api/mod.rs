//! The library for programs: JSON over the queries that the pages ask, described by a document of ours.

mod answers;
mod docs;
mod keeping;
mod people;
mod problem;
mod storylines;

pub(crate) use problem::Problem;

use crate::shelf::Shelf;
use axum::Router;
use axum::routing::{MethodRouter, get};

/// What the addresses begin with.
pub(crate) const ROOT: &str = "/api/v1";

/// Every question, by its address below [`ROOT`]; [`docs::DOCUMENT`] describes each.
fn routes() -> Vec<(&'static str, MethodRouter<Shelf>)> {
    vec![
        ("/counts", get(answers::counts)),
        ("/stories", get(answers::stories)),
        ("/stories/{id}", get(answers::story)),
        ("/storylines", get(storylines::list)),
        ("/storylines/{id}", get(storylines::one)),
        ("/articles/{id}", get(answers::article)),
        ("/search", get(answers::search)),
        ("/who", get(answers::who)),
        ("/figures", get(answers::figures)),
        ("/names", get(people::names)),
        ("/names/{key}", get(people::name)),
        ("/places", get(people::place)),
        ("/watches", get(keeping::watches)),
        ("/watches/{name}", get(keeping::watch)),
        ("/briefs", get(keeping::briefs)),
        ("/briefs/{id}", get(keeping::brief)),
    ]
}

/// The questions, the document, and the page that shows it.
pub(crate) fn router() -> Router<Shelf> {
    let page = Router::new().route("/api", get(docs::page)).route("/api/openapi.json", get(docs::document));
    routes()
        .into_iter()
        .fold(page, |all, (path, ask)| all.route(&format!("{ROOT}{path}"), ask.fallback(problem::method)))
        .route("/api/{*rest}", axum::routing::any(problem::nowhere))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::collections::BTreeSet;

    #[test]
    fn the_document_describes_every_question_and_no_other() {
        let document: Value = serde_json::from_str(docs::DOCUMENT).unwrap();
        let described: BTreeSet<String> = document["paths"].as_object().unwrap().keys().cloned().collect();
        let asked: BTreeSet<String> = routes().iter().map(|(path, _)| format!("{ROOT}{path}")).collect();
        assert_eq!(described, asked);
        assert_eq!(document["openapi"], "3.1.0");
    }
}
