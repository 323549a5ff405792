//! Stories: the story graph against its definition, what `data/` tells, and
//! the dossier.

use std::collections::BTreeSet;

use threadline::analysis::{
    Saga, StoryOptions, Strengths, find_event, naming_topics, stories, story_graph,
};
use threadline::export::Dossier;
use threadline::model::{EventId, TopicId};
use threadline::{ErrorKind, EventGraph};

use crate::cli::{answer, json};
use crate::fixture::{archive, built, data, put};
use crate::random::random_graph;

/// The story graph by its definition, pair by pair.
fn slow_tie(strengths: &Strengths<'_>, a: EventId, b: EventId, scale: f64) -> f64 {
    let graph = strengths.walk().graph();
    let days = match (graph.date(a), graph.date(b)) {
        (Some(a), Some(b)) => f64::from((a.days() - b.days()).abs()),
        _ => scale,
    };
    let topics = |event| graph.topics(event).collect::<BTreeSet<TopicId>>();
    let common: BTreeSet<TopicId> = topics(a).intersection(&topics(b)).copied().collect();
    let follows = |topic: &TopicId| {
        let bearers: Vec<EventId> = graph
            .events()
            .filter(|&e| graph.date(e).is_some() && topics(e).contains(topic))
            .collect();
        let at = |event| bearers.iter().position(|&e| e == event);
        matches!((at(a), at(b)), (Some(a), Some(b)) if a.abs_diff(b) <= 4)
    };
    let mut closeness = 0.0_f64;
    if common.iter().any(follows) {
        let remains: f64 =
            common.iter().map(|&topic| 1.0 - strengths.information(topic).powi(2)).product();
        closeness = (1.0 - remains).powf(1.5);
    }
    for id in graph.links() {
        let link = graph.link(id).unwrap();
        if BTreeSet::from([link.source, link.target]) == BTreeSet::from([a, b]) {
            closeness = closeness.max(strengths.of(id).powi(2));
        }
    }
    closeness * (-days / scale).exp()
}

#[test]
fn the_story_graph_is_what_its_definition_says() {
    let mut graphs: Vec<EventGraph> =
        (0..4).map(|seed| random_graph(25, 40 * seed as usize, seed)).collect();
    graphs.push(built(&data()).0);
    for graph in &graphs {
        for scale in [10.0, 60.0] {
            let strengths = graph.strengths().unwrap();
            let ties = story_graph(&strengths, scale);
            for a in graph.events().step_by(7) {
                for b in graph.events().filter(|&b| b != a) {
                    let expected = slow_tie(&strengths, a, b, scale);
                    let expected = if expected > 1e-5 { expected } else { 0.0 };
                    let found = ties.between(a, b).map_or(0.0, f64::from);
                    assert!(
                        (found - expected).abs() < 1e-6,
                        "{} to {}: {found}, not {expected}",
                        graph.key(a),
                        graph.key(b)
                    );
                }
            }
        }
    }
}

/// Events of `data/` by a word of their titles.
fn named(graph: &EventGraph, word: &str) -> EventId {
    graph.events().find(|&event| graph.title(event).contains(word)).unwrap()
}

#[test]
fn the_moon_race_falls_into_stories_that_one_knows() {
    let (graph, _) = built(&data());
    let found = stories(&graph, StoryOptions::default()).unwrap();
    let together = [
        ("fire on the pad during a rehearsal for Apollo 1", "Vladimir Komarov dies"),
        ("Sputnik 1", "Laika"),
        ("Yuri Gagarin circles the Earth", "Alan Shepard"),
        ("Apollo 11 leaves for the Moon", "land ''Eagle''"),
        ("launches Salyut 1", "Soyuz 11"),
    ];
    for (a, b) in together {
        let story = found.of(named(&graph, a));
        assert!(story.is_some(), "{a}");
        assert_eq!(story, found.of(named(&graph, b)), "{a}; {b}");
    }
    let apart = [("Sputnik 1", "Salyut 1"), ("Laika", "Yuri Gagarin"), ("Luna 9", "Apollo 1")];
    for (a, b) in apart {
        assert_ne!(found.of(named(&graph, a)), found.of(named(&graph, b)), "{a}; {b}");
    }
    // The topic of almost half of the events names no story.
    let everywhere = graph.find_topic("Soviet Union").unwrap();
    assert!(found.all().iter().all(|story| !story.topics.contains(&everywhere)));
    assert!(found.sagas().iter().all(|saga| saga.stories.len() > 1));
}

