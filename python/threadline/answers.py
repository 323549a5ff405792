"""The answers to questions, as types: which fields each has.

They are made by the methods of a graph, not by hand; name them in annotations:

>>> def longest(stories: threadline.answers.Stories) -> str:
...     return max(stories, key=lambda story: story.size).name
>>> longest(moon.stories())
'Vostok program, John F. Kennedy, Project Mercury'

All are a `Record`: fields are attributes, `to_dict()` is the plain data, `svg()`
the picture of those that have one. Chains, a thread and a told story are also told
as a dossier, by `markdown()` and `html()`.
"""

from ._chains import Chain, Chains, Thread
from ._records import (
    Bursts,
    Clusters,
    Distance,
    Distances,
    Event,
    Events,
    Info,
    Link,
    Linked,
    Problems,
    Record,
    Saga,
    ShownEvent,
    Stories,
    Story,
    Sweep,
    Timeline,
    ToldStory,
)
from ._topics import (
    CoTopic,
    DistinctiveTopics,
    TiesEvent,
    TiesLink,
    TopicCount,
    Topics,
    TopicTies,
)

__all__ = [
    "Bursts",
    "Chain",
    "Chains",
    "Clusters",
    "CoTopic",
    "Distance",
    "Distances",
    "DistinctiveTopics",
    "Event",
    "Events",
    "Info",
    "Link",
    "Linked",
    "Problems",
    "Record",
    "Saga",
    "ShownEvent",
    "Stories",
    "Story",
    "Sweep",
    "Thread",
    "TiesEvent",
    "TiesLink",
    "Timeline",
    "ToldStory",
    "TopicCount",
    "TopicTies",
    "Topics",
]
