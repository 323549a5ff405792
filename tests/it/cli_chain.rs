//! `chain` and `thread` as people and other programs call them.

use serde_json::Value;

use crate::cli::{answer, archive, json, text};

fn keys(chain: &Value) -> Vec<&str> {
    chain["events"].as_array().unwrap().iter().map(|e| e["key"].as_str().unwrap()).collect()
}

#[test]
fn every_meaning_has_its_chain() {
    let ends = ["chain", "data", "Sputnik 1", "shake hands"];
    let mut told = Vec::new();
    for by in ["closest", "strongest", "fewest", "coherent"] {
        let found = json(&[&ends[..], &["--by", by]].concat());
        assert_eq!(found["by"], by);
        let chain = &found["chains"][0];
        let keys = keys(chain);
        let hops = keys.len() - 1;
        assert!(keys[0].contains("sputnik-1") && keys[hops].contains("shake-hands"), "{keys:?}");
        for list in ["links", "further_links", "strengths"] {
            assert_eq!(chain[list].as_array().unwrap().len(), hops, "{by}: {list}");
        }
        let strengths: Vec<f64> =
            chain["strengths"].as_array().unwrap().iter().map(|s| s.as_f64().unwrap()).collect();
        let weakest = strengths[chain["weakest"].as_u64().unwrap() as usize];
        assert_eq!(weakest, strengths.iter().copied().fold(1.0, f64::min), "{by}");
        assert_eq!(chain["coherence"]["min"], weakest, "{by}");
        let mean = chain["coherence"]["mean"].as_f64().unwrap();
        assert!(mean >= weakest && mean <= 1.0, "{by}");
        assert_eq!(chain["span"]["first"], "1957-10-04", "{by}");
        assert_eq!(found["surprise"]["pairs"], 1000, "{by}");
        assert_eq!(found["surprise"]["fewest"], 4, "{by}");
        told.push(weakest);
    }
    let by_default = json(&ends);
    assert_eq!(by_default["by"], "closest");
    assert!(told[1] >= told[0] && told[1] >= told[2], "{told:?}");
}

#[test]
fn a_chain_in_time_reads_as_a_story() {
    let forth = json(&["chain", "data", "Sputnik 1", "shake hands", "--in-time"]);
    let back = json(&["chain", "data", "shake hands", "Sputnik 1", "--backward"]);
    let dates = |chain: &Value| -> Vec<String> {
        let events = chain["events"].as_array().unwrap().iter();
        events.map(|event| event["date"].as_str().unwrap().to_owned()).collect()
    };
    assert!(dates(&forth["chains"][0]).is_sorted());
    let mut backwards = dates(&back["chains"][0]);
    backwards.reverse();
    assert!(backwards.is_sorted());
    let none = json(&["chain", "data", "shake hands", "Sputnik 1", "--in-time"]);
    assert_eq!(none["chains"], serde_json::json!([]));
    assert!(
        none["reason"].as_str().unwrap().contains("`backward` in place of `in_time`"),
        "{}",
        none["reason"]
    );
}

#[test]
fn alternatives_differ_and_leave_out_what_is_avoided() {
    let ends = ["chain", "data", "Sputnik 1", "shake hands"];
    let found = json(&[&ends[..], &["-k", "3"]].concat());
    let chains = found["chains"].as_array().unwrap();
    assert_eq!(chains.len(), 3);
    assert_eq!(json(&ends)["chains"][0], chains[0]);
    let inner = |n: usize| keys(&chains[n])[1..keys(&chains[n]).len() - 1].to_vec();
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
        let (a, b) = (inner(a), inner(b));
        let shared = a.iter().filter(|key| b.contains(key)).count();
        assert!(2 * shared <= a.len().min(b.len()), "{a:?} and {b:?}");
    }
    let around = json(&[&ends[..], &["--avoid", inner(0)[0], "--avoid", "Alexei Leonov"]].concat());
    assert!(!keys(&around["chains"][0]).contains(&inner(0)[0]));
    for link in around["chains"][0]["links"].as_array().unwrap() {
        assert!(!link["topics"].as_array().unwrap().contains(&"Alexei Leonov".into()));
    }
    let many = answer(&[&ends[..], &["-k", "2"]].concat());
    assert!(many.starts_with("1. ") && many.contains("\n2. "), "{many}");
}

