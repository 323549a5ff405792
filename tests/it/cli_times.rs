//! Timelines, bursts, ranks and topics as people and other programs ask for
//! them.

use crate::cli::{answer, archive, json, refusal, run, text};

#[test]
fn timelines_have_rows_bursts_and_sheets() {
    let found = json(&["timeline", "data", "--by", "topic", "--by", "year"]);
    assert_eq!(
        (found["period"].as_str(), found["steps"].as_array().unwrap().len()),
        (Some("year"), 19)
    );
    let row = &found["rows"][0];
    assert_eq!(row["topic"], "Soviet Union");
    let sum: u64 = row["counts"].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).sum();
    assert_eq!(sum + row["undated"].as_u64().unwrap(), row["events"].as_u64().unwrap());
    assert_eq!(found, json(&["timeline", "data", "--by", "year,topic"]));
    assert!(found.get("bursts").is_none());

    let found = json(&["timeline", "data", "--by", "topic", "--bursts"]);
    let burst = &found["bursts"][0];
    assert_eq!(burst["topic"], "Apollo program");
    assert_eq!((&burst["start"], &burst["end"]), (&"1968-10-11".into(), &"1970-09-02".into()));
    assert_eq!(
        burst["events"].as_array().unwrap().len(),
        burst["count"].as_u64().unwrap() as usize
    );
    assert!(burst["events"].as_array().unwrap().contains(&burst["key_event"]));
    let alone = json(&["timeline", "data", "--topic", "Apollo program", "--bursts"]);
    assert_eq!(alone["bursts"][0]["events"], burst["events"]);
    assert_eq!(alone["bins"], json(&["timeline", "data", "--topic", "Apollo program"])["bins"]);

    // Beside a step stands its event with most links, not the first.
    let shown = answer(&["timeline", "data", "--by", "quarter"]);
    let summer = shown.lines().find(|line| line.starts_with("1969-Q3")).unwrap();
    assert!(summer.contains("Buzz Aldrin land") && summer.ends_with("(+5)"), "{summer}");

    let shown = answer(&["timeline", "data", "--by", "topic", "-n", "3"]);
    assert!(shown.lines().nth(1).unwrap().contains("Soviet Union"), "{shown}");
    assert!(shown.contains("more (--limit 0 shows all)"), "{shown}");
    let shown = answer(&["timeline", "data", "--topic", "NASA", "--bursts"]);
    assert!(shown.contains("▌█") && shown.contains("1961-04-20 to 1962-12-14"), "{shown}");

    let sheet = answer(&["timeline", "data", "--by", "year", "--csv"]);
    assert!(sheet.starts_with("year,start,count\r\n1957,1957-01-01,"), "{sheet}");
    assert_eq!(sheet.lines().count(), 20);
    let sheet = answer(&["timeline", "data", "--by", "topic,year", "--csv"]);
    let widths: std::collections::BTreeSet<usize> = csv::Reader::from_reader(sheet.as_bytes())
        .records()
        .map(|row| row.unwrap().len())
        .collect();
    assert_eq!(widths, std::collections::BTreeSet::from([22]));
    let some = ["timeline", "data", "--bursts", "--scaling", "1.2", "--gamma", "0.1"];
    let all = json(&some)["bursts"].as_array().unwrap().len();
    let shown = answer(&[&some[..], &["-n", "1"]].concat());
    assert!(all > 1 && shown.contains(&format!("… and {} more", all - 1)), "{all}: {shown}");
    let sheet = answer(&["timeline", "data", "--by", "topic", "--bursts", "--csv"]);
    assert!(
        sheet.starts_with("topic,start,end,weight,events,topics,key_event,title\r\n"),
        "{sheet}"
    );
}

/// What a page says must not run in whoever's spreadsheet.
#[test]
fn a_sheet_holds_no_formula() {
    let page = "### [1969-07-20](/x)\n# A\n\n### Related:\n\n\
                1. [X](/news/1969/07/21/x.md) _Context: =HYPERLINK(\"http://x\"), @SUM(A1)_\n";
    let folder = archive(&[("news/1969/07/20/a.md", page)]);
    let sheet = answer(&["timeline", text(folder.path()), "--by", "topic", "--csv"]);
    let mut topics = 0;
    for row in csv::Reader::from_reader(sheet.as_bytes()).records() {
        assert!(row.unwrap()[0].starts_with('\''), "{sheet}");
        topics += 1;
    }
    assert_eq!(topics, 2, "{sheet}");
}

