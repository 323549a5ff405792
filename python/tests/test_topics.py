"""What comes with a topic and what ties two are answers of their own."""

from __future__ import annotations

import pytest

import threadline


def test_what_ties_two_topics_is_not_empty(moon: threadline.Graph) -> None:
    ties = moon.topics(between=("John F. Kennedy", "Soviet Union"))
    assert isinstance(ties, threadline.answers.TopicTies)
    assert ties and len(ties) == ties.together == len(list(ties)) > 0
    events, links = list(ties.table), list(ties.links_table)
    assert [row["key"] for row in events] == [event.key for event in ties.events]
    assert [row["names_both"] for row in links] == [link.names_both for link in ties.links]
    assert "events of both John F. Kennedy and Soviet Union" in repr(ties)


def test_nothing_ties_them(moon: threadline.Graph) -> None:
    ties = moon.topics(between=("Dwight D. Eisenhower", "Rocket plane"))
    assert not ties and len(ties) == len(ties.table) == len(ties.links_table) == 0
    assert ties.table.column_names[0] == "key" and ties.links_table.column_names[0] == "source"


def test_what_comes_with_topics(moon: threadline.Graph) -> None:
    found = moon.topics(with_=["Sergei Korolev", "Soviet Union"])
    assert isinstance(found, threadline.answers.DistinctiveTopics)
    # `found.with` is no Python.
    assert found.with_ == found.to_dict()["with"] == ["Sergei Korolev", "Soviet Union"]
    assert "with_" in dir(found) and "with" not in dir(found)
    rows = list(found.table)
    assert len(rows) == len(found) > 0
    assert [row["name"] for row in rows] == [topic.name for topic in found]


def test_a_table_has_the_same_columns_without_rows(moon: threadline.Graph) -> None:
    none = moon.select(start=1800, end=1801).topics()
    assert isinstance(none, threadline.answers.Topics) and not none
    assert none.table.column_names == moon.topics().table.column_names
    with pytest.raises(AttributeError, match="there are topics"):
        _ = none.between
