-- The tables. Names and meanings are the contract with users; see README.md, "The tables".
-- No primary or foreign keys: keys are hashes, so an index on them is three times the data, and the loader keeps them
-- unique by deleting a document's rows before it inserts them. Times are UTC.

-- The texts of articles are compressed by zstd, to half of what DuckDB would choose. Those of sentences are not: the views read
-- them here and there, and zstd must unpack two thousand for one.

CREATE TABLE store_info (key VARCHAR NOT NULL, value VARCHAR NOT NULL);
COMMENT ON TABLE store_info IS 'What this file is: the version of its schema';
COMMENT ON COLUMN store_info.key IS 'Name of the property';
COMMENT ON COLUMN store_info.value IS 'Its value';

CREATE TABLE documents (
    document_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    is_current BOOLEAN NOT NULL,
    title VARCHAR,
    publisher VARCHAR,
    author VARCHAR,
    language VARCHAR,
    published_at TIMESTAMP,
    published_from VARCHAR,
    media_type VARCHAR NOT NULL,
    text VARCHAR USING COMPRESSION 'zstd' NOT NULL,
    text_sha256 VARCHAR NOT NULL,
    duplicate_of VARCHAR,
    ingested_at TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL,
    pipeline_version VARCHAR NOT NULL,
    model VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL,
    wording UBIGINT,
    utc_offset_minutes INTEGER
);
COMMENT ON TABLE documents IS 'One row a revision of an article';
COMMENT ON COLUMN documents.document_id IS 'Key: hash of source and text, equal on any machine';
COMMENT ON COLUMN documents.source IS 'Path or URL the article came from';
COMMENT ON COLUMN documents.revision IS '1, 2, …: how many texts this source has had';
COMMENT ON COLUMN documents.is_current IS 'True for the newest revision of its source';
COMMENT ON COLUMN documents.title IS 'Headline';
COMMENT ON COLUMN documents.publisher IS 'Who published the article';
COMMENT ON COLUMN documents.author IS 'Who wrote it';
COMMENT ON COLUMN documents.language IS 'Language, ISO 639-1';
COMMENT ON COLUMN documents.published_at IS 'When it was published; relative dates in the text count from here';
COMMENT ON COLUMN documents.published_from IS 'Where published_at comes from: metadata, text, feed, file; NULL when unknown';
COMMENT ON COLUMN documents.media_type IS 'Media type of what was read, such as text/plain';
COMMENT ON COLUMN documents.text IS 'The article, character for character; every offset counts into it';
COMMENT ON COLUMN documents.text_sha256 IS 'SHA-256 of the text in UTF-8';
COMMENT ON COLUMN documents.duplicate_of IS 'The first document whose story this one repeats, word for word or nearly; NULL mostly';
COMMENT ON COLUMN documents.ingested_at IS 'When its rows were written, UTC';
COMMENT ON COLUMN documents.run_id IS 'The run that wrote its rows';
COMMENT ON COLUMN documents.pipeline_version IS 'The version of the rules that read it';
COMMENT ON COLUMN documents.model IS 'The statistical model that read it, with its version';
COMMENT ON COLUMN documents.fingerprint IS 'Hash of everything its rows depend on; an equal one need not be read again';
COMMENT ON COLUMN documents.wording IS 'Key in wordings: equal for texts with the same words and numerals';
COMMENT ON COLUMN documents.utc_offset_minutes IS 'Offset from UTC of the zone that published_at was given in; NULL when none was';

CREATE TABLE wordings (
    wording UBIGINT NOT NULL,
    numerals UINTEGER[] NOT NULL
);
COMMENT ON TABLE wordings IS 'What copies of a story are found by: one row for each wording among the documents';
COMMENT ON COLUMN wordings.wording IS 'Key: hash of the words and numerals of a text';
COMMENT ON COLUMN wordings.numerals IS 'Hashes of its numerals and names of months';

