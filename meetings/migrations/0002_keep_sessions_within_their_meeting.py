"""A session's day lies within its meeting, whoever changes which of the two.

Checked at the end of a transaction, so that a meeting and its sessions can be moved together. The
row of the meeting is locked for the check: of two transactions one sees what the other did.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION meetings_check_session_day() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    meeting meetings_meeting;
    outside boolean;
BEGIN
    IF TG_TABLE_NAME = 'meetings_meeting' THEN
        SELECT * INTO meeting FROM meetings_meeting WHERE id = NEW.id;
    ELSE
        SELECT * INTO meeting FROM meetings_meeting WHERE id = NEW.meeting_id FOR SHARE;
    END IF;
    SELECT EXISTS (
        SELECT FROM meetings_session AS session
        WHERE session.meeting_id = meeting.id
            AND session.day NOT BETWEEN meeting.begins_on AND meeting.ends_on
    ) INTO outside;
    IF outside THEN
        RAISE EXCEPTION 'a session is outside the days of its meeting'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'session_day_is_within_its_meeting';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER session_day_is_within_its_meeting
    AFTER INSERT OR UPDATE OF day, meeting_id ON meetings_session
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION meetings_check_session_day();
CREATE CONSTRAINT TRIGGER meeting_days_hold_its_sessions
    AFTER UPDATE OF begins_on, ends_on ON meetings_meeting
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION meetings_check_session_day();
"""

DROP = """
DROP TRIGGER meeting_days_hold_its_sessions ON meetings_meeting;
DROP TRIGGER session_day_is_within_its_meeting ON meetings_session;
DROP FUNCTION meetings_check_session_day();
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_meetings_sessions_visits")]

    operations = [migrations.RunSQL(CREATE, DROP)]
