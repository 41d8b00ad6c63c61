-- What an analyst types first: current facts, with their sentence and article beside them.

CREATE OR REPLACE VIEW current_documents AS
SELECT * FROM documents WHERE is_current AND duplicate_of IS NULL;
COMMENT ON VIEW current_documents IS 'The newest revision of every article; a copied story is shown once';
COMMENT ON COLUMN current_documents.document_id IS 'Key: hash of source and text, equal on any machine';
COMMENT ON COLUMN current_documents.source IS 'Path or URL the article came from';
COMMENT ON COLUMN current_documents.revision IS '1, 2, …: how many texts this source has had';
COMMENT ON COLUMN current_documents.is_current IS 'True for the newest revision of its source';
COMMENT ON COLUMN current_documents.title IS 'Headline';
COMMENT ON COLUMN current_documents.publisher IS 'Who published the article';
COMMENT ON COLUMN current_documents.author IS 'Who wrote it';
COMMENT ON COLUMN current_documents.language IS 'Language, ISO 639-1';
COMMENT ON COLUMN current_documents.published_at IS 'When it was published; relative dates in the text count from here';
COMMENT ON COLUMN current_documents.published_from IS 'Where published_at comes from: metadata, text, feed, file; NULL when unknown';
COMMENT ON COLUMN current_documents.media_type IS 'Media type of what was read, such as text/plain';
COMMENT ON COLUMN current_documents.text IS 'The article, character for character; every offset counts into it';
COMMENT ON COLUMN current_documents.text_sha256 IS 'SHA-256 of the text in UTF-8';
COMMENT ON COLUMN current_documents.duplicate_of IS 'NULL: copies are in documents';
COMMENT ON COLUMN current_documents.ingested_at IS 'When its rows were written, UTC';
COMMENT ON COLUMN current_documents.run_id IS 'The run that wrote its rows';
COMMENT ON COLUMN current_documents.pipeline_version IS 'The version of the rules that read it';
COMMENT ON COLUMN current_documents.model IS 'The statistical model that read it, with its version';
COMMENT ON COLUMN current_documents.fingerprint IS 'Hash of everything its rows depend on; an equal one need not be read again';
COMMENT ON COLUMN current_documents.wording IS 'Key in wordings: equal for texts with the same words and numerals';
COMMENT ON COLUMN current_documents.utc_offset_minutes IS 'Offset from UTC of the zone that published_at was given in; NULL when none was';