CREATE TABLE bands (
    wording UBIGINT NOT NULL,
    band UINTEGER NOT NULL
);
COMMENT ON TABLE bands IS 'MinHash of the words of each wording: 32 rows, in their order; two wordings with a band in common are compared';
COMMENT ON COLUMN bands.wording IS 'Key in wordings';
COMMENT ON COLUMN bands.band IS 'Four hashes of 8 bits';

CREATE TABLE sources (
    source VARCHAR NOT NULL,
    path VARCHAR,
    last_seen_run VARCHAR NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,
    vanished_at TIMESTAMP
);
COMMENT ON TABLE sources IS 'One row a source that an ingest met: when last, and whether its file has vanished';
COMMENT ON COLUMN sources.source IS 'documents.source';
COMMENT ON COLUMN sources.path IS 'The file that it was read from; NULL for what was fetched or came by standard input';
COMMENT ON COLUMN sources.last_seen_run IS 'The last run that met it';
COMMENT ON COLUMN sources.last_seen_at IS 'When that was, UTC';
COMMENT ON COLUMN sources.vanished_at IS 'When an ingest of its folder first missed its file, UTC; NULL while it is there';

CREATE TABLE sentences (
    sentence_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    ordinal INTEGER NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    kind VARCHAR NOT NULL
);
COMMENT ON TABLE sentences IS 'The sentences and headings of a document; every character of the text lies in at most one';
COMMENT ON COLUMN sentences.sentence_id IS 'Key: hash of document and span';
COMMENT ON COLUMN sentences.document_id IS 'The document it stands in';
COMMENT ON COLUMN sentences.ordinal IS 'Its place in the document, from 0';
COMMENT ON COLUMN sentences.start_char IS 'Offset of its first character in documents.text';
COMMENT ON COLUMN sentences.end_char IS 'Offset after its last character';
COMMENT ON COLUMN sentences.text IS 'documents.text[start_char:end_char]';
COMMENT ON COLUMN sentences.kind IS 'prose, heading, list_item, table_row or boilerplate';