#[test]
fn every_event_is_in_one_story_or_alone() {
    let (moon, _) = built(&data());
    for graph in [moon, random_graph(60, 150, 3), random_graph(40, 0, 4)] {
        for min_size in [0, 1, 2, 4, 1000] {
            let options = StoryOptions { min_size, ..StoryOptions::default() };
            let found = stories(&graph, options).unwrap();
            let mut events: Vec<EventId> = found.alone().collect();
            for (number, story) in found.all().iter().enumerate() {
                assert!(story.events.len() >= min_size);
                assert!(story.events.is_sorted());
                assert!(story.events.iter().all(|&event| found.of(event) == Some(number)));
                events.extend(&story.events);
                let told = found.tell(number).unwrap();
                assert_eq!(told.ranked.len(), story.events.len());
                assert!(told.ranked.is_sorted_by(|a, b| a.1 >= b.1));
                assert!(told.related.iter().all(|other| other.story != number));
                for part in &told.sub_stories {
                    assert!(part.events.iter().all(|event| story.events.contains(event)));
                }
            }
            events.sort_unstable();
            assert!(events.into_iter().eq(graph.events()), "min_size {min_size}");
            assert!(found.all().is_sorted_by(|a, b| a.weight >= b.weight));
            for story in found.all() {
                let pairs =
                    story.events.iter().flat_map(|&a| story.events.iter().map(move |&b| (a, b)));
                let ties =
                    pairs.filter(|(a, b)| a < b).filter_map(|(a, b)| found.ties().between(a, b));
                let weight: f64 = ties.map(f64::from).sum();
                assert!((story.weight - weight).abs() < 1e-9, "{} is not {weight}", story.weight);
            }
            assert_eq!(found.place_of(found.len() + 1).unwrap_err().kind(), ErrorKind::NotFound);
        }
    }
}

/// What a reader looks for first: the landing, a week of firmly tied events,
/// before three years of first flights.
#[test]
fn a_firm_story_comes_before_a_larger_one() {
    let (graph, _) = built(&data());
    let found = stories(&graph, StoryOptions::default()).unwrap();
    let landing = find_event(&graph, "Eagle").unwrap();
    assert_eq!(found.of(landing), Some(0));
    let sizes: Vec<usize> = found.all().iter().map(|story| story.events.len()).collect();
    assert!(sizes[0] < *sizes.iter().max().unwrap(), "{sizes:?}");
    // In a selection a story is as heavy as what is selected of it, a single event nothing.
    let listed = json(&["stories", "data", "--topic", "Cold War"]);
    assert!(listed["stories"][0]["name"].as_str().unwrap().contains("Cold War"), "{listed}");
    let listed = answer(&["stories", "data", "--topic", "Cold War"]);
    let sizes = listed.lines().filter(|line| line.contains(" events, "));
    let counts: Vec<&str> = sizes.map(|line| line.split_whitespace().next().unwrap()).collect();
    assert_eq!(counts, ["3", "2", "1"], "{listed}");
}

#[test]
fn stories_are_the_same_with_one_thread_and_with_two() {
    let (graph, _) = built(&data());
    let told = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let found = stories(&graph, StoryOptions::default()).unwrap();
            let told: Vec<_> = (0..found.len()).map(|n| found.tell(n).unwrap()).collect();
            format!("{:?}{:?}{:?}{told:?}", found.all(), found.sagas(), found.heat())
        })
    };
    assert_eq!(told(1), told(2));
}

#[test]
fn numbers_that_make_no_sense_are_refused() {
    let graph = random_graph(10, 10, 1);
    for number in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        for options in [
            StoryOptions { scale: number, ..StoryOptions::default() },
            StoryOptions { level: number, ..StoryOptions::default() },
        ] {
            assert_eq!(stories(&graph, options).unwrap_err().kind(), ErrorKind::Input);
        }
    }
    for extreme in [f64::MIN_POSITIVE, 1e-300, 1e300, f64::MAX] {
        for options in [
            StoryOptions { scale: extreme, ..StoryOptions::default() },
            StoryOptions { level: extreme, ..StoryOptions::default() },
        ] {
            stories(&graph, options).unwrap();
        }
    }
}

#[test]
fn without_dates_links_alone_make_stories() {
    let groups = ["abcd", "wxyz"];
    let (mut events, mut links) = ("key,date\n".to_owned(), "source,target,topics\n".to_owned());
    for group in groups {
        for a in group.chars() {
            events.push_str(&format!("{a},\n"));
            for b in group.chars().filter(|&b| b != a) {
                links.push_str(&format!("{a},{b},tea\n"));
            }
        }
    }
    links.push_str("d,w,tea\n");
    let folder = tempfile::TempDir::new().unwrap();
    put(folder.path(), "events.csv", events.as_bytes());
    put(folder.path(), "links.csv", links.as_bytes());
    let graph = threadline::import::read_folder(folder.path()).unwrap();
    let found = stories(&graph, StoryOptions::default()).unwrap();
    let keys = |n: usize| -> Vec<&str> {
        found.all()[n].events.iter().map(|&event| graph.key(event)).collect()
    };
    assert_eq!(found.len(), 2);
    assert_eq!((keys(0), keys(1)), (vec!["a", "b", "c", "d"], vec!["w", "x", "y", "z"]));
    assert_eq!(found.all()[0].span, None);
}

