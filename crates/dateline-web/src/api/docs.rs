//! The document that describes the API (OpenAPI 3.1), and a page of ours that shows it.

use crate::error::Failed;
use crate::pages::frame;
use askama::Template;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use serde_json::Value;

/// The document.
pub(super) const DOCUMENT: &str = include_str!("../../assets/openapi.json");

pub(super) async fn document() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/vnd.oai.openapi+json;version=3.1")], DOCUMENT)
}

/// One question.
struct Question {
    path: String,
    summary: String,
    description: String,
    parameters: Vec<Field>,
    /// The name of what is answered.
    answer: String,
    /// The question with its examples filled in, where no part of the address has to be known.
    example: Option<String>,
}

/// A parameter, or a field of an answer.
struct Field {
    name: String,
    kind: String,
    description: String,
    required: bool,
}

/// A shape of answers.
struct Shape {
    name: String,
    description: String,
    fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "api.html")]
struct Page {
    description: String,
    questions: Vec<Question>,
    shapes: Vec<Shape>,
}

pub(super) async fn page() -> Result<Html<String>, Failed> {
    let document: Value = serde_json::from_str(DOCUMENT).map_err(|_| Failed::Fault)?;
    let entries = |value: &Value| -> Vec<(String, Value)> {
        value.as_object().map(|o| o.iter().map(|(k, v)| (k.clone(), v.clone())).collect()).unwrap_or_default()
    };
    frame::set(&Page {
        description: words(&document["info"]["description"]),
        questions: entries(&document["paths"]).iter().map(|(path, ways)| question(path, &ways["get"])).collect(),
        shapes: entries(&document["components"]["schemas"]).iter().map(|(name, shape)| of_shape(name, shape)).collect(),
    })
}

fn words(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn question(path: &str, way: &Value) -> Question {
    let parameters = way["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    let field = |p: &Value| Field {
        name: words(&p["name"]),
        kind: kind(&p["schema"]),
        description: words(&p["description"]),
        required: p["required"] == true,
    };
    let query: Vec<String> = parameters
        .iter()
        .filter(|p| p["in"] == "query" && p["required"] == true)
        .map(|p| format!("{}={}", words(&p["name"]), crate::pages::encoded(&words(&p["example"]))))
        .collect();
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    Question {
        path: path.to_owned(),
        summary: words(&way["summary"]),
        description: words(&way["description"]),
        parameters: parameters.iter().map(field).collect(),
        answer: kind(&way["responses"]["200"]["content"]["application/json"]["schema"]),
        example: (!path.contains('{')).then(|| format!("{path}{query}")),
    }
}

fn of_shape(name: &str, shape: &Value) -> Shape {
    let required = shape["required"].as_array().map(Vec::as_slice).unwrap_or_default();
    let fields = shape["properties"].as_object().into_iter().flatten().map(|(name, p)| Field {
        name: name.clone(),
        kind: kind(p),
        description: words(&p["description"]),
        required: required.iter().any(|r| r == name),
    });
    Shape { name: name.to_owned(), description: words(&shape["description"]), fields: fields.collect() }
}

/// "array of Story", "string or null".
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|r| r.rsplit('/').next()) {
        return name.to_owned();
    }
    let of = |name: &str| match name {
        "array" if schema["items"].is_object() => format!("array of {}", kind(&schema["items"])),
        name => name.to_owned(),
    };
    match &schema["type"] {
        Value::Array(all) => all.iter().filter_map(Value::as_str).map(of).collect::<Vec<_>>().join(" or "),
        Value::String(name) => of(name),
        _ => schema["enum"].as_array().map(|_| "string".to_owned()).unwrap_or_default(),
    }
}