CREATE TABLE facts (
    fact_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    sentence_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    value DECIMAL(38, 10) NOT NULL,
    value_low DECIMAL(38, 10),
    value_high DECIMAL(38, 10),
    bound VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    measure VARCHAR,
    measure_start INTEGER,
    measure_end INTEGER,
    entity VARCHAR,
    entity_start INTEGER,
    entity_end INTEGER,
    period_start DATE,
    period_end DATE,
    period_relation VARCHAR,
    period_inherited BOOLEAN NOT NULL,
    role VARCHAR NOT NULL,
    direction VARCHAR,
    basis_start DATE,
    basis_end DATE,
    share_of VARCHAR,
    status VARCHAR NOT NULL,
    attribution VARCHAR,
    conversion_of VARCHAR,
    confidence DOUBLE NOT NULL,
    rule VARCHAR NOT NULL,
    pipeline_version VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL
);
COMMENT ON TABLE facts IS 'One row a figure: a number that an article reports, with what the article says about it';
COMMENT ON COLUMN facts.fact_id IS 'Key: hash of document, kind and span';
COMMENT ON COLUMN facts.document_id IS 'The document it stands in';
COMMENT ON COLUMN facts.sentence_id IS 'The sentence it stands in';
COMMENT ON COLUMN facts.kind IS 'money, percent, quantity, multiple or rank';
COMMENT ON COLUMN facts.text IS 'The shortest span with number, scale and unit: documents.text[start_char:end_char]';
COMMENT ON COLUMN facts.start_char IS 'Offset of its first character in documents.text';
COMMENT ON COLUMN facts.end_char IS 'Offset after its last character';
COMMENT ON COLUMN facts.value IS 'The number with its scale worked out; a percentage stays in per cent; a range has its middle';
COMMENT ON COLUMN facts.value_low IS 'Lower end of the range, or of what the printed digits leave open; NULL when open';
COMMENT ON COLUMN facts.value_high IS 'Upper end of the range, or of what the printed digits leave open; NULL when open';
COMMENT ON COLUMN facts.bound IS 'exact, about, more_than, at_least, less_than, at_most or between (a range)';
COMMENT ON COLUMN facts.unit IS 'ISO 4217 code, percent, percentage_point, basis_point, unit code (m2, t, kWh), the noun counted, x or rank';
COMMENT ON COLUMN facts.measure IS 'What was measured, as the article words it';
COMMENT ON COLUMN facts.measure_start IS 'Offset of the measure in documents.text; NULL when pieced together';
COMMENT ON COLUMN facts.measure_end IS 'Offset after the measure; NULL when pieced together';
COMMENT ON COLUMN facts.entity IS 'The place, organization or group whose figure it is, in its canonical name';
COMMENT ON COLUMN facts.entity_start IS 'Offset of the words that name the entity';
COMMENT ON COLUMN facts.entity_end IS 'Offset after the words that name the entity';
COMMENT ON COLUMN facts.period_start IS 'First day of the period that the figure is for; NULL when open or unsaid';
COMMENT ON COLUMN facts.period_end IS 'Last day of the period that the figure is for, inclusive; NULL when open or unsaid';
COMMENT ON COLUMN facts.period_relation IS 'in, by (as of, by the end of), since or until';
COMMENT ON COLUMN facts.period_inherited IS 'True when the period came from another sentence';
COMMENT ON COLUMN facts.role IS 'level (a value), change (a difference or growth rate), share (part of a whole), multiple or rank';
COMMENT ON COLUMN facts.direction IS 'Of a change: up, down or flat';
COMMENT ON COLUMN facts.basis_start IS 'Of a change: first day of the period compared with';
COMMENT ON COLUMN facts.basis_end IS 'Of a change: last day of the period compared with, inclusive';
COMMENT ON COLUMN facts.share_of IS 'Of a share: the whole, as worded';
COMMENT ON COLUMN facts.status IS 'actual, estimate, forecast or target';
COMMENT ON COLUMN facts.attribution IS 'On whose word, as written in the same sentence; NULL where the article speaks for itself';
COMMENT ON COLUMN facts.conversion_of IS 'The fact (fact_id) that this amount restates in another currency';
COMMENT ON COLUMN facts.confidence IS '0 to 1: how likely the whole fact is right, calibrated on hand-made gold';
COMMENT ON COLUMN facts.rule IS 'The named rule that found it';
COMMENT ON COLUMN facts.pipeline_version IS 'The version of the rules that read it';
COMMENT ON COLUMN facts.run_id IS 'The run that wrote the row';

CREATE TABLE dates (
    date_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    sentence_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    date_kind VARCHAR NOT NULL,
    start_date DATE,
    end_date DATE,
    duration VARCHAR,
    precision VARCHAR,
    timex VARCHAR NOT NULL,
    rule VARCHAR NOT NULL
);
COMMENT ON TABLE dates IS 'One row a time expression';
COMMENT ON COLUMN dates.date_id IS 'Key: hash of document, kind and span';
COMMENT ON COLUMN dates.document_id IS 'The document it stands in';
COMMENT ON COLUMN dates.sentence_id IS 'The sentence it stands in';
COMMENT ON COLUMN dates.text IS 'The words: documents.text[start_char:end_char]';
COMMENT ON COLUMN dates.start_char IS 'Offset of its first character in documents.text';
COMMENT ON COLUMN dates.end_char IS 'Offset after its last character';
COMMENT ON COLUMN dates.date_kind IS 'date, interval, duration or set';
COMMENT ON COLUMN dates.start_date IS 'First day; NULL for an open end or a bare duration';
COMMENT ON COLUMN dates.end_date IS 'Last day, inclusive; NULL for an open end or a bare duration';
COMMENT ON COLUMN dates.duration IS 'Length as ISO 8601 duration, such as P12Y';
COMMENT ON COLUMN dates.precision IS 'day, month, quarter, half, year, decade or century';
COMMENT ON COLUMN dates.timex IS 'TIMEX3 value';
COMMENT ON COLUMN dates.rule IS 'The named rule that found it';