#[test]
fn names_are_distinctive() {
    let page = |key: &str, topics: &str| {
        format!(
            "//- news/2000/01/{key}.md\n# {key}\n\n## Related\n\n1. [x](/news/2000/01/1/{key}-x.md) _Context: {topics}_\n"
        )
    };
    let graph = archive(
        &[
            page("1/a", "world, tea"),
            page("1/b", "world, tea, milk"),
            page("2/c", "world, coffee"),
            page("2/d", "world, coffee, milk"),
            page("3/e", "world"),
            page("3/f", "world"),
            page("4/g", "world, beer"),
            page("4/h", "world, beer"),
        ]
        .concat(),
    );
    let group = |days: &str| -> Vec<EventId> {
        graph
            .events()
            .filter(|&e| days.contains(graph.key(e).rsplit('/').next().unwrap()))
            .collect()
    };
    let groups = [group("ab"), group("cd"), group("ef"), group("gh")];
    let names: Vec<Vec<&str>> = naming_topics(&graph, &groups)
        .iter()
        .map(|topics| topics.iter().map(|&topic| graph.topic_name(topic)).collect())
        .collect();
    // `world` is everywhere: it names only what has no other topic.
    assert_eq!(names, [vec!["tea"], vec!["coffee"], vec!["world"], vec!["beer"]]);
}

/// Floods come again: two stories of the same topics are told apart by their years.
#[test]
fn namesakes_are_told_apart_by_their_years() {
    let flood = |year: u32, until: u32| -> String {
        let keys = [(year, 11), (year, 12), (until, 1), (until, 2)];
        let item = |&(year, month): &(u32, u32)| {
            format!("1. [x](/news/{year}/{month:02}/1/x.md) _Context: Floods_\n")
        };
        let page = |&(year, month): &(u32, u32)| {
            let others: String =
                keys.iter().filter(|&&key| key != (year, month)).map(item).collect();
            format!("//- news/{year}/{month:02}/1/x.md\n# {year}\n\n## Related\n\n{others}")
        };
        keys.iter().map(page).collect()
    };
    let single = flood(1990, 1991).replace("Floods", "Fires");
    let graph = archive(
        &(single
            + &flood(2001, 2002)
            + &flood(2010, 2010)
                .replace("/2010/01/", "/2010/10/")
                .replace("/2010/02/", "/2010/09/")),
    );
    let found = stories(&graph, StoryOptions::default()).unwrap();
    let mut names: Vec<String> = found.all().iter().map(|story| found.name(story)).collect();
    names.sort_unstable();
    assert_eq!(names, ["Fires", "Floods (2001–2002)", "Floods (2010)"]);
}

/// Titles that would be markup, in a dossier of one story.
#[test]
fn a_dossier_holds_text_and_no_markup_of_pages() {
    const TITLES: [&str; 6] = [
        "*stars* and _lines_ [link](http://x) ![image](y)",
        "<script>alert(1)</script> &amp; <b>",
        "# heading [^1] [^9]: note",
        "- item `code` ~~gone~~ | a | b |",
        "1. one \\ back",
        "plain",
    ];
    let pages: String = TITLES
        .iter()
        .enumerate()
        .map(|(n, title)| {
            let others: String = (0..6)
                .filter(|&other| other != n)
                .map(|other| {
                    format!("1. [o](/news/2001/02/{}/e{other}.md) _Context: rare_\n", other + 1)
                })
                .collect();
            format!(
                "//- news/2001/02/{}/e{n}.md\n# {title}\n\nWhat {title}\n\n## Sources\n\n1. \
                 [Paper](https://example.org/a)\n1. [Other {n}](https://example.org/{n})\n\n## \
                 Related\n\n{others}",
                n + 1
            )
        })
        .collect();
    let graph = archive(&pages);
    let found = stories(&graph, StoryOptions::default()).unwrap();
    assert_eq!(found.len(), 1);
    let mut dossier = Vec::new();
    let told = found.tell(0).unwrap();
    Dossier::of_story(&found, 0, &told, None).write_markdown(&mut dossier).unwrap();
    let dossier = String::from_utf8(dossier).unwrap();
    let (mut text, mut notes) = (String::new(), 0);
    for event in pulldown_cmark::Parser::new_ext(&dossier, pulldown_cmark::Options::all()) {
        use pulldown_cmark::{Event, LinkType, Tag};
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::Html(html) | Event::InlineHtml(html) => panic!("HTML: {html}"),
            Event::FootnoteReference(_) => notes += 1,
            Event::Start(Tag::Link { link_type, .. }) => {
                assert_eq!(link_type, LinkType::Autolink, "a link of a page");
            }
            Event::Start(
                Tag::Image { .. } | Tag::Table(_) | Tag::CodeBlock(_) | Tag::Strikethrough,
            ) => {
                panic!("markup of a page: {event:?}");
            }
            Event::SoftBreak => text.push(' '),
            _ => {}
        }
    }
    for event in graph.events() {
        assert!(text.contains(graph.title(event)), "{:?} not in {text}", graph.title(event));
    }
    let sources = graph.events().map(|event| graph.sources_of(event).len()).sum::<usize>();
    assert!(sources > 0);
    assert_eq!(notes, sources);
    assert!(text.contains("news/2001/02/1/e0.md"), "{text}");
}

