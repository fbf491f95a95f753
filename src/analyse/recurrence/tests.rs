use super::*;

#[test]
fn the_same_demand_in_other_words_is_found_with_reasons() {
    let asked = [
        asked(
            "The Partnership should commission an independent return interview service for all children who go missing.",
            0,
        ),
        asked(
            "Commission one independent return home service which offers each child a conversation within 72 hours.",
            1,
        ),
        asked("The Trust should audit its discharge letters.", 2),
    ];
    let found = recurrences(&asked);
    let [pair] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!((pair.one, pair.other, pair.degree), (0, 1, Degree::Same));
    assert_eq!(pair.because[0], "Both are about return interviews.");
}

#[test]
fn a_case_does_not_repeat_itself() {
    let text = "Every agency should record the father of each baby on its forms.";
    assert_eq!(recurrences(&[asked(text, 7), asked(text, 7)]), []);
    assert_eq!(recurrences(&[asked(text, 7), asked(text, 8)]).len(), 1);
}

#[test]
fn one_matter_and_two_remedies_are_not_the_same() {
    let asked = [
        asked(
            "Write to the Department for Education about children placed outside their county.",
            0,
        ),
        asked(
            "Foster carers should visit children placed outside their county twice before they move.",
            1,
        ),
    ];
    let same = recurrences(&asked)
        .into_iter()
        .filter(|pair| pair.degree == Degree::Same);
    assert_eq!(same.count(), 0);
}

#[test]
fn a_cluster_is_a_star_and_not_a_chain() {
    let pair = |one, other| Alike {
        one,
        other,
        degree: Degree::Same,
        likeness: 0.5,
        because: Vec::new(),
    };
    let found = clusters(&[pair(0, 1), pair(1, 2), pair(1, 3), pair(3, 4), pair(4, 5)]);
    let shape: Vec<(usize, Vec<usize>)> = found
        .into_iter()
        .map(|cluster| (cluster.representative, cluster.members))
        .collect();
    assert_eq!(shape, [(1, vec![0, 2, 3]), (4, vec![5])]);
}

fn asked(text: &str, case: usize) -> Asked<'_> {
    Asked {
        text,
        case,
        themes: &[],
        to: &[],
    }
}