-- What people said last about a fact: a review that was withdrawn counts no more.
CREATE OR REPLACE VIEW current_reviews AS
SELECT * FROM (
    SELECT * FROM reviews
    QUALIFY row_number() OVER (PARTITION BY fact_id ORDER BY reviewed_at DESC, review_id DESC) = 1
)
WHERE verdict <> 'withdrawn';
COMMENT ON VIEW current_reviews IS 'The newest review of every reviewed fact; these win in the views below';
COMMENT ON COLUMN current_reviews.review_id IS 'Key of the review';
COMMENT ON COLUMN current_reviews.fact_id IS 'The fact; its id is the same after another extraction of the same text';
COMMENT ON COLUMN current_reviews.document_id IS 'The document it stands in';
COMMENT ON COLUMN current_reviews.reviewed_at IS 'When, UTC';
COMMENT ON COLUMN current_reviews.reviewer IS 'Who; NULL when unsaid';
COMMENT ON COLUMN current_reviews.verdict IS 'accepted, corrected, rejected (no such fact) or withdrawn (no longer reviewed)';
COMMENT ON COLUMN current_reviews.note IS 'Why, in the words of the reviewer';
COMMENT ON COLUMN current_reviews.changed IS 'The columns in which the reviewer differs from the extraction';
COMMENT ON COLUMN current_reviews.text IS 'The figure as printed: documents.text[start_char:end_char]';
COMMENT ON COLUMN current_reviews.start_char IS 'Offset of its first character in documents.text';
COMMENT ON COLUMN current_reviews.end_char IS 'Offset after its last character';
COMMENT ON COLUMN current_reviews.pipeline_version IS 'The version of the rules whose reading was reviewed';
COMMENT ON COLUMN current_reviews.kind IS 'As the reviewer left it: money, percent, quantity, multiple or rank';
COMMENT ON COLUMN current_reviews.value IS 'As the reviewer left it: the number with its scale worked out; a percentage stays in per cent; a range has its middle';
COMMENT ON COLUMN current_reviews.value_low IS 'As the reviewer left it: lower end of the range, or of what the printed digits leave open; NULL when open';
COMMENT ON COLUMN current_reviews.value_high IS 'As the reviewer left it: upper end of the range, or of what the printed digits leave open; NULL when open';
COMMENT ON COLUMN current_reviews.bound IS 'As the reviewer left it: exact, about, more_than, at_least, less_than, at_most or between (a range)';
COMMENT ON COLUMN current_reviews.unit IS 'As the reviewer left it: ISO 4217 code, percent, percentage_point, basis_point, unit code (m2, t, kWh), the noun counted, x or rank';
COMMENT ON COLUMN current_reviews.measure IS 'As the reviewer left it: what was measured, as the article words it';
COMMENT ON COLUMN current_reviews.entity IS 'As the reviewer left it: the place, organization or group whose figure it is, in its canonical name';
COMMENT ON COLUMN current_reviews.period_start IS 'As the reviewer left it: first day of the period that the figure is for; NULL when open or unsaid';
COMMENT ON COLUMN current_reviews.period_end IS 'As the reviewer left it: last day of the period that the figure is for, inclusive; NULL when open or unsaid';
COMMENT ON COLUMN current_reviews.period_relation IS 'As the reviewer left it: in, by (as of, by the end of), since or until';
COMMENT ON COLUMN current_reviews.role IS 'As the reviewer left it: level (a value), change (a difference or growth rate), share (part of a whole), multiple or rank';
COMMENT ON COLUMN current_reviews.direction IS 'As the reviewer left it: Of a change: up, down or flat';
COMMENT ON COLUMN current_reviews.basis_start IS 'As the reviewer left it: Of a change: first day of the period compared with';
COMMENT ON COLUMN current_reviews.basis_end IS 'As the reviewer left it: Of a change: last day of the period compared with, inclusive';
COMMENT ON COLUMN current_reviews.share_of IS 'As the reviewer left it: Of a share: the whole, as worded';
COMMENT ON COLUMN current_reviews.status IS 'As the reviewer left it: actual, estimate, forecast or target';
COMMENT ON COLUMN current_reviews.attribution IS 'As the reviewer left it: On whose word, as written in the same sentence; NULL where the article speaks for itself';

-- The reviewed facts and the others are two branches, so that a condition on a column goes down to the table of facts and is
-- asked there before anything is joined.
CREATE OR REPLACE VIEW facts_with_source AS
SELECT
    f.measure,
    f.entity,
    f.period_start,
    f.period_end,
    f.value,
    f.unit,
    f.bound,
    f.value_low,
    f.value_high,
    f.role,
    f.direction,
    f.basis_start,
    f.basis_end,
    f.share_of,
    f.status,
    f.attribution,
    s.text AS sentence,
    d.title,
    d.source,
    d.published_at,
    d.publisher,
    f.kind,
    f.text,
    f.start_char,
    f.end_char,
    f.period_relation,
    f.period_inherited,
    f.conversion_of,
    f.confidence,
    f.rule,
    f.fact_id,
    f.sentence_id,
    f.document_id,
    f.review