#[test]
fn ranks_for_programs() {
    let found = json(&["rank", "data"]);
    let events = found["events"].as_array().unwrap();
    assert_eq!((found["by"].as_str(), events.len()), (Some("pagerank"), 123));
    let values: Vec<f64> = events.iter().map(|event| event["value"].as_f64().unwrap()).collect();
    assert!(values.is_sorted_by(|a, b| a >= b));
    assert!((values.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    assert!(events[0]["key"].as_str().unwrap().contains("1968/12/24/apollo-8"), "{}", events[0]);
    let some = json(&["rank", "data", "--by", "degree", "--from", "1969", "--until", "1969"]);
    assert_eq!(some["events"].as_array().unwrap().len(), 14);
    for args in [
        &["--by", "betweenness"][..],
        &["--by", "betweenness", "--directed"],
        &["--directed"],
        &["--weight", "strength"],
        &["--by", "degree", "--weight", "strength"],
    ] {
        let args = [&["rank", "data", "-n", "2"], args].concat();
        assert_eq!(answer(&args).lines().count(), 4, "{args:?}");
    }
}

#[test]
fn topics_with_and_between() {
    let found = json(&["topics", "data", "--with", "soviet lunar program"]);
    let topics = found["topics"].as_array().unwrap();
    assert_eq!(topics[0]["name"], "N1 (rocket)");
    let counts = topics[0]["counts"].as_array().unwrap();
    assert_eq!(counts.len(), found["steps"].as_array().unwrap().len());
    let sum: u64 = counts.iter().map(|n| n.as_u64().unwrap()).sum();
    assert_eq!(Some(sum), topics[0]["together"].as_u64());
    let two = ["topics", "data", "--with", "NASA", "--with", "Soviet Union"];
    assert!(json(&two)["events"].as_u64().unwrap() < found["of"].as_u64().unwrap());
    assert!(answer(&two).contains("with NASA, Soviet Union"));

    let found = json(&["topics", "data", "--between", "NASA", "Soviet Union"]);
    assert_eq!(
        found["together"].as_u64().unwrap() as usize,
        found["events"].as_array().unwrap().len()
    );
    let both = found["links"].as_array().unwrap().iter().filter(|link| link["names_both"] == true);
    for link in both {
        let topics = link["topics"].as_array().unwrap();
        assert!(topics.contains(&"NASA".into()) && topics.contains(&"Soviet Union".into()));
    }
    let told = answer(&["topics", "data", "--between", "NASA", "Soviet Union"]);
    assert!(told.contains("bear both") && told.contains("\nscore: "), "{told}");
    let link = &found["links"][0];
    let place = format!("{}:{}", link["page"].as_str().unwrap(), link["line"]);
    assert!(told.contains(&format!("\n      {place}\n")), "{place} is missing in\n{told}");
}

#[test]
fn distinctive_topics_of_a_selection() {
    let told = answer(&["topics", "data", "--distinctive", "--from", "1969", "--until", "1969"]);
    assert!(told.starts_with("14 of 123 events are selected\n"), "{told}");
    let first = told.lines().nth(3).unwrap();
    assert!(first.ends_with("Buzz Aldrin"), "{told}");
    // A topic that was asked for tells nothing.
    let found = json(&["topics", "data", "--distinctive", "--topic", "Sergei Korolev"]);
    assert_eq!(found["with"].as_array().unwrap().len(), 0);
    assert_eq!(found["of"], 123);
    let topics = found["topics"].as_array().unwrap();
    assert!(topics.iter().all(|topic| topic["name"] != "Sergei Korolev"));
    // The same as what comes with it, for all events are looked at.
    let with = json(&["topics", "data", "--with", "Sergei Korolev"]);
    assert_eq!(found["topics"], with["topics"]);
}

#[test]
fn questions_about_time_and_rank_that_make_no_sense() {
    let cases: [(&[&str], &str); 16] = [
        (&["topics", "data", "--distinctive"], "`--distinctive` tells some events from the others"),
        (
            &["topics", "data", "--distinctive", "--with", "NASA", "--from", "1969"],
            "`--with` and `--distinctive` are two questions",
        ),
        (&["timeline", "data", "--by", "year", "--by", "month"], "one length of a step"),
        (&["timeline", "data", "--by", "topic,topic"], "one kind of rows"),
        (&["timeline", "data", "--by", "century"], "possible values"),
        (&["timeline", "data", "--bursts", "--scaling", "1"], "has to be a number above 1"),
        (&["timeline", "data", "--bursts", "--gamma", "NaN"], "`--gamma` is NaN"),
        (&["timeline", "data", "--scaling", "3"], "--bursts"),
        (&["timeline", "data", "--csv", "--json"], "cannot be used with"),
        (&["rank", "data", "--damping", "1"], "at most 0.999"),
        (&["rank", "data", "--by", "betweenness", "--weight", "strength"], "leave out `--weight`"),
        (&["rank", "data", "--directed", "--weight", "strength"], "leave out `--directed`"),
        (&["topics", "data", "--with", "Soviet Unio"], "did you mean `Soviet Union`?"),
        (&["topics", "data", "--with", ""], "there is no topic ``"),
        (&["topics", "data", "--between", "NASA", "nasa"], "the same topic"),
        (&["topics", "data", "--between", "NASA"], "2 values required"),
    ];
    for (args, expected) in cases {
        let (code, message) = refusal(args);
        assert_eq!(code, Some(2), "{args:?}");
        assert!(message.contains(expected), "{args:?} says: {message}");
    }
}

/// An archive whose one event has neither date nor link nor topic.
#[test]
fn an_archive_of_next_to_nothing_answers() {
    let folder = archive(&[("news/a.md", "# A\n\n### Source:\n\n1. [B](https://b.example)\n")]);
    let archive = text(folder.path());
    for args in [
        &["timeline", archive, "--bursts"][..],
        &["timeline", archive, "--by", "topic"],
        &["timeline", archive, "--by", "topic", "--bursts"],
        &["timeline", archive, "--by", "topic", "--csv"],
        &["timeline", archive, "--csv"],
        &["rank", archive],
        &["rank", archive, "--by", "betweenness"],
        &["rank", archive, "--directed", "--json"],
    ] {
        if run(&["info", archive]).status.success() {
            answer(args);
        }
    }
}

#[test]
fn bursts_of_years_come_with_a_word_on_shorter_ones() {
    let hint = |args: &[&str]| {
        let shown = answer(&[&["timeline", "data", "--by", "topic", "--bursts"], args].concat());
        shown.lines().last().unwrap().to_owned()
    };
    // A newcomer is told what the numbers and the lines are.
    let shown = answer(&["timeline", "data", "--by", "topic", "--bursts"]);
    assert!(shown.starts_with("Bursts: days of far more events than usual."), "{shown}");
    let words = "last more than a year; --scaling";
    assert_eq!(hint(&[]), format!("2 of these 2 {words} 3 finds shorter ones"));
    assert!(hint(&["--scaling", "3"]).ends_with(&format!("{words} 5 finds shorter ones")));
    assert!(!hint(&["--scaling", "10"]).contains("more than a year"));
}

#[test]
fn topics_say_where_an_event_has_them_from() {
    let shown = answer(&["topics", "data", "--between", "John F. Kennedy", "Soviet Union"]);
    let said = "An event bears the topics of its links, its lead and its day page";
    assert!(shown.replace('\n', " ").contains(said), "{shown}");
}

#[test]
fn what_counts_as_a_link_of_an_event_is_said() {
    let head = |args: &[&str]| {
        let shown = answer(&[&["rank", "data", "-n", "1", "--by", "degree"], args].concat());
        shown.lines().next().unwrap().to_owned()
    };
    assert!(head(&[]).ends_with("tied to so many others (several links to one count once)"));
    assert!(head(&["--directed"]).ends_with("listed by so many others"));
    assert!(head(&["--weight", "strength"]).ends_with("by links of this strength in all"));
    assert!(answer(&["info", "data"]).contains("their links, in and out, of which each counts:"));
}
