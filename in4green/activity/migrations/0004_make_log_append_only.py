"""The log is append-only for everybody, whatever the application's code says.

A row may be inserted without a seal, sealed once, and deleted in a transaction that says
``SET LOCAL in4green.log_retention = 'on'``. Nothing else.
"""

from django.db import migrations

CREATE = """
CREATE FUNCTION activity_guard_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.number IS NULL AND NEW.seal IS NULL THEN
        RETURN NEW;
    ELSIF TG_OP = 'UPDATE'
        AND OLD.number IS NULL AND NEW.number IS NOT NULL
        AND to_jsonb(NEW) - 'number' - 'seal' = to_jsonb(OLD) - 'number' - 'seal'
    THEN
        RETURN NEW;
    ELSIF TG_OP = 'DELETE' AND current_setting('in4green.log_retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the log is append-only: % refused', TG_OP USING ERRCODE = 'raise_exception';
END
$$;
CREATE TRIGGER activity_log_is_append_only
    BEFORE INSERT OR UPDATE OR DELETE ON activity_logentry
    FOR EACH ROW EXECUTE FUNCTION activity_guard_log();
"""

DROP = """
DROP TRIGGER activity_log_is_append_only ON activity_logentry;
DROP FUNCTION activity_guard_log();
"""


class Migration(migrations.Migration):
    dependencies = [("activity", "0003_keep_log_when_people_go")]

    operations = [migrations.RunSQL(CREATE, DROP)]