FROM (
    SELECT
        read.measure, read.entity, read.period_start, read.period_end, read.value, read.unit, read.bound, read.value_low,
        read.value_high, read.role, read.direction, read.basis_start, read.basis_end, read.share_of, read.status,
        read.attribution, read.kind, read.period_relation, read.text, read.start_char, read.end_char, read.period_inherited,
        read.conversion_of, read.confidence, read.rule, read.fact_id, read.sentence_id, read.document_id,
        NULL::VARCHAR AS review
    FROM facts AS read ANTI JOIN current_reviews AS r ON r.fact_id = read.fact_id
    UNION ALL
    SELECT
        r.measure, r.entity, r.period_start, r.period_end, r.value, r.unit, r.bound, r.value_low, r.value_high, r.role,
        r.direction, r.basis_start, r.basis_end, r.share_of, r.status, r.attribution, r.kind, r.period_relation, read.text,
        read.start_char, read.end_char, read.period_inherited, read.conversion_of, read.confidence, read.rule, read.fact_id,
        read.sentence_id, read.document_id, r.verdict AS review
    FROM facts AS read JOIN current_reviews AS r ON r.fact_id = read.fact_id
    WHERE r.verdict <> 'rejected'
) f
JOIN documents d ON d.document_id = f.document_id
JOIN sentences s ON s.sentence_id = f.sentence_id
WHERE d.is_current AND d.duplicate_of IS NULL;
COMMENT ON VIEW facts_with_source IS 'Current facts of all kinds, with sentence, title, source and publication date; a copied story is shown once, a reviewed fact as its reviewer left it, a rejected one not at all';
COMMENT ON COLUMN facts_with_source.measure IS 'What was measured, as the article words it';
COMMENT ON COLUMN facts_with_source.entity IS 'The place, organization or group whose figure it is';
COMMENT ON COLUMN facts_with_source.period_start IS 'First day of the period that the figure is for';
COMMENT ON COLUMN facts_with_source.period_end IS 'Last day of that period, inclusive';
COMMENT ON COLUMN facts_with_source.value IS 'The number with its scale worked out';
COMMENT ON COLUMN facts_with_source.unit IS 'Currency code, percent, unit code or the noun counted';
COMMENT ON COLUMN facts_with_source.bound IS 'exact, about, more_than, at_least, less_than, at_most or between';
COMMENT ON COLUMN facts_with_source.value_low IS 'Lower end of the range or of the rounding interval; NULL when open';
COMMENT ON COLUMN facts_with_source.value_high IS 'Upper end of the range or of the rounding interval; NULL when open';
COMMENT ON COLUMN facts_with_source.role IS 'level, change, share, multiple or rank';
COMMENT ON COLUMN facts_with_source.direction IS 'Of a change: up, down or flat';
COMMENT ON COLUMN facts_with_source.basis_start IS 'Of a change: first day of the period compared with';
COMMENT ON COLUMN facts_with_source.basis_end IS 'Of a change: last day of the period compared with, inclusive';
COMMENT ON COLUMN facts_with_source.share_of IS 'Of a share: the whole, as worded';
COMMENT ON COLUMN facts_with_source.status IS 'actual, estimate, forecast or target';
COMMENT ON COLUMN facts_with_source.attribution IS 'On whose word, as written';
COMMENT ON COLUMN facts_with_source.sentence IS 'The sentence it stands in';
COMMENT ON COLUMN facts_with_source.title IS 'Headline of the article';
COMMENT ON COLUMN facts_with_source.source IS 'Path or URL of the article';
COMMENT ON COLUMN facts_with_source.published_at IS 'When the article was published, UTC';
COMMENT ON COLUMN facts_with_source.publisher IS 'Who published the article';
COMMENT ON COLUMN facts_with_source.kind IS 'money, percent, quantity, multiple or rank';
COMMENT ON COLUMN facts_with_source.text IS 'The figure as printed';
COMMENT ON COLUMN facts_with_source.start_char IS 'Offset of the figure in the text of the article';
COMMENT ON COLUMN facts_with_source.end_char IS 'Offset after the figure';
COMMENT ON COLUMN facts_with_source.period_relation IS 'in, by, since or until';
COMMENT ON COLUMN facts_with_source.period_inherited IS 'True when the period came from another sentence';
COMMENT ON COLUMN facts_with_source.conversion_of IS 'The fact that this amount restates in another currency';
COMMENT ON COLUMN facts_with_source.confidence IS '0 to 1: how likely the whole fact is right';
COMMENT ON COLUMN facts_with_source.rule IS 'The named rule that found it';
COMMENT ON COLUMN facts_with_source.fact_id IS 'Key in facts';
COMMENT ON COLUMN facts_with_source.sentence_id IS 'Key in sentences';
COMMENT ON COLUMN facts_with_source.document_id IS 'Key in documents';
COMMENT ON COLUMN facts_with_source.review IS 'accepted or corrected by a person; NULL for what nobody reviewed';