CREATE TABLE entities (
    entity_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    sentence_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    label VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    place VARCHAR
);
COMMENT ON TABLE entities IS 'One row a mention of a name';
COMMENT ON COLUMN entities.entity_id IS 'Key: hash of document, kind and span';
COMMENT ON COLUMN entities.document_id IS 'The document it stands in';
COMMENT ON COLUMN entities.sentence_id IS 'The sentence it stands in';
COMMENT ON COLUMN entities.text IS 'The words: documents.text[start_char:end_char]';
COMMENT ON COLUMN entities.start_char IS 'Offset of its first character in documents.text';
COMMENT ON COLUMN entities.end_char IS 'Offset after its last character';
COMMENT ON COLUMN entities.label IS 'OntoNotes label: ORG, GPE, LOC, PERSON, NORP, LAW, PRODUCT, EVENT, FAC or WORK_OF_ART';
COMMENT ON COLUMN entities.name IS 'Canonical name, the same for every mention in the document';
COMMENT ON COLUMN entities.rule IS 'The named rule, or the model, that found it';
COMMENT ON COLUMN entities.place IS 'Country that a place or people belongs to, or the union or part of the world that it is: China for Beijing, Chinese and China; NULL for other names';

CREATE TABLE numbers (
    number_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    sentence_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    disposition VARCHAR NOT NULL,
    explained_by VARCHAR
);
COMMENT ON TABLE numbers IS 'The account of every numeral: one row each run of digits and each number word in a text';
COMMENT ON COLUMN numbers.number_id IS 'Key: hash of document, kind and span';
COMMENT ON COLUMN numbers.document_id IS 'The document it stands in';
COMMENT ON COLUMN numbers.sentence_id IS 'The sentence it stands in';
COMMENT ON COLUMN numbers.text IS 'The numeral: documents.text[start_char:end_char]';
COMMENT ON COLUMN numbers.start_char IS 'Offset of its first character in documents.text';
COMMENT ON COLUMN numbers.end_char IS 'Offset after its last character';
COMMENT ON COLUMN numbers.disposition IS 'What it is: fact, date, name, list_mark, footnote, time, identifier or unexplained';
COMMENT ON COLUMN numbers.explained_by IS 'The fact_id, date_id or entity_id that holds it';

CREATE TABLE runs (
    run_id VARCHAR NOT NULL,
    flow_run_id VARCHAR,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    state VARCHAR NOT NULL,
    pipeline_version VARCHAR NOT NULL,
    model VARCHAR NOT NULL,
    read INTEGER NOT NULL,
    "new" INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    duplicate INTEGER NOT NULL,
    not_english INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    facts INTEGER NOT NULL,
    host VARCHAR NOT NULL,
    process_id INTEGER NOT NULL,
    vanished INTEGER DEFAULT 0,
    pruned INTEGER DEFAULT 0,
    command VARCHAR DEFAULT 'ingest',
    heartbeat_at TIMESTAMP,
    report VARCHAR
);
COMMENT ON TABLE runs IS 'One row a run: what happened';
COMMENT ON COLUMN runs.run_id IS 'Key of the run';
COMMENT ON COLUMN runs.flow_run_id IS 'The Prefect flow run, NULL for a run without Prefect';
COMMENT ON COLUMN runs.started_at IS 'When it started, UTC';
COMMENT ON COLUMN runs.finished_at IS 'When it finished, UTC; NULL while it runs';
COMMENT ON COLUMN runs.state IS 'running, completed, failed, interrupted or crashed (killed, and found so by the next run)';
COMMENT ON COLUMN runs.pipeline_version IS 'The version of the rules that it used';
COMMENT ON COLUMN runs.model IS 'The statistical model that it used, with its version';
COMMENT ON COLUMN runs.read IS 'Articles read';
COMMENT ON COLUMN runs."new" IS 'Articles of sources not seen before';
COMMENT ON COLUMN runs.changed IS 'Articles whose text, metadata or reading changed';
COMMENT ON COLUMN runs.unchanged IS 'Articles skipped because nothing had changed';
COMMENT ON COLUMN runs.duplicate IS 'New or changed articles that repeat another source';
COMMENT ON COLUMN runs.not_english IS 'New or changed articles in another language: kept, marked, not extracted';
COMMENT ON COLUMN runs.rejected IS 'Rows of rejects that it wrote';
COMMENT ON COLUMN runs.facts IS 'Facts that it wrote';
COMMENT ON COLUMN runs.host IS 'The machine that it ran on';
COMMENT ON COLUMN runs.process_id IS 'The process that it ran in';
COMMENT ON COLUMN runs.vanished IS 'Sources that it noted as vanished';
COMMENT ON COLUMN runs.pruned IS 'Sources whose rows it removed because they had vanished';
COMMENT ON COLUMN runs.command IS 'ingest or reextract';
COMMENT ON COLUMN runs.heartbeat_at IS 'When it last gave a sign of life, UTC';
COMMENT ON COLUMN runs.report IS 'What it did, as Markdown: the same as the artifact of its flow run';

