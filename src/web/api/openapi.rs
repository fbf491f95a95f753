//! `GET /openapi.json`: what the API takes and gives, OpenAPI 3.1.
//!
//! In: the table of endpoints and what ids are called. Out: the document. The
//! values of facets are listed as they are in force.

use axum::Json;
use axum::extract::State;
use serde_json::{Map, Value, json};

use super::endpoints::{ALL, Endpoint, Takes};
use crate::search::Names;
use crate::search::request::Facet;
use crate::search::similar::LONGEST;
use crate::web::params;
use crate::web::state::App;

/// The document.
pub(super) async fn document(State(app): State<App>) -> Json<Value> {
    Json(describe(app.names()))
}

fn describe(names: &Names) -> Value {
    let paths: Map<String, Value> = ALL
        .iter()
        .map(|endpoint| {
            let method = if endpoint.is_post { "post" } else { "get" };
            let path = format!("/api/v1{}", endpoint.path);
            (path, json!({ method: operation(endpoint, names) }))
        })
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Lessons Index",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "What safeguarding reviews have taught, and what was done about it. \
                Every answer gives the revision of the data as its ETag; every statement gives the \
                page that it was read from. Read by machine: the linked original is what counts.",
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": {"Problem": problem(), "List": list(), "Similar": similar()}},
    })
}

fn operation(endpoint: &Endpoint, names: &Names) -> Value {
    let mut parameters = path_parameters(endpoint.path);
    for takes in endpoint.takes {
        parameters.extend(query_parameters(*takes, names));
    }
    if !endpoint.is_post {
        parameters.push(known_state());
    }
    let mut operation = json!({
        "summary": endpoint.says,
        "operationId": operation_id(endpoint.path),
        "parameters": parameters,
        "responses": responses(endpoint),
    });
    if endpoint.is_post {
        operation["requestBody"] = json!({
            "required": true,
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Similar"}}},
        });
    }
    operation
}

/// `/reviews/{partnership}/{head}` is `reviews_partnership_head`.
fn operation_id(path: &str) -> String {
    let words = path.split(|c: char| !c.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join("_")
}

fn path_parameters(path: &str) -> Vec<Value> {
    let names = path
        .split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    names
        .map(|name| {
            let schema = match name {
                "head" => json!({"type": "string", "pattern": "^[0-9a-f]{8}$"}),
                "citation" => json!({"enum": ["citation.ris", "citation.bib"]}),
                "item" => json!({"type": "string", "minLength": 1}),
                _ => json!({"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}),
            };
            json!({"name": name, "in": "path", "required": true, "schema": schema})
        })
        .collect()
}

fn query_parameters(takes: Takes, names: &Names) -> Vec<Value> {
    match takes {
        Takes::Search => {
            let mut parameters = vec![
                optional(
                    "q",
                    "Words, \"phrases\", -words",
                    &json!({"type": "string", "maxLength": params::MAX_QUERY}),
                ),
                optional(
                    "strict",
                    "Refuse a query that is not wholly understood",
                    &json!({"enum": ["yes", "no"]}),
                ),
                optional(
                    "sort",
                    "Order",
                    &json!({"enum": ["relevance", "newest", "oldest"]}),
                ),
                optional("page", "Page of results, from 1", &count(1_000)),
            ];
            parameters.extend(query_parameters(Takes::Narrowing, names));
            parameters
        }
        Takes::Narrowing => {
            let facets = params::filterable().map(|facet| facet_parameter(facet, names));
            let date = json!({"type": "string", "pattern": "^(19|20)[0-9]{2}$"});
            let others = [
                optional("from", "Published in or after this year", &date),
                optional("to", "Published in or before this year", &date),
                optional("size", "Results on a page", &count(params::MAX_SIZE)),
            ];
            facets.chain(others).collect()
        }
        Takes::OneOf(name, values) => vec![optional(
            name,
            "The first when not given",
            &json!({"enum": values, "default": values[0]}),
        )],
        Takes::Partnerships => vec![facet_parameter(Facet::Partnership, names)],
    }
}

fn known_state() -> Value {
    json!({
        "name": "If-None-Match", "in": "header", "required": false,
        "description": "The `ETag` of the state that the reader knows",
        "schema": {"type": "string"},
    })
}

fn count(most: u32) -> Value {
    json!({"type": "integer", "minimum": 1, "maximum": most})
}

fn optional(name: &str, says: &str, schema: &Value) -> Value {
    json!({"name": name, "in": "query", "required": false, "description": says, "schema": schema})
}

/// Values of one facet are alternatives; facets narrow each other.
fn facet_parameter(facet: Facet, names: &Names) -> Value {
    let values: Vec<&str> = names.values(facet).map(|(id, _)| id).collect();
    let schema = json!({"type": "array", "items": {"enum": values}, "maxItems": 50});
    let mut parameter = optional(facet.id(), "Any of these", &schema);
    parameter["explode"] = true.into();
    parameter
}

fn responses(endpoint: &Endpoint) -> Value {
    let schema = |media_type: &str| match media_type {
        "application/json" if endpoint.takes == [Takes::Search] => {
            json!({"schema": {"$ref": "#/components/schemas/List"}})
        }
        "application/json" => json!({"schema": {"type": "object"}}),
        _ => json!({"schema": {"type": "string"}}),
    };
    let content: Map<String, Value> = endpoint
        .gives
        .iter()
        .map(|media_type| ((*media_type).to_owned(), schema(media_type)))
        .collect();
    let problem = |says: &str| {
        let schema = json!({"$ref": "#/components/schemas/Problem"});
        json!({"description": says, "content": {"application/problem+json": {"schema": schema}}})
    };
    let mut responses = json!({
        "200": {"description": endpoint.says, "content": content},
        "304": {"description": "The data is as the reader knows it"},
        "400": problem("A parameter or the body is not as it should be; `errors` names it"),
        "429": problem("Too many requests; `Retry-After` says when to come again"),
        "500": problem("A fault on our side"),
        "503": problem("Too much to do; `Retry-After` says when to come again"),
    });
    if endpoint.path.contains('{') {
        responses["404"] = problem("Nothing of that name");
        responses["410"] = problem("It was withdrawn");
        responses["307"] = json!({"description": "It is part of the case that `Location` names"});
    }
    if endpoint.takes == [Takes::Partnerships] {
        responses["404"] = problem("No publisher of that name");
    }
    if endpoint.is_post {
        responses["413"] = problem("The body is too large");
    }
    responses
}

fn problem() -> Value {
    let string = json!({"type": "string"});
    json!({
        "description": "RFC 9457",
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": string, "title": string, "status": {"type": "integer"}, "detail": string,
            "errors": {"type": "array", "items": {
                "type": "object",
                "required": ["parameter", "detail"],
                "properties": {"parameter": string, "detail": string},
            }},
        },
    })
}

fn list() -> Value {
    let number = json!({"type": "integer", "minimum": 0});
    json!({
        "type": "object",
        "required": ["total", "page", "size", "revision", "results", "facets", "notes"],
        "properties": {
            "total": number, "page": number, "size": number,
            "revision": {"type": "string"},
            "results": {"type": "array", "items": {"type": "object", "required": ["id"]}},
            "facets": {"type": "object", "additionalProperties": {"type": "array"}},
            "notes": {"type": "array"},
        },
    })
}

fn similar() -> Value {
    json!({
        "type": "object",
        "required": ["text"],
        "additionalProperties": false,
        "properties": {
            "text": {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": "\\S"},
            "filters": {"type": "object"},
            "size": {"type": "integer", "minimum": 1, "maximum": params::MAX_SIZE},
        },
    })
}