CREATE OR REPLACE VIEW names_with_source AS
SELECT
    e.name,
    e.label,
    e.place,
    e.text,
    s.text AS sentence,
    d.title,
    d.source,
    d.published_at,
    d.publisher,
    e.start_char,
    e.end_char,
    e.rule,
    e.entity_id,
    e.sentence_id,
    e.document_id
FROM entities e
JOIN documents d ON d.document_id = e.document_id
JOIN sentences s ON s.sentence_id = e.sentence_id
WHERE d.is_current AND d.duplicate_of IS NULL;
COMMENT ON VIEW names_with_source IS 'Current mentions of names, with sentence, title, source and publication date; a copied story is shown once';
COMMENT ON COLUMN names_with_source.name IS 'Canonical name, the same for every mention in the document';
COMMENT ON COLUMN names_with_source.label IS 'ORG, GPE, LOC, PERSON, NORP, LAW, PRODUCT, EVENT, FAC or WORK_OF_ART';
COMMENT ON COLUMN names_with_source.place IS 'Country that a place or people belongs to, or the union or part of the world that it is; NULL for other names';
COMMENT ON COLUMN names_with_source.text IS 'The name as printed';
COMMENT ON COLUMN names_with_source.sentence IS 'The sentence it stands in';
COMMENT ON COLUMN names_with_source.title IS 'Headline of the article';
COMMENT ON COLUMN names_with_source.source IS 'Path or URL of the article';
COMMENT ON COLUMN names_with_source.published_at IS 'When the article was published, UTC';
COMMENT ON COLUMN names_with_source.publisher IS 'Who published the article';
COMMENT ON COLUMN names_with_source.start_char IS 'Offset of the name in the text of the article';
COMMENT ON COLUMN names_with_source.end_char IS 'Offset after the name';
COMMENT ON COLUMN names_with_source.rule IS 'The named rule, or the model, that found it';
COMMENT ON COLUMN names_with_source.entity_id IS 'Key in entities';
COMMENT ON COLUMN names_with_source.sentence_id IS 'Key in sentences';
COMMENT ON COLUMN names_with_source.document_id IS 'Key in documents';

CREATE OR REPLACE VIEW money AS
SELECT * FROM facts_with_source WHERE kind = 'money';
COMMENT ON VIEW money IS 'Current amounts in a currency, with sentence, title, source and publication date';
COMMENT ON COLUMN money.measure IS 'What was measured, as the article words it';
COMMENT ON COLUMN money.entity IS 'The place, organization or group whose figure it is';
COMMENT ON COLUMN money.period_start IS 'First day of the period that the figure is for';
COMMENT ON COLUMN money.period_end IS 'Last day of that period, inclusive';
COMMENT ON COLUMN money.value IS 'The number with its scale worked out';
COMMENT ON COLUMN money.unit IS 'Currency code, percent, unit code or the noun counted';
COMMENT ON COLUMN money.bound IS 'exact, about, more_than, at_least, less_than, at_most or between';
COMMENT ON COLUMN money.value_low IS 'Lower end of the range or of the rounding interval; NULL when open';
COMMENT ON COLUMN money.value_high IS 'Upper end of the range or of the rounding interval; NULL when open';
COMMENT ON COLUMN money.role IS 'level, change, share, multiple or rank';
COMMENT ON COLUMN money.direction IS 'Of a change: up, down or flat';
COMMENT ON COLUMN money.basis_start IS 'Of a change: first day of the period compared with';
COMMENT ON COLUMN money.basis_end IS 'Of a change: last day of the period compared with, inclusive';
COMMENT ON COLUMN money.share_of IS 'Of a share: the whole, as worded';
COMMENT ON COLUMN money.status IS 'actual, estimate, forecast or target';
COMMENT ON COLUMN money.attribution IS 'On whose word, as written';
COMMENT ON COLUMN money.sentence IS 'The sentence it stands in';
COMMENT ON COLUMN money.title IS 'Headline of the article';
COMMENT ON COLUMN money.source IS 'Path or URL of the article';
COMMENT ON COLUMN money.published_at IS 'When the article was published, UTC';
COMMENT ON COLUMN money.publisher IS 'Who published the article';
COMMENT ON COLUMN money.kind IS 'money, percent, quantity, multiple or rank';
COMMENT ON COLUMN money.text IS 'The figure as printed';
COMMENT ON COLUMN money.start_char IS 'Offset of the figure in the text of the article';
COMMENT ON COLUMN money.end_char IS 'Offset after the figure';
COMMENT ON COLUMN money.period_relation IS 'in, by, since or until';
COMMENT ON COLUMN money.period_inherited IS 'True when the period came from another sentence';
COMMENT ON COLUMN money.conversion_of IS 'The fact that this amount restates in another currency';
COMMENT ON COLUMN money.confidence IS '0 to 1: how likely the whole fact is right';
COMMENT ON COLUMN money.rule IS 'The named rule that found it';
COMMENT ON COLUMN money.fact_id IS 'Key in facts';
COMMENT ON COLUMN money.sentence_id IS 'Key in sentences';
COMMENT ON COLUMN money.document_id IS 'Key in documents';
COMMENT ON COLUMN money.review IS 'accepted or corrected by a person; NULL for what nobody reviewed';