#[test]
fn a_gap_names_what_might_close_it() {
    let none = json(&["chain", "data", "Sputnik 1", "Michael Adams"]);
    assert_eq!(none["gap"]["sizes"], serde_json::json!([116, 6]));
    let missing = none["gap"]["missing"].as_array().unwrap();
    assert!(!missing.is_empty());
    for missing in missing {
        assert_eq!(missing["present"], false);
        assert!(missing["side"] == "second" || missing["likelihood"].as_f64().unwrap() > 0.0);
    }
    let text = answer(&["chain", "data", "Sputnik 1", "Michael Adams"]).replace('\n', " ");
    assert!(text.contains("115 other events") && text.contains("5 other events"), "{text}");
    let short = answer(&["chain", "data", "Sputnik 1", "shake hands", "--max-links", "3"]);
    assert!(short.contains("There is one of 4 links without `--max-links`."), "{short}");
    // Programs are told the option as its field is called, whatever face asks.
    let short = json(&["chain", "data", "Sputnik 1", "shake hands", "--max-links", "3"]);
    assert!(short["reason"].as_str().unwrap().ends_with("without `max_links`."), "{short}");
}

#[test]
fn a_thread_has_two_sides_in_order_of_time() {
    let found = json(&["thread", "data", "shake hands", "--branches", "3"]);
    assert_eq!(found["event"]["date"], "1975-07-17");
    let sides = [found["before"].as_array().unwrap(), found["after"].as_array().unwrap()];
    assert_eq!(sides[0].len(), 3);
    for (side, chains) in sides.into_iter().enumerate() {
        for chain in chains {
            let events = chain["events"].as_array().unwrap();
            assert!(events.len() <= 6);
            let own = if side == 0 { &events[events.len() - 1] } else { &events[0] };
            assert_eq!(own["key"], found["event"]["key"]);
            let dates = events.iter().map(|event| event["date"].as_str().unwrap());
            assert!(dates.is_sorted());
            assert_eq!(chain["subject_changes"].as_array().unwrap().len(), events.len());
        }
    }
    let last = answer(&["thread", "data", "The last Apollo splashes"]);
    assert!(last.contains("What led to it") && last.contains("What followed"), "{last}");
}

#[test]
fn chains_are_the_same_with_one_thread_and_with_two() {
    for args in [
        &["chain", "data", "Laika", "shake hands", "--by", "coherent", "-k", "4", "--json"][..],
        &["thread", "data", "shake hands", "--json"],
    ] {
        let with = |threads: &str| answer(&[args, &["--threads", threads]].concat());
        assert_eq!(with("1"), with("2"));
    }
}

