"""The SQL of the live process."""

# Other processes that have a text open hear of its news within the same transaction.
BELL = """
CASE WHEN id = ANY({texts}::bigint[])
     THEN pg_notify('livetext',
                    format('{"text":%s,"seq":%s,"from":"%s"}', id, head_seq, {process}::text))
END
"""

# One text, one update: nearly every commit. It waits for nobody longer than the connection's
# lock_timeout, and answers nothing where the text has moved on to other rights or another epoch.
APPEND_ONE = """
WITH head AS (
    UPDATE livetext_livetext SET head_seq = head_seq + 1, changed_at = now()
     WHERE id = $1::bigint AND epoch = $2::bigint AND perm_version = $3::bigint
       AND quarantined_at IS NULL
    RETURNING id, head_seq
), log AS (
    INSERT INTO livetext_textupdate (text_id, epoch, seq, author_id, payload)
    SELECT id, $2::bigint, head_seq, $4::bigint, $5::bytea FROM head
)
SELECT id, head_seq - 1 AS before, {bell} FROM head
"""

# One text, what several people did in it since the last commit.
APPEND_SEVERAL = """
WITH head AS (
    UPDATE livetext_livetext
       SET head_seq = head_seq + cardinality($4::bigint[]), changed_at = now()
     WHERE id = $1::bigint AND epoch = $2::bigint AND perm_version = $3::bigint
       AND quarantined_at IS NULL
    RETURNING id, head_seq, head_seq - cardinality($4::bigint[]) AS before
), log AS (
    INSERT INTO livetext_textupdate (text_id, epoch, seq, author_id, payload)
    SELECT id, $2::bigint, before + n, author_id, payload
      FROM head, unnest($4::bigint[], $5::bytea[])
           WITH ORDINALITY AS w (author_id, payload, n)
)
SELECT id, before, {bell} FROM head
"""

# Many texts, as far as nobody else holds them: it costs several times what a statement for each
# does. Rows are locked in order of id, so that two processes can't block each other.
APPEND_FREE = """
WITH wanted AS (
    SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bytea[])
    WITH ORDINALITY AS w (text_id, epoch, perm_version, author_id, payload, n)
), counted AS (
    SELECT text_id, epoch, perm_version, count(*) AS news FROM wanted GROUP BY 1, 2, 3
), locked AS (
    SELECT id FROM livetext_livetext WHERE id IN (SELECT text_id FROM counted)
     ORDER BY id FOR NO KEY UPDATE SKIP LOCKED
), head AS (
    UPDATE livetext_livetext t SET head_seq = t.head_seq + c.news, changed_at = now()
      FROM counted c, locked l
     WHERE t.id = l.id AND t.id = c.text_id AND t.epoch = c.epoch
       AND t.perm_version = c.perm_version AND t.quarantined_at IS NULL
    RETURNING t.id, t.head_seq, t.head_seq - c.news AS before
), log AS (
    INSERT INTO livetext_textupdate (text_id, epoch, seq, author_id, payload)
    SELECT w.text_id, w.epoch,
           h.before + row_number() OVER (PARTITION BY w.text_id ORDER BY w.n),
           w.author_id, w.payload
      FROM wanted w JOIN head h ON h.id = w.text_id
)
SELECT id, before, {bell} FROM head
"""


def told(statement: str, *, others: bool) -> str:
    """With ``others`` two more values name the texts that they have open, and this process."""
    bell = BELL.replace("{texts}", "$6").replace("{process}", "$7")
    return statement.replace("{bell}", bell if others else "NULL::bigint")


CLAIM = """
INSERT INTO livetext_textclient (text_id, epoch, client_id, user_id)
SELECT * FROM unnest(%s::bigint[], %s::int[], %s::bigint[], %s::bigint[])
ON CONFLICT (text_id, epoch, client_id) DO NOTHING
"""

CLIENTS = "SELECT client_id, user_id FROM livetext_textclient WHERE text_id = %s AND epoch = %s"

# All that a room needs, as of one moment and in one turn. Four times two values: text and epoch.
STORED = """
WITH snapshot AS (
    SELECT seq, state, state_vector, depths FROM livetext_textsnapshot
     WHERE text_id = %s AND epoch = %s ORDER BY seq DESC LIMIT 1
)
SELECT 'text', perm_version::bigint, (quarantined_at IS NOT NULL)::int::bigint,
       NULL::bytea, NULL::bytea, NULL::bytea
  FROM livetext_livetext WHERE id = %s AND epoch = %s
UNION ALL
SELECT 'snapshot', seq, NULL, state, state_vector, depths FROM snapshot
UNION ALL
SELECT 'update', seq, author_id, payload, NULL, NULL FROM livetext_textupdate
 WHERE text_id = %s AND epoch = %s AND seq > COALESCE((SELECT seq FROM snapshot), 0)
UNION ALL
SELECT 'client', client_id, user_id, NULL, NULL, NULL FROM livetext_textclient
 WHERE text_id = %s AND epoch = %s
 ORDER BY 1, 2
"""

SNAPSHOT = """
SELECT seq, state, state_vector, depths FROM livetext_textsnapshot
 WHERE text_id = %s AND epoch = %s ORDER BY seq DESC LIMIT 1
"""

ROWS = """
SELECT seq, author_id, payload FROM livetext_textupdate
 WHERE text_id = %s AND epoch = %s AND seq > %s ORDER BY seq
"""

HEADS = """
SELECT id, epoch, head_seq, perm_version, quarantined_at IS NOT NULL, snapshot_seq
  FROM livetext_livetext WHERE id = ANY(%s)
"""

RING = "SELECT pg_notify('livetext', %s)"