CREATE OR REPLACE VIEW percentages AS
SELECT * FROM facts_with_source WHERE kind = 'percent';
COMMENT ON VIEW percentages IS 'Current percentages, percentage points and basis points, with sentence, title, source and publication date';
COMMENT ON COLUMN percentages.measure IS 'What was measured, as the article words it';
COMMENT ON COLUMN percentages.entity IS 'The place, organization or group whose figure it is';
COMMENT ON COLUMN percentages.period_start IS 'First day of the period that the figure is for';
COMMENT ON COLUMN percentages.period_end IS 'Last day of that period, inclusive';
COMMENT ON COLUMN percentages.value IS 'The number with its scale worked out';
COMMENT ON COLUMN percentages.unit IS 'Currency code, percent, unit code or the noun counted';
COMMENT ON COLUMN percentages.bound IS 'exact, about, more_than, at_least, less_than, at_most or between';
COMMENT ON COLUMN percentages.value_low IS 'Lower end of the range or of the rounding interval; NULL when open';
COMMENT ON COLUMN percentages.value_high IS 'Upper end of the range or of the rounding interval; NULL when open';
COMMENT ON COLUMN percentages.role IS 'level, change, share, multiple or rank';
COMMENT ON COLUMN percentages.direction IS 'Of a change: up, down or flat';
COMMENT ON COLUMN percentages.basis_start IS 'Of a change: first day of the period compared with';
COMMENT ON COLUMN percentages.basis_end IS 'Of a change: last day of the period compared with, inclusive';
COMMENT ON COLUMN percentages.share_of IS 'Of a share: the whole, as worded';
COMMENT ON COLUMN percentages.status IS 'actual, estimate, forecast or target';
COMMENT ON COLUMN percentages.attribution IS 'On whose word, as written';
COMMENT ON COLUMN percentages.sentence IS 'The sentence it stands in';
COMMENT ON COLUMN percentages.title IS 'Headline of the article';
COMMENT ON COLUMN percentages.source IS 'Path or URL of the article';
COMMENT ON COLUMN percentages.published_at IS 'When the article was published, UTC';
COMMENT ON COLUMN percentages.publisher IS 'Who published the article';
COMMENT ON COLUMN percentages.kind IS 'money, percent, quantity, multiple or rank';
COMMENT ON COLUMN percentages.text IS 'The figure as printed';
COMMENT ON COLUMN percentages.start_char IS 'Offset of the figure in the text of the article';
COMMENT ON COLUMN percentages.end_char IS 'Offset after the figure';
COMMENT ON COLUMN percentages.period_relation IS 'in, by, since or until';
COMMENT ON COLUMN percentages.period_inherited IS 'True when the period came from another sentence';
COMMENT ON COLUMN percentages.conversion_of IS 'The fact that this amount restates in another currency';
COMMENT ON COLUMN percentages.confidence IS '0 to 1: how likely the whole fact is right';
COMMENT ON COLUMN percentages.rule IS 'The named rule that found it';
COMMENT ON COLUMN percentages.fact_id IS 'Key in facts';
COMMENT ON COLUMN percentages.sentence_id IS 'Key in sentences';
COMMENT ON COLUMN percentages.document_id IS 'Key in documents';
COMMENT ON COLUMN percentages.review IS 'accepted or corrected by a person; NULL for what nobody reviewed';