CREATE TABLE fetches (
    url VARCHAR NOT NULL,
    etag VARCHAR,
    last_modified VARCHAR,
    fetched_at TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL,
    pipeline_version VARCHAR NOT NULL,
    model VARCHAR NOT NULL
);
COMMENT ON TABLE fetches IS 'One row a page or feed whose host can tell whether it has changed since it was fetched';
COMMENT ON COLUMN fetches.url IS 'Its address';
COMMENT ON COLUMN fetches.etag IS 'ETag of the answer';
COMMENT ON COLUMN fetches.last_modified IS 'Last-Modified of the answer';
COMMENT ON COLUMN fetches.fetched_at IS 'When it was fetched, UTC';
COMMENT ON COLUMN fetches.run_id IS 'The run that fetched it';
COMMENT ON COLUMN fetches.pipeline_version IS 'The version of the rules that read it; another version fetches it again';
COMMENT ON COLUMN fetches.model IS 'The model that read it; another model fetches it again';

CREATE TABLE rejects (
    run_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    stage VARCHAR NOT NULL,
    error VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    rejected_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE rejects IS 'One row a bad input; it never stops the rest';
COMMENT ON COLUMN rejects.run_id IS 'The run that met it';
COMMENT ON COLUMN rejects.source IS 'Path, URL or line it came from';
COMMENT ON COLUMN rejects.stage IS 'Where it was turned away: read, extract or store';
COMMENT ON COLUMN rejects.error IS 'Class of the error';
COMMENT ON COLUMN rejects.message IS 'What came, what is allowed, what to do';
COMMENT ON COLUMN rejects.rejected_at IS 'When, UTC';

CREATE TABLE reviews (
    review_id VARCHAR NOT NULL,
    fact_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    reviewed_at TIMESTAMP NOT NULL,
    reviewer VARCHAR,
    verdict VARCHAR NOT NULL,
    note VARCHAR,
    changed VARCHAR[] NOT NULL,
    text VARCHAR NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL,
    pipeline_version VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    value DECIMAL(38, 10) NOT NULL,
    value_low DECIMAL(38, 10),
    value_high DECIMAL(38, 10),
    bound VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    measure VARCHAR,
    entity VARCHAR,
    period_start DATE,
    period_end DATE,
    period_relation VARCHAR,
    role VARCHAR NOT NULL,
    direction VARCHAR,
    basis_start DATE,
    basis_end DATE,
    share_of VARCHAR,
    status VARCHAR NOT NULL,
    attribution VARCHAR
);
COMMENT ON TABLE reviews IS 'What people said about facts; rows are only added, and the newest of a fact counts';
COMMENT ON COLUMN reviews.review_id IS 'Key of the review';
COMMENT ON COLUMN reviews.fact_id IS 'The fact; its id is the same after another extraction of the same text';
COMMENT ON COLUMN reviews.document_id IS 'The document it stands in';
COMMENT ON COLUMN reviews.reviewed_at IS 'When, UTC';
COMMENT ON COLUMN reviews.reviewer IS 'Who; NULL when unsaid';
COMMENT ON COLUMN reviews.verdict IS 'accepted, corrected, rejected (no such fact) or withdrawn (no longer reviewed)';
COMMENT ON COLUMN reviews.note IS 'Why, in the words of the reviewer';
COMMENT ON COLUMN reviews.changed IS 'The columns in which the reviewer differs from the extraction';
COMMENT ON COLUMN reviews.text IS 'The figure as printed: documents.text[start_char:end_char]';
COMMENT ON COLUMN reviews.start_char IS 'Offset of its first character in documents.text';
COMMENT ON COLUMN reviews.end_char IS 'Offset after its last character';
COMMENT ON COLUMN reviews.pipeline_version IS 'The version of the rules whose reading was reviewed';
COMMENT ON COLUMN reviews.kind IS 'As the reviewer left it: money, percent, quantity, multiple or rank';
COMMENT ON COLUMN reviews.value IS 'As the reviewer left it: the number with its scale worked out; a percentage stays in per cent; a range has its middle';
COMMENT ON COLUMN reviews.value_low IS 'As the reviewer left it: lower end of the range, or of what the printed digits leave open; NULL when open';
COMMENT ON COLUMN reviews.value_high IS 'As the reviewer left it: upper end of the range, or of what the printed digits leave open; NULL when open';
COMMENT ON COLUMN reviews.bound IS 'As the reviewer left it: exact, about, more_than, at_least, less_than, at_most or between (a range)';
COMMENT ON COLUMN reviews.unit IS 'As the reviewer left it: ISO 4217 code, percent, percentage_point, basis_point, unit code (m2, t, kWh), the noun counted, x or rank';
COMMENT ON COLUMN reviews.measure IS 'As the reviewer left it: what was measured, as the article words it';
COMMENT ON COLUMN reviews.entity IS 'As the reviewer left it: the place, organization or group whose figure it is, in its canonical name';
COMMENT ON COLUMN reviews.period_start IS 'As the reviewer left it: first day of the period that the figure is for; NULL when open or unsaid';
COMMENT ON COLUMN reviews.period_end IS 'As the reviewer left it: last day of the period that the figure is for, inclusive; NULL when open or unsaid';
COMMENT ON COLUMN reviews.period_relation IS 'As the reviewer left it: in, by (as of, by the end of), since or until';
COMMENT ON COLUMN reviews.role IS 'As the reviewer left it: level (a value), change (a difference or growth rate), share (part of a whole), multiple or rank';
COMMENT ON COLUMN reviews.direction IS 'As the reviewer left it: Of a change: up, down or flat';
COMMENT ON COLUMN reviews.basis_start IS 'As the reviewer left it: Of a change: first day of the period compared with';
COMMENT ON COLUMN reviews.basis_end IS 'As the reviewer left it: Of a change: last day of the period compared with, inclusive';
COMMENT ON COLUMN reviews.share_of IS 'As the reviewer left it: Of a share: the whole, as worded';
COMMENT ON COLUMN reviews.status IS 'As the reviewer left it: actual, estimate, forecast or target';
COMMENT ON COLUMN reviews.attribution IS 'As the reviewer left it: On whose word, as written in the same sentence; NULL where the article speaks for itself';

CREATE TABLE review_samples (
    sample_id VARCHAR NOT NULL,
    drawn_at TIMESTAMP NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    fact_id VARCHAR NOT NULL
);
COMMENT ON TABLE review_samples IS 'Facts drawn at random to be reviewed, the same number of each kind where there are as many';
COMMENT ON COLUMN review_samples.sample_id IS 'Key of the sample';
COMMENT ON COLUMN review_samples.drawn_at IS 'When it was drawn, UTC';
COMMENT ON COLUMN review_samples.position IS 'Place of the fact in the sample, from 1; any first part of a sample is one too';
COMMENT ON COLUMN review_samples.kind IS 'Kind of the fact when it was drawn';
COMMENT ON COLUMN review_samples.fact_id IS 'The fact';

CREATE TABLE saved_queries (
    name VARCHAR NOT NULL,
    sql VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE saved_queries IS 'Queries that the reading room keeps';
COMMENT ON COLUMN saved_queries.name IS 'What it is called; one query a name';
COMMENT ON COLUMN saved_queries.sql IS 'One SELECT';
COMMENT ON COLUMN saved_queries.saved_at IS 'When it was saved, UTC';