#[test]
fn a_page_that_is_asked_for_is_not_named_as_missing() {
    let folder = archive(&[
        (
            "news/2001/02/1/a.md",
            "# A\n\n## Related\n\n1. [Gone](/news/2001/02/2/gone.md) _Context: tea_\n",
        ),
        (
            "news/2001/02/3/b.md",
            "# B\n\n## Related\n\n1. [Lost](/news/2001/02/4/lost.md) _Context: tea_\n",
        ),
    ]);
    let found = json(&["chain", text(folder.path()), "gone", "news/2001/02/3/b"]);
    let missing = found["gap"]["missing"].as_array().unwrap();
    let keys: Vec<&str> = missing.iter().map(|one| one["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["news/2001/02/4/lost"]);
    let reason = found["reason"].as_str().unwrap();
    assert!(
        reason.ends_with("“Gone” has no page of its own; the links of one might join them."),
        "{reason}"
    );
}

/// Thirty events by one topic, and one that only this topic ties to them.
fn by_a_topic_that_is_everywhere() -> tempfile::TempDir {
    let page = |title: &str, list: &str| format!("# {title}\n\n## Related\n\n{list}");
    let item = |to: &str, topics: &str| format!("1. [{to}](/news/{to}.md) _Context: {topics}_\n");
    let mut pages: Vec<(String, String)> = (2..=30)
        .map(|day| {
            let before = item(&format!("2001/01/{}/e", day - 1), "States");
            (format!("news/2001/01/{day}/e.md"), page(&format!("Event {day}"), &before))
        })
        .collect();
    let whale = item("2001/01/30/e", "States") + &item("2001/03/1/bones", "Whale");
    pages.push(("news/2001/02/1/whale.md".to_owned(), page("A whale strands", &whale)));
    pages.push(("news/2001/03/1/bones.md".to_owned(), page("Bones are shown", "")));
    let pages: Vec<(&str, &str)> = pages.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    archive(&pages)
}

#[test]
fn a_thread_ends_where_links_tell_little_and_says_so() {
    let folder = by_a_topic_that_is_everywhere();
    let thread = ["thread", text(folder.path()), "whale"];
    let found = json(&thread);
    assert_eq!(found["before"], serde_json::json!([]));
    assert_eq!(keys(&found["after"][0]), ["news/2001/02/1/whale", "news/2001/03/1/bones"]);
    let end = &found["weak_before"][0];
    assert_eq!(end["event"], "news/2001/02/1/whale");
    assert_eq!((&end["events"], &end["topics"]), (&1.into(), &serde_json::json!(["States"])));
    assert!(end["strength"].as_f64().unwrap() < 0.3);
    assert_eq!(found["weak_after"], serde_json::json!([]));
    let said = "1 earlier event is tied to it, with a strength of 0.06 (States)";
    let shown = answer(&thread);
    let unwrapped = shown.replace("\n  ", " ");
    assert!(unwrapped.contains(&format!("{said}; --min-strength 0 follows it")), "{shown}");
    // The end of a chain says the same.
    let bones = answer(&["thread", text(folder.path()), "bones"]);
    assert!(bones.contains(&format!("· · · {said}")), "{bones}");

    let all = [&thread[..], &["--min-strength", "0", "--branches", "1"]].concat();
    let followed = json(&all);
    assert_eq!(followed["before"][0]["weak_hops"], serde_json::json!([0]), "{followed}");
    assert_eq!(followed["weak_before"], serde_json::json!([]));
    let shown = answer(&all);
    assert!(shown.contains("; 1 link tells little\n"), "{shown}");
    assert!(
        shown.contains("↓ 0.06  States · tells little\n")
            || shown.contains("↑ 0.06  States · tells little\n"),
        "{shown}"
    );

    let written = |args: &[&str], name: &str| {
        let file = folder.path().join(name);
        answer(&[args, &["-o", text(&file)]].concat());
        std::fs::read_to_string(file).unwrap()
    };
    for name in ["a.md", "a.html"] {
        assert!(written(&thread, name).contains(&format!("{said}.")), "{name}");
        assert!(written(&all, name).contains(" (tells little)"), "{name}");
    }
    let drawn = written(&thread, "a.svg");
    assert!(
        drawn.contains("Only links too weak to be followed tie it to what came before."),
        "{drawn}"
    );
    assert!(written(&all, "b.svg").contains("States (tells little)"));
}

#[test]
fn a_chain_names_its_weak_links() {
    let folder = by_a_topic_that_is_everywhere();
    let chain = ["chain", text(folder.path()), "bones", "2001/01/30/e"];
    assert_eq!(json(&chain)["chains"][0]["weak_hops"], serde_json::json!([1]));
    let shown = answer(&chain);
    assert!(
        shown.contains("; 1 link tells little") && shown.contains("States · tells little"),
        "{shown}"
    );
}

#[test]
fn where_no_link_has_a_topic_a_thread_follows_all() {
    let folder = archive(&[
        (
            "news/2001/01/1/a.md",
            "## [Tea](/tea)\n\n# A\n\n## Related\n\n1. [B](/news/2001/01/2/b.md)\n",
        ),
        ("news/2001/01/2/b.md", "## [Tea](/tea)\n\n# B\n\n"),
    ]);
    assert_eq!(json(&["thread", text(folder.path()), "a"])["after"].as_array().unwrap().len(), 1);
}

/// A quake that was felt in another country, and a story of that country.
#[test]
fn a_chain_by_little_of_what_an_event_is_about_says_so() {
    let item = |to: &str, topics: &str| format!("1. [{to}](/news/{to}.md) _Context: {topics}_\n");
    let own = ["Quake", "Rescue", "Landslide", "Dam", "Army", "Mourning"].join(", ");
    let quake = format!(
        "# The quake\n\n## Related\n\n{}{}",
        item("2001/01/1/march", "Far country"),
        item("2001/03/1/rescue", &own)
    );
    let folder = archive(&[
        ("news/2001/01/1/march.md", "# A march\n\n## Related\n\n"),
        ("news/2001/02/1/quake.md", &quake),
        ("news/2001/03/1/rescue.md", "# The rescue\n\n## Related\n\n"),
    ]);
    let folder = text(folder.path());
    let shown = answer(&["thread", folder, "the quake"]);
    let (before, after) = shown.split_once("What followed").expect("two sides");
    assert!(before.contains("\nby Far country alone, of the 7 topics that it bears\n"), "{shown}");
    assert!(before.starts_with("What came before it, tied to it by few topics\n"), "{shown}");
    assert!(!after.contains("alone"), "{shown}");
    // Nor does the dossier or the picture claim a cause.
    let made = tempfile::tempdir().unwrap();
    for (ending, tied) in [("md", true), ("svg", false)] {
        let file = made.path().join(format!("led.{ending}"));
        answer(&["thread", folder, "the quake", "-o", text(&file)]);
        let told = std::fs::read_to_string(file).unwrap();
        assert!(told.contains("What came before it, tied to it by few topics"), "{told}");
        assert!(!told.contains("What led"), "{told}");
        let tie = "It is tied to it by Far country alone, of the 7 topics that it bears.";
        assert_eq!(told.contains(tie), tied, "{told}");
    }

    // From the march to the quake to the rescue: always on.
    let on = answer(&["chain", folder, "a march", "the rescue"]);
    assert!(!on.contains("back and forth"), "{on}");
}

#[test]
fn a_chain_that_goes_back_and_forth_in_time_names_the_way_out() {
    let list = "## Related\n\n1. [B](/news/2001/03/1/b.md)\n";
    let page = |title: &str| format!("## [Tea](/tea)\n\n# {title}\n\n{list}");
    let folder = archive(&[
        ("news/2001/01/1/a.md", &page("A tea")),
        ("news/2001/02/1/c.md", &page("C tea")),
        ("news/2001/03/1/b.md", "## [Tea](/tea)\n\n# B tea\n"),
    ]);
    let folder = text(folder.path());
    let shown = answer(&["chain", folder, "A tea", "C tea"]);
    let said = "\nit goes back and forth in time; --in-time looks for a chain that does not\n";
    assert!(shown.ends_with(said), "{shown}");
}

/// Links by a sea and by a fuel tie two events as strongly as one story does.
#[test]
fn a_chain_of_mere_associations_says_so() {
    let page = |day: u32, title: &str, next: u32, topic: &str| {
        let related = format!("1. [Next](/news/2011/03/{next}/a.md)\n\n_Context: {topic}_\n");
        let text = format!("### [2011-03-{day}](/x)\n# {title}\n### Related:\n{related}");
        (format!("news/2011/03/{day}/a.md"), text)
    };
    let says = |topics: [&str; 3]| {
        let pages = [
            page(11, "Earthquake", 12, topics[0]),
            page(12, "Pipeline", 13, topics[1]),
            page(13, "Referendum", 14, topics[2]),
        ];
        let pages: Vec<(&str, &str)> =
            pages.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let archive = archive(&pages);
        let asked = ["chain", text(archive.path()), "Earthquake", "Referendum"];
        answer(&asked).contains("another subject begins at the event between")
    };
    assert!(says(["Pacific", "Natural gas", "Elections"]));
    assert!(!says(["Pacific", "Pacific", "Elections"]));
}
