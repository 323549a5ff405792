// The tables in this folder, for Neo4j 5 and later.
//
// 1. Stop the database and import, in this folder:
//
//    neo4j-admin database import full neo4j --overwrite-destination \
//      --multiline-fields=true --array-delimiter=U+001F \
//      --nodes=events.csv --nodes=topics.csv --nodes=stories.csv \
//      --nodes=sources.csv --nodes=revisions.csv \
//      --relationships=links.csv --relationships=about.csv \
//      --relationships=part_of.csv --relationships=cites.csv \
//      --relationships=worded.csv
//
// 2. Start the database and run this script, which makes the indexes:
//
//    cypher-shell -f load.cypher