CREATE OR REPLACE VIEW quantities AS
SELECT * FROM facts_with_source WHERE kind = 'quantity';
COMMENT ON VIEW quantities IS 'Current counts and amounts in physical units, with sentence, title, source and publication date';
COMMENT ON COLUMN quantities.measure IS 'What was measured, as the article words it';
COMMENT ON COLUMN quantities.entity IS 'The place, organization or group whose figure it is';
COMMENT ON COLUMN quantities.period_start IS 'First day of the period that the figure is for';
COMMENT ON COLUMN quantities.period_end IS 'Last day of that period, inclusive';
COMMENT ON COLUMN quantities.value IS 'The number with its scale worked out';
COMMENT ON COLUMN quantities.unit IS 'Currency code, percent, unit code or the noun counted';
COMMENT ON COLUMN quantities.bound IS 'exact, about, more_than, at_least, less_than, at_most or between';
COMMENT ON COLUMN quantities.value_low IS 'Lower end of the range or of the rounding interval; NULL when open';
COMMENT ON COLUMN quantities.value_high IS 'Upper end of the range or of the rounding interval; NULL when open';
COMMENT ON COLUMN quantities.role IS 'level, change, share, multiple or rank';
COMMENT ON COLUMN quantities.direction IS 'Of a change: up, down or flat';
COMMENT ON COLUMN quantities.basis_start IS 'Of a change: first day of the period compared with';
COMMENT ON COLUMN quantities.basis_end IS 'Of a change: last day of the period compared with, inclusive';
COMMENT ON COLUMN quantities.share_of IS 'Of a share: the whole, as worded';
COMMENT ON COLUMN quantities.status IS 'actual, estimate, forecast or target';
COMMENT ON COLUMN quantities.attribution IS 'On whose word, as written';
COMMENT ON COLUMN quantities.sentence IS 'The sentence it stands in';
COMMENT ON COLUMN quantities.title IS 'Headline of the article';
COMMENT ON COLUMN quantities.source IS 'Path or URL of the article';
COMMENT ON COLUMN quantities.published_at IS 'When the article was published, UTC';
COMMENT ON COLUMN quantities.publisher IS 'Who published the article';
COMMENT ON COLUMN quantities.kind IS 'money, percent, quantity, multiple or rank';
COMMENT ON COLUMN quantities.text IS 'The figure as printed';
COMMENT ON COLUMN quantities.start_char IS 'Offset of the figure in the text of the article';
COMMENT ON COLUMN quantities.end_char IS 'Offset after the figure';
COMMENT ON COLUMN quantities.period_relation IS 'in, by, since or until';
COMMENT ON COLUMN quantities.period_inherited IS 'True when the period came from another sentence';
COMMENT ON COLUMN quantities.conversion_of IS 'The fact that this amount restates in another currency';
COMMENT ON COLUMN quantities.confidence IS '0 to 1: how likely the whole fact is right';
COMMENT ON COLUMN quantities.rule IS 'The named rule that found it';
COMMENT ON COLUMN quantities.fact_id IS 'Key in facts';
COMMENT ON COLUMN quantities.sentence_id IS 'Key in sentences';
COMMENT ON COLUMN quantities.document_id IS 'Key in documents';
COMMENT ON COLUMN quantities.review IS 'accepted or corrected by a person; NULL for what nobody reviewed';
