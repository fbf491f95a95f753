//! Which recommendations ask for the same, measured on pairs judged by hand.

use crate::support::program::{Program, fixture};

/// What issue 6 asks for.
const LEAST_PRECISION: f64 = 0.9;
const LEAST_RECALL: f64 = 0.6;

#[test]
fn the_same_demand_is_found_again_and_little_else() {
    for file in ["corpus", "written"] {
        let pairs = fixture(&format!("recurrence/{file}.json"));
        let printed = Program::new().run(&["evaluate", "--recurrence", &pairs, "--json"]);
        let score: serde_json::Value = serde_json::from_str(&printed.well()).unwrap();
        let figure = |name: &str| score[name].as_f64().unwrap();
        assert!(figure("precision") >= LEAST_PRECISION, "{file}: {score:#}");
        assert!(figure("recall") >= LEAST_RECALL, "{file}: {score:#}");
    }
}