#[test]
fn a_member_that_no_link_ties_to_its_story_says_what_does() {
    let graph = built(&data()).0;
    let found = stories(&graph, StoryOptions::default()).unwrap();
    let event = |words: &str| find_event(&graph, words).unwrap();
    let venera = event("Venera 4");
    let tie = found.loose_tie(venera).unwrap();
    assert_eq!((tie.other, tie.days), (event("Kosmos 188"), -12));
    let names: Vec<&str> = tie.topics.iter().map(|&topic| graph.topic_name(topic)).collect();
    assert_eq!(names, ["Soviet Union"]);
    for event in graph.events() {
        let loose = found.loose_tie(event);
        assert_eq!(
            loose.is_some(),
            found.of(event).is_some() && found.evidence(event).is_none(),
            "{}",
            graph.key(event)
        );
    }
    let words = "by Soviet Union, 12 days before 1967-10-30 “Two empty Soyuz ships, Kosmos 186 and Kosmos 188, dock in…”";
    let place = found.of(venera).unwrap();
    let told = found.tell(place).unwrap();
    let dossier = Dossier::of_story(&found, place, &told, None);
    let (mut markdown, mut html) = (Vec::new(), Vec::new());
    dossier.write_markdown(&mut markdown).unwrap();
    dossier.write_html(&mut html).unwrap();
    for written in [markdown, html] {
        let written = String::from_utf8(written).unwrap();
        assert!(written.contains(&format!("; tied not by a link but {words}")), "{written}");
        assert!(written.contains("; tied to 1967-04-24 “Vladimir Komarov dies"), "{written}");
    }
    let shown = answer(&["story", "data", "Komarov dies"]);
    assert!(shown.contains(&format!("              no link, but {words}\n")), "{shown}");
    let asked = json(&["story", "data", "Komarov dies"]);
    let loose = asked["stories"][0]["loose"].as_array().unwrap();
    assert_eq!(loose.len(), 2);
    assert_eq!((&loose[0]["event"], &loose[0]["days"]), (&graph.key(venera).into(), &(-12).into()));
}

#[test]
fn the_name_of_a_saga_is_borne_by_a_good_share_of_it_and_by_few_others() {
    let graph = built(&data()).0;
    let found = stories(&graph, StoryOptions::default()).unwrap();
    let events = |saga: &Saga| -> Vec<EventId> {
        saga.stories.iter().flat_map(|&story| found.all()[story].events.clone()).collect()
    };
    let share = |events: &[EventId], topics: &[TopicId]| {
        let bears = |&&event: &&EventId| graph.topics(event).any(|topic| topics.contains(&topic));
        events.iter().filter(bears).count() as f64 / events.len() as f64
    };
    assert!(found.sagas().len() > 2);
    for (number, saga) in found.sagas().iter().enumerate() {
        let others: Vec<EventId> = (0..found.sagas().len())
            .filter(|&other| other != number)
            .flat_map(|other| events(&found.sagas()[other]))
            .collect();
        let (own, elsewhere) = (share(&events(saga), &saga.topics), share(&others, &saga.topics));
        let name = found.saga_name(saga);
        assert!(own >= 0.5 && elsewhere < own / 2.0, "{name}: {own} and {elsewhere}");
    }
    let of_komarov =
        found.all()[found.of(find_event(&graph, "Komarov dies").unwrap()).unwrap()].saga;
    let name = found.saga_name(&found.sagas()[of_komarov.unwrap()]);
    assert_eq!(name, "Project Gemini, Luna program, Surveyor program");
}
