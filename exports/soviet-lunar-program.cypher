// An event graph, written by threadline 0.1.0, for an empty database:
// cypher-shell -f NAME.cypher
CREATE CONSTRAINT event_key IF NOT EXISTS FOR (event:Event) REQUIRE event.key IS UNIQUE;
CREATE CONSTRAINT topic_name IF NOT EXISTS FOR (topic:Topic) REQUIRE topic.name IS UNIQUE;
CREATE CONSTRAINT story_number IF NOT EXISTS FOR (story:Story) REQUIRE story.number IS UNIQUE;
CREATE INDEX event_date IF NOT EXISTS FOR (event:Event) ON (event.date);
CREATE INDEX source_url IF NOT EXISTS FOR (source:Source) ON (source.url);
CREATE FULLTEXT INDEX event_text IF NOT EXISTS FOR (event:Event) ON EACH [event.title, event.summary];
UNWIND [
{key: 'news/1964/08/3/a-secret-decree-of-the-soviet-leadership-orders-a-cosmonaut-to-the-moon-three-years-after-kennedy-s-speech', date: date('1964-08-03'), title: 'A secret decree of the Soviet leadership orders a cosmonaut to the Moon, three years after Kennedy\'s speech.', summary: 'Sergei Korolev is to land one man with the giant rocket N1, and by lunar orbit rendezvous as the Americans do, while Vladimir Chelomei is to send a crew around the Moon with another rocket. The target is 1967 or 1968. That there was a race at all is denied until 1989.', lead_topic: 'Soviet lunar program', present: true, page: 'news/1964/08/3/a-secret-decree-of-the-soviet-leadership-orders-a-cosmonaut-to-the-moon-three-years-after-kennedy-s-speech.md'},
{key: 'news/1965/07/16/vladimir-chelomei-s-heavy-rocket-flies-for-the-first-time-with-a-satellite-called-proton', date: date('1965-07-16'), title: 'Vladimir Chelomei\'s heavy rocket flies for the first time with a satellite called Proton.', summary: 'It was conceived to throw very large warheads. Instead it will carry Zonds around the Moon, the Lunokhods to it and the first space station into orbit.', lead_topic: null, present: true, page: 'news/1965/07/16/vladimir-chelomei-s-heavy-rocket-flies-for-the-first-time-with-a-satellite-called-proton.md'},
{key: 'news/1966/01/14/sergei-korolev-dies-on-the-operating-table-in-moscow-and-the-soviet-union-learns-the-name-of-its-chief-designer', date: date('1966-01-14'), title: 'Sergei Korolev dies on the operating table in Moscow, and the Soviet Union learns the name of its chief designer.', summary: 'He is 59. An injury of the jaw from his years in the camps, it is said, kept the doctors from putting in the breathing tube.\n\nVasily Mishin takes over his bureau and the rocket for the Moon.', lead_topic: 'Sergei Korolev', present: true, page: 'news/1966/01/14/sergei-korolev-dies-on-the-operating-table-in-moscow-and-the-soviet-union-learns-the-name-of-its-chief-designer.md'},
{key: 'news/1968/09/18/two-tortoises-are-the-first-living-beings-to-fly-around-the-moon-aboard-zond-5', date: date('1968-09-18'), title: 'Two tortoises are the first living beings to fly around the Moon, aboard Zond 5.', summary: 'They come down in the Indian Ocean three days later, thinner and alive. At Jodrell Bank human voices are heard from near the Moon, which are cosmonauts testing the radio from the ground, and the CIA has been warning that a man may follow before the year is over.', lead_topic: 'Zond program', present: true, page: 'news/1968/09/18/two-tortoises-are-the-first-living-beings-to-fly-around-the-moon-aboard-zond-5.md'},
{key: 'news/1969/01/16/two-cosmonauts-climb-from-soyuz-5-over-to-soyuz-4-through-open-space-after-the-first-docking-of-two-ships-with-people-aboard-and-land-in-a', date: date('1969-01-16'), title: 'Two cosmonauts climb from Soyuz 5 over to Soyuz 4 through open space, after the first docking of two ships with people aboard, and land in a ship that they did not come in.', summary: 'Aleksei Yeliseyev and Yevgeny Khrunov bring Vladimir Shatalov letters and a newspaper. Boris Volynov, left alone in Soyuz 5, comes home two days later nose first, with the hatch instead of the heat shield in front, and survives.', lead_topic: 'Soyuz program', present: true, page: 'news/1969/01/16/two-cosmonauts-climb-from-soyuz-5-over-to-soyuz-4-through-open-space-after-the-first-docking-of-two-ships-with-people-aboard-and-land-in-a.md'},
{key: 'news/1969/02/21/the-first-n1-rocket-for-the-moon-catches-fire-in-flight-and-falls-to-the-steppe-after-little-more-than-a-minute', date: date('1969-02-21'), title: 'The first N1 rocket for the Moon catches fire in flight and falls to the steppe after little more than a minute.', summary: 'It has thirty engines in its first stage, which have never been fired together before. The control system shuts them all down.', lead_topic: 'N1 (rocket)', present: true, page: 'news/1969/02/21/the-first-n1-rocket-for-the-moon-catches-fire-in-flight-and-falls-to-the-steppe-after-little-more-than-a-minute.md'},
{key: 'news/1969/07/3/the-second-n1-falls-back-on-its-pad-at-baikonur-and-explodes-less-than-two-weeks-before-apollo-11', date: date('1969-07-03'), title: 'The second N1 falls back on its pad at Baikonur and explodes, less than two weeks before Apollo 11.', summary: 'The launch complex is laid waste in one of the largest explosions without an atomic bomb. Nobody is killed. The Soviet press says nothing, and satellites of the CIA photograph what is left.', lead_topic: 'N1 (rocket)', present: true, page: 'news/1969/07/3/the-second-n1-falls-back-on-its-pad-at-baikonur-and-explodes-less-than-two-weeks-before-apollo-11.md'},
{key: 'news/1971/06/26/the-third-n1-rolls-around-its-axis-and-breaks-up-less-than-a-minute-after-lift-off', date: date('1971-06-26'), title: 'The third N1 rolls around its axis and breaks up less than a minute after lift-off.', summary: 'It is already the 27th in Moscow. Three nights later the crew of Soyuz 11 is due to come home.', lead_topic: null, present: true, page: 'news/1971/06/26/the-third-n1-rolls-around-its-axis-and-breaks-up-less-than-a-minute-after-lift-off.md'},
{key: 'news/1972/11/23/the-fourth-n1-explodes-seven-seconds-before-its-first-stage-has-done-its-work-and-no-other-will-fly', date: date('1972-11-23'), title: 'The fourth N1 explodes seven seconds before its first stage has done its work, and no other will fly.', summary: 'Its engineers think that the next one, with new engines, would have reached orbit. Two weeks later the last Americans fly to the Moon.', lead_topic: null, present: true, page: 'news/1972/11/23/the-fourth-n1-explodes-seven-seconds-before-its-first-stage-has-done-its-work-and-no-other-will-fly.md'},
{key: 'news/1974/05/22/vasily-mishin-is-dismissed-and-replaced-by-valentin-glushko-korolev-s-old-adversary-who-stops-the-n1', date: date('1974-05-22'), title: 'Vasily Mishin is dismissed and replaced by Valentin Glushko, Korolev\'s old adversary, who stops the N1.', summary: 'Two rockets are ready for flight. They are broken up, their parts become roofs of sheds at Baikonur, and the engines, which were to be destroyed, are hidden away in a hall and turn up twenty years later.', lead_topic: 'N1 (rocket)', present: true, page: 'news/1974/05/22/vasily-mishin-is-dismissed-and-replaced-by-valentin-glushko-korolev-s-old-adversary-who-stops-the-n1.md'}
] AS row CREATE (event:Event) SET event = row;
UNWIND [
'Aleksei Yeliseyev',
'Animals in space',
'Artificial satellite',
'Baikonur Cosmodrome',
'Central Intelligence Agency',
'Docking',
'Far side of the Moon',
'Heat shield',
'Jodrell Bank',
'Kremlin Wall Necropolis',
'Launch failure',
'Leonid Brezhnev',
'Luna program',
'Lunar orbit rendezvous',
'Moon landing',
'N1 (rocket)',
'Nikita Khrushchev',
'Proton (rocket family)',
'R-7 (rocket family)',
'Sergei Korolev',
'Soviet Union',
'Soviet lunar program',
'Soyuz program',
'Space Race',
'Space rendezvous',
'Space suit',
'Spacewalk',
'State secrecy',
'Vasily Mishin',
'Vostok program',
'Zond program'
] AS row CREATE (topic:Topic {name: row});
UNWIND [
{number: 2, name: 'Salyut program, Space station, David Scott'},
{number: 6, name: 'Central Intelligence Agency, Zond program, Live television'},
{number: 7, name: 'Voskhod program, Pavel Belyayev, Space suit'},
{number: 10, name: 'Luna program, Photographs of the Moon, Surveyor program'},
{number: 11, name: 'Lunar rover, Eugene Cernan, N1 (rocket)'},
{number: 14, name: 'Launch failure, N1 (rocket), State secrecy'},
{number: 17, name: 'Ranger program, Photographs of the Moon'}
] AS row CREATE (story:Story) SET story = row;
UNWIND [
{event: 'news/1964/08/3/a-secret-decree-of-the-soviet-leadership-orders-a-cosmonaut-to-the-moon-three-years-after-kennedy-s-speech', topics: ['Lunar orbit rendezvous', 'Moon landing', 'N1 (rocket)', 'Nikita Khrushchev', 'Proton (rocket family)', 'Sergei Korolev', 'Soviet Union', 'Soviet lunar program', 'Space Race']},
{event: 'news/1965/07/16/vladimir-chelomei-s-heavy-rocket-flies-for-the-first-time-with-a-satellite-called-proton', topics: ['Artificial satellite', 'Baikonur Cosmodrome', 'Nikita Khrushchev', 'Proton (rocket family)', 'Soviet Union', 'Soviet lunar program']},
{event: 'news/1966/01/14/sergei-korolev-dies-on-the-operating-table-in-moscow-and-the-soviet-union-learns-the-name-of-its-chief-designer', topics: ['Kremlin Wall Necropolis', 'Leonid Brezhnev', 'Luna program', 'R-7 (rocket family)', 'Sergei Korolev', 'Soviet Union', 'Soviet lunar program', 'State secrecy', 'Vasily Mishin', 'Vostok program']},
{event: 'news/1968/09/18/two-tortoises-are-the-first-living-beings-to-fly-around-the-moon-aboard-zond-5', topics: ['Animals in space', 'Central Intelligence Agency', 'Far side of the Moon', 'Jodrell Bank', 'Proton (rocket family)', 'Soviet Union', 'Soviet lunar program', 'Space Race', 'Zond program']},
{event: 'news/1969/01/16/two-cosmonauts-climb-from-soyuz-5-over-to-soyuz-4-through-open-space-after-the-first-docking-of-two-ships-with-people-aboard-and-land-in-a', topics: ['Aleksei Yeliseyev', 'Docking', 'Heat shield', 'Soviet Union', 'Soviet lunar program', 'Soyuz program', 'Space rendezvous', 'Space suit', 'Spacewalk']},
{event: 'news/1969/02/21/the-first-n1-rocket-for-the-moon-catches-fire-in-flight-and-falls-to-the-steppe-after-little-more-than-a-minute', topics: ['Baikonur Cosmodrome', 'Launch failure', 'N1 (rocket)', 'Soviet Union', 'Soviet lunar program', 'State secrecy', 'Vasily Mishin']},
{event: 'news/1969/07/3/the-second-n1-falls-back-on-its-pad-at-baikonur-and-explodes-less-than-two-weeks-before-apollo-11', topics: ['Baikonur Cosmodrome', 'Launch failure', 'N1 (rocket)', 'Soviet Union', 'Soviet lunar program', 'Space Race', 'State secrecy', 'Vasily Mishin']},
{event: 'news/1971/06/26/the-third-n1-rolls-around-its-axis-and-breaks-up-less-than-a-minute-after-lift-off', topics: ['Baikonur Cosmodrome', 'Launch failure', 'N1 (rocket)', 'Soviet Union', 'Soviet lunar program', 'Vasily Mishin']},
{event: 'news/1972/11/23/the-fourth-n1-explodes-seven-seconds-before-its-first-stage-has-done-its-work-and-no-other-will-fly', topics: ['Baikonur Cosmodrome', 'Launch failure', 'N1 (rocket)', 'Soviet Union', 'Soviet lunar program', 'Vasily Mishin']},
{event: 'news/1974/05/22/vasily-mishin-is-dismissed-and-replaced-by-valentin-glushko-korolev-s-old-adversary-who-stops-the-n1', topics: ['N1 (rocket)', 'Sergei Korolev', 'Soviet lunar program', 'State secrecy', 'Vasily Mishin']}
] AS row MATCH (event:Event {key: row.event}) UNWIND row.topics AS name
MATCH (topic:Topic {name: name}) CREATE (event)-[:ABOUT]->(topic);
UNWIND [
{event: 'news/1964/08/3/a-secret-decree-of-the-soviet-leadership-orders-a-cosmonaut-to-the-moon-three-years-after-kennedy-s-speech', story: 7},
{event: 'news/1965/07/16/vladimir-chelomei-s-heavy-rocket-flies-for-the-first-time-with-a-satellite-called-proton', story: 17},
{event: 'news/1966/01/14/sergei-korolev-dies-on-the-operating-table-in-moscow-and-the-soviet-union-learns-the-name-of-its-chief-designer', story: 10},
{event: 'news/1968/09/18/two-tortoises-are-the-first-living-beings-to-fly-around-the-moon-aboard-zond-5', story: 6},
{event: 'news/1969/01/16/two-cosmonauts-climb-from-soyuz-5-over-to-soyuz-4-through-open-space-after-the-first-docking-of-two-ships-with-people-aboard-and-land-in-a', story: 14},
{event: 'news/1969/02/21/the-first-n1-rocket-for-the-moon-catches-fire-in-flight-and-falls-to-the-steppe-after-little-more-than-a-minute', story: 14},
{event: 'news/1969/07/3/the-second-n1-falls-back-on-its-pad-at-baikonur-and-explodes-less-than-two-weeks-before-apollo-11', story: 14},
{event: 'news/1971/06/26/the-third-n1-rolls-around-its-axis-and-breaks-up-less-than-a-minute-after-lift-off', story: 2},
{event: 'news/1972/11/23/the-fourth-n1-explodes-seven-seconds-before-its-first-stage-has-done-its-work-and-no-other-will-fly', story: 11},
{event: 'news/1974/05/22/vasily-mishin-is-dismissed-and-replaced-by-valentin-glushko-korolev-s-old-adversary-who-stops-the-n1', story: 11}
] AS row MATCH (event:Event {key: row.event}) MATCH (story:Story {number: row.story})
CREATE (event)-[:PART_OF]->(story);
UNWIND [
{event: 'news/1964/08/3/a-secret-decree-of-the-soviet-leadership-orders-a-cosmonaut-to-the-moon-three-years-after-kennedy-s-speech', source: {name: 'Wikipedia', url: 'https://en.wikipedia.org/wiki/Soviet_crewed_lunar_programs', kind: 'article'}},
{event: 'news/1964/08/3/a-secret-decree-of-the-soviet-leadership-orders-a-cosmonaut-to-the-moon-three-years-after-kennedy-s-speech', source: {name: 'Wikipedia', url: 'https://en.wikipedia.org/wiki/N1_(rocket)', kind: 'article'}},
{event: 'news/1965/07/16/vladimir-chelomei-s-heavy-rocket-flies-for-the-first-time-with-a-satellite-called-proton', source: {name: 'Wikipedia', url: 'https://en.wikipedia.org/wiki/Proton_(rocket_family)', kind: 'article'}},
{event: 'news/1966/01/14/sergei-korolev-dies-on-the-operating-table-in-moscow-and-the-soviet-union-learns-the-name-of-its-chief-designer', source: {name: 'Wikipedia', url: 'https://en.wikipedia.org/wiki/Sergei_Korolev', kind: 'article'}},
{event: 'news/1968/09/18/two-tortoises-are-the-first-living-beings-to-fly-around-the-moon-aboard-zond-5', source: {name: 'Wikipedia', url: 'https://en.wikipedia.org/wiki/Zond_5', kind: 'article'}},
{event: 'news/1968/09/18/two-tortoises-are-the-first-living-beings-to-fly-around-the-moon-aboard-zond-5', source: {name: 'NSSDCA', url: 'https://nssdc.gsfc.nasa.gov/nmc/spacecraft/display.action?id=1968-076A', kind: 'article'}},
{event: 'news/1969/01/16/two-cosmonauts-climb-from-soyuz-5-over-to-soyuz-4-through-open-space-after-the-first-docking-of-two-ships-with-people-aboard-and-land-in-a', source: {name: 'Wikipedia', url: 'https://en.wikipedia.org/wiki/Soyuz_4', kind: 'article'}},
{event: 'news/1969/01/16/two-cosmonauts-climb-from-soyuz-5-over-to-soyuz-4-through-open-space-after-the-first-docking-of-two-ships-with-people-aboard-and-land-in-a', source: {name: 'Wikipedia', url: 'https://en.wikipedia.org/wiki/Soyuz_5', kind: 'article'}},
{event: 'news/1969/02/21/the-first-n1-rocket-for-the-moon-catches-fire-in-flight-and-falls-to-the-steppe-after-little-more-than-a-minute', source: {name: 'Wikipedia', url: 'https://en.wikipedia.org/wiki/N1_(rocket)', kind: 'article'}},
{event: 'news/1969/07/3/the-second-n1-falls-back-on-its-pad-at-baikonur-and-explodes-less-than-two-weeks-before-apollo-11', source: {name: 'Wikipedia', url: 'https://en.wikipedia.org/wiki/N1_(rocket)', kind: 'article'}},
{event: 'news/1971/06/26/the-third-n1-rolls-around-its-axis-and-breaks-up-less-than-a-minute-after-lift-off', source: {name: 'Wikipedia', url: 'https://en.wikipedia.org/wiki/N1_(rocket)', kind: 'article'}},
{event: 'news/1972/11/23/the-fourth-n1-explodes-seven-seconds-before-its-first-stage-has-done-its-work-and-no-other-will-fly', source: {name: 'Wikipedia', url: 'https://en.wikipedia.org/wiki/N1_(rocket)', kind: 'article'}},
{event: 'news/1974/05/22/vasily-mishin-is-dismissed-and-replaced-by-valentin-glushko-korolev-s-old-adversary-who-stops-the-n1', source: {name: 'Wikipedia', url: 'https://en.wikipedia.org/wiki/Vasily_Mishin', kind: 'article'}},
{event: 'news/1974/05/22/vasily-mishin-is-dismissed-and-replaced-by-valentin-glushko-korolev-s-old-adversary-who-stops-the-n1', source: {name: 'Wikipedia', url: 'https://en.wikipedia.org/wiki/Valentin_Glushko', kind: 'article'}},
{event: 'news/1974/05/22/vasily-mishin-is-dismissed-and-replaced-by-valentin-glushko-korolev-s-old-adversary-who-stops-the-n1', source: {name: 'Wikipedia', url: 'https://en.wikipedia.org/wiki/NK-33', kind: 'article'}}
] AS row MATCH (event:Event {key: row.event})
CREATE (event)-[:CITES]->(source:Source) SET source = row.source;
UNWIND [
{event: 'news/1966/01/14/sergei-korolev-dies-on-the-operating-table-in-moscow-and-the-soviet-union-learns-the-name-of-its-chief-designer', revision: {key: 'news/1966/01/14/a-professor-named-korolev-dies-in-moscow-after-an-operation', title: 'A professor named Korolev dies in Moscow after an operation.', seen: localdatetime('1966-01-14T21:30:05'), kind: 'first'}},
{event: 'news/1966/01/14/sergei-korolev-dies-on-the-operating-table-in-moscow-and-the-soviet-union-learns-the-name-of-its-chief-designer', revision: {key: 'news/1966/01/14/pravda-names-the-late-sergei-korolev-as-the-chief-designer-of-soviet-rockets', title: 'Pravda names the late Sergei Korolev as the chief designer of Soviet rockets.', seen: localdatetime('1966-01-16T08:12:44'), kind: 'update'}},
{event: 'news/1966/01/14/sergei-korolev-dies-on-the-operating-table-in-moscow-and-the-soviet-union-learns-the-name-of-its-chief-designer', revision: {key: 'news/1966/01/14/sergei-korolev-dies-on-the-operating-table-in-moscow-and-the-soviet-union-learns-the-name-of-its-chief-designer', title: 'Sergei Korolev dies on the operating table in Moscow, and the Soviet Union learns the name of its chief designer.', seen: null, kind: 'current'}},
{event: 'news/1968/09/18/two-tortoises-are-the-first-living-beings-to-fly-around-the-moon-aboard-zond-5', revision: {key: 'news/1968/09/18/a-soviet-automatic-station-called-zond-5-flies-around-the-moon', title: 'A Soviet automatic station called Zond 5 flies around the Moon.', seen: localdatetime('1968-09-20T11:05:31'), kind: 'first'}},
{event: 'news/1968/09/18/two-tortoises-are-the-first-living-beings-to-fly-around-the-moon-aboard-zond-5', revision: {key: 'news/1968/09/18/tortoises-have-flown-around-the-moon-in-zond-5-soviet-scientists-say', title: 'Tortoises have flown around the Moon in Zond 5, Soviet scientists say.', seen: localdatetime('1968-11-18T19:44:02'), kind: 'update'}},
{event: 'news/1968/09/18/two-tortoises-are-the-first-living-beings-to-fly-around-the-moon-aboard-zond-5', revision: {key: 'news/1968/09/18/two-tortoises-are-the-first-living-beings-to-fly-around-the-moon-aboard-zond-5', title: 'Two tortoises are the first living beings to fly around the Moon, aboard Zond 5.', seen: null, kind: 'current'}}
] AS row MATCH (event:Event {key: row.event})
CREATE (event)-[:WORDED]->(revision:Revision) SET revision = row.revision;
UNWIND [
{source: 'news/1964/08/3/a-secret-decree-of-the-soviet-leadership-orders-a-cosmonaut-to-the-moon-three-years-after-kennedy-s-speech', target: 'news/1965/07/16/vladimir-chelomei-s-heavy-rocket-flies-for-the-first-time-with-a-satellite-called-proton', link: {rank: 1, line: 16, strength: 0.7313680510800222, topics: ['Soviet lunar program', 'Proton (rocket family)']}},
{source: 'news/1964/08/3/a-secret-decree-of-the-soviet-leadership-orders-a-cosmonaut-to-the-moon-three-years-after-kennedy-s-speech', target: 'news/1969/07/3/the-second-n1-falls-back-on-its-pad-at-baikonur-and-explodes-less-than-two-weeks-before-apollo-11', link: {rank: 3, line: 18, strength: 0.7465499364958235, topics: ['Soviet lunar program', 'N1 (rocket)']}},
{source: 'news/1965/07/16/vladimir-chelomei-s-heavy-rocket-flies-for-the-first-time-with-a-satellite-called-proton', target: 'news/1968/09/18/two-tortoises-are-the-first-living-beings-to-fly-around-the-moon-aboard-zond-5', link: {rank: 1, line: 14, strength: 0.7313680510800222, topics: ['Proton (rocket family)', 'Soviet lunar program']}},
{source: 'news/1966/01/14/sergei-korolev-dies-on-the-operating-table-in-moscow-and-the-soviet-union-learns-the-name-of-its-chief-designer', target: 'news/1964/08/3/a-secret-decree-of-the-soviet-leadership-orders-a-cosmonaut-to-the-moon-three-years-after-kennedy-s-speech', link: {rank: 3, line: 25, strength: 0.6122608216659228, topics: ['Soviet Union', 'Sergei Korolev', 'Soviet lunar program']}},
{source: 'news/1966/01/14/sergei-korolev-dies-on-the-operating-table-in-moscow-and-the-soviet-union-learns-the-name-of-its-chief-designer', target: 'news/1969/02/21/the-first-n1-rocket-for-the-moon-catches-fire-in-flight-and-falls-to-the-steppe-after-little-more-than-a-minute', link: {rank: 5, line: 27, strength: 0.6578082158210232, topics: ['Soviet lunar program', 'Vasily Mishin']}},
{source: 'news/1966/01/14/sergei-korolev-dies-on-the-operating-table-in-moscow-and-the-soviet-union-learns-the-name-of-its-chief-designer', target: 'news/1974/05/22/vasily-mishin-is-dismissed-and-replaced-by-valentin-glushko-korolev-s-old-adversary-who-stops-the-n1', link: {rank: 6, line: 28, strength: 0.6554477981536235, topics: ['Vasily Mishin', 'Soviet lunar program']}},
{source: 'news/1968/09/18/two-tortoises-are-the-first-living-beings-to-fly-around-the-moon-aboard-zond-5', target: 'news/1964/08/3/a-secret-decree-of-the-soviet-leadership-orders-a-cosmonaut-to-the-moon-three-years-after-kennedy-s-speech', link: {rank: 3, line: 24, strength: 0.6891258654498913, topics: ['Soviet lunar program', 'Proton (rocket family)']}},
{source: 'news/1969/01/16/two-cosmonauts-climb-from-soyuz-5-over-to-soyuz-4-through-open-space-after-the-first-docking-of-two-ships-with-people-aboard-and-land-in-a', target: 'news/1969/02/21/the-first-n1-rocket-for-the-moon-catches-fire-in-flight-and-falls-to-the-steppe-after-little-more-than-a-minute', link: {rank: 3, line: 18, strength: 0.4228181708951021, topics: ['Soviet lunar program']}},
{source: 'news/1969/02/21/the-first-n1-rocket-for-the-moon-catches-fire-in-flight-and-falls-to-the-steppe-after-little-more-than-a-minute', target: 'news/1964/08/3/a-secret-decree-of-the-soviet-leadership-orders-a-cosmonaut-to-the-moon-three-years-after-kennedy-s-speech', link: {rank: 1, line: 15, strength: 0.7981579349576661, topics: ['Soviet Union', 'Soviet lunar program', 'N1 (rocket)']}},
{source: 'news/1969/02/21/the-first-n1-rocket-for-the-moon-catches-fire-in-flight-and-falls-to-the-steppe-after-little-more-than-a-minute', target: 'news/1969/07/3/the-second-n1-falls-back-on-its-pad-at-baikonur-and-explodes-less-than-two-weeks-before-apollo-11', link: {rank: 2, line: 16, strength: 0.9597941995805915, topics: ['N1 (rocket)', 'Launch failure', 'Baikonur Cosmodrome']}},
{source: 'news/1969/07/3/the-second-n1-falls-back-on-its-pad-at-baikonur-and-explodes-less-than-two-weeks-before-apollo-11', target: 'news/1969/02/21/the-first-n1-rocket-for-the-moon-catches-fire-in-flight-and-falls-to-the-steppe-after-little-more-than-a-minute', link: {rank: 1, line: 15, strength: 0.9699803331551027, topics: ['N1 (rocket)', 'Launch failure', 'Baikonur Cosmodrome']}},
{source: 'news/1969/07/3/the-second-n1-falls-back-on-its-pad-at-baikonur-and-explodes-less-than-two-weeks-before-apollo-11', target: 'news/1971/06/26/the-third-n1-rolls-around-its-axis-and-breaks-up-less-than-a-minute-after-lift-off', link: {rank: 2, line: 16, strength: 0.9665025598096396, topics: ['Soviet lunar program', 'N1 (rocket)', 'Launch failure']}},
{source: 'news/1971/06/26/the-third-n1-rolls-around-its-axis-and-breaks-up-less-than-a-minute-after-lift-off', target: 'news/1969/07/3/the-second-n1-falls-back-on-its-pad-at-baikonur-and-explodes-less-than-two-weeks-before-apollo-11', link: {rank: 1, line: 14, strength: 0.9754007555820984, topics: ['Soviet lunar program', 'N1 (rocket)', 'Launch failure']}},
{source: 'news/1971/06/26/the-third-n1-rolls-around-its-axis-and-breaks-up-less-than-a-minute-after-lift-off', target: 'news/1972/11/23/the-fourth-n1-explodes-seven-seconds-before-its-first-stage-has-done-its-work-and-no-other-will-fly', link: {rank: 2, line: 15, strength: 0.9665025598096396, topics: ['Soviet lunar program', 'N1 (rocket)', 'Launch failure']}},
{source: 'news/1972/11/23/the-fourth-n1-explodes-seven-seconds-before-its-first-stage-has-done-its-work-and-no-other-will-fly', target: 'news/1971/06/26/the-third-n1-rolls-around-its-axis-and-breaks-up-less-than-a-minute-after-lift-off', link: {rank: 1, line: 14, strength: 0.9754007555820984, topics: ['Soviet lunar program', 'N1 (rocket)', 'Launch failure']}},
{source: 'news/1972/11/23/the-fourth-n1-explodes-seven-seconds-before-its-first-stage-has-done-its-work-and-no-other-will-fly', target: 'news/1974/05/22/vasily-mishin-is-dismissed-and-replaced-by-valentin-glushko-korolev-s-old-adversary-who-stops-the-n1', link: {rank: 2, line: 15, strength: 0.862339010491557, topics: ['Soviet lunar program', 'N1 (rocket)', 'Vasily Mishin']}},
{source: 'news/1972/11/23/the-fourth-n1-explodes-seven-seconds-before-its-first-stage-has-done-its-work-and-no-other-will-fly', target: 'news/1969/02/21/the-first-n1-rocket-for-the-moon-catches-fire-in-flight-and-falls-to-the-steppe-after-little-more-than-a-minute', link: {rank: 3, line: 16, strength: 0.8947036921596259, topics: ['N1 (rocket)', 'Launch failure', 'Vasily Mishin']}},
{source: 'news/1974/05/22/vasily-mishin-is-dismissed-and-replaced-by-valentin-glushko-korolev-s-old-adversary-who-stops-the-n1', target: 'news/1964/08/3/a-secret-decree-of-the-soviet-leadership-orders-a-cosmonaut-to-the-moon-three-years-after-kennedy-s-speech', link: {rank: 1, line: 17, strength: 0.8556633424424822, topics: ['Soviet lunar program', 'Sergei Korolev', 'N1 (rocket)']}},
{source: 'news/1974/05/22/vasily-mishin-is-dismissed-and-replaced-by-valentin-glushko-korolev-s-old-adversary-who-stops-the-n1', target: 'news/1969/02/21/the-first-n1-rocket-for-the-moon-catches-fire-in-flight-and-falls-to-the-steppe-after-little-more-than-a-minute', link: {rank: 2, line: 18, strength: 0.878848897822049, topics: ['N1 (rocket)', 'Vasily Mishin', 'State secrecy']}}
] AS row MATCH (source:Event {key: row.source}) MATCH (target:Event {key: row.target})
CREATE (source)-[link:RELATED]->(target) SET link = row.link;
