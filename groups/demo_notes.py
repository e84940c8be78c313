"""Two notes for the demo group: what they say of people is made up, of places it is not."""

from typing import Any

from groups.models import Note, User, WorkingGroup
from groups.services.notebook import begin_note
from in4green.livetext import services
from in4green.livetext.archive import versions
from in4green.livetext.content.html_in import from_html
from in4green.livetext.discussion import anchors, comments
from in4green.livetext.document import crdt
from in4green.livetext.models import TextUpdate

VISITS = """
<p>Beim zweiten transnationalen Treffen war unser Netzwerk in Solingen. Hier sammeln wir, was wir
davon in den
Aktionsplan mitnehmen. Bitte ergänzen Sie, was fehlt.</p>
<h2>Zwei Orte, zwei Fragen</h2>
<table>
<tr><th>Ort</th><th>Was dort zu sehen ist</th><th>Unsere Frage</th></tr>
<tr><td>Müllheizkraftwerk</td><td>Abfall wird thermisch verwertet; daraus werden Strom und
Fernwärme.</td>
<td>Welche Betriebe in der Nähe könnten Wärme abgeben oder abnehmen?</td></tr>
<tr><td>Gläserne Werkstatt</td><td>Ort für Begegnung und Ausstellung, für nachhaltige und
zirkuläre Ideen.</td>
<td>Welche Betriebe zeigen dort, was sie reparieren oder zurücknehmen?</td></tr>
</table>
<h2>Die vier Themen des Netzwerks</h2>
<ul>
<li>grüne, kooperative Industriegebiete</li>
<li>Circular Economy</li>
<li>Digitalisierung als Enabler industrieller Innovationen</li>
<li>Energiewende</li>
</ul>
"""
VISITS_LATER = """
<h2>Was als Nächstes zu tun ist</h2>
<ul>
<li><input type="checkbox" checked> Notizen vom Rundgang abtippen</li>
<li><input type="checkbox"> Fragen an das Müllheizkraftwerk in eine Reihenfolge bringen</li>
<li><input type="checkbox"> <strong>Zwei Betriebe fragen</strong>, ob sie beim nächsten Treffen
berichten</li>
</ul>
"""
HEAT = """
<p>Eine Sammlung von Ideen, noch <em>ohne Bewertung</em>. Wer eine Idee hat, schreibt sie
dazu.</p>
<h2>Gemeinsam nutzen, was schon da ist</h2>
<ol>
<li>Eine Karte der Betriebe, die Wärme übrig haben</li>
<li>Ein Muster für den Vertrag zwischen zwei Nachbarbetrieben</li>
<li>Ein Rundgang im Gewerbegebiet, im Winter mit der Wärmebildkamera</li>
</ol>
<h2>Offene Fragen</h2>
<p>Wer darf die Daten der Betriebe sehen? Die Muster-Stadtwerke klären das bis zum nächsten
Treffen.</p>
<blockquote><p>Erfundenes Beispiel: Die Musterfirma Klingen heizt ihre Halle mit der Wärme der
eigenen Härterei.</p></blockquote>
"""


def load(group: WorkingGroup, *, coordinator: User, member: User, deputy: User) -> bool:
    """False where the group has notes already."""
    if Note.objects.filter(group=group).exists():
        return False
    visits = begin_note(group, title="Was wir in Solingen gesehen haben", by=coordinator)
    _write(visits, VISITS, by=coordinator)
    versions.save(visits.text, by=coordinator, label="Nach dem ersten Gespräch")
    _write(visits, VISITS + VISITS_LATER, by=member)
    _comment(visits, "in eine Reihenfolge bringen", "Das übernehme ich bis Freitag.", by=deputy)
    heat = begin_note(group, title="Ideen: Wärme gemeinsam nutzen", by=deputy)
    _write(heat, HEAT, by=deputy)
    return True


def _write(note: Note, html: str, *, by: User) -> None:
    content = from_html(html)
    kind = TextUpdate.Kind.IMPORT
    services.edit(note.text, lambda doc: crdt.replace(doc, content), by=by, kind=kind)


def _comment(note: Note, quote: str, body: str, *, by: Any) -> None:
    passage = anchors.Passage(quote=quote, prefix="", suffix="")
    comments.open_thread(note.text, by=by, passage=passage, body=body)
