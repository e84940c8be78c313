"""What the demo plan says: all of it is made up, and it says so itself."""

NOTE = """
<p><strong>Beispielplan:</strong> Alles hier ist erfunden, um das Portal auszuprobieren. Es ist
nicht der Plan der Stadt Solingen.</p>
"""
NOTE_EN = """
<p><strong>Example plan:</strong> everything here is made up to try out the portal. It is not
the plan of the city of Solingen.</p>
"""

SITUATION = (
    NOTE
    + """
<p>In den Gewerbegebieten von Musterhausen arbeiten viele kleine Metallbetriebe dicht beieinander.
Die einen kühlen, was die anderen heizen. Gemessen hat das noch niemand genau.</p>
<h2>Was wir wissen</h2>
<table>
<tr><th>Was</th><th>Wert (erfunden)</th><th>Quelle</th></tr>
<tr><td>Betriebe in den drei Gebieten</td><td>128</td><td>Beispiel-Kammer, Umfrage</td></tr>
<tr><td>Davon mit Abwärme über 60 °C</td><td>19</td><td>Muster-Institut, Schätzung</td></tr>
</table>
<h2>Was wir nicht wissen</h2>
<ul><li>Wie viel Wärme sich im Winter wirklich nutzen lässt</li>
<li>Welche Betriebe in den nächsten Jahren umziehen</li></ul>
"""
)
SITUATION_LATER = (
    SITUATION
    + """
<p>Seit dem letzten Treffen liegt eine zweite Schätzung vor: Sie kommt auf 24 Betriebe.</p>
"""
)
SITUATION_EN = (
    NOTE_EN
    + """
<p>In the business parks of Musterhausen many small metalworking firms work side by side. Some cool
what others heat. Nobody has measured this exactly yet.</p>
<h2>What we know</h2>
<table>
<tr><th>What</th><th>Value (made up)</th><th>Source</th></tr>
<tr><td>Firms in the three areas</td><td>128</td><td>Beispiel-Kammer, survey</td></tr>
<tr><td>Of these with waste heat above 60 °C</td><td>19</td><td>Muster-Institut, estimate</td></tr>
</table>
<h2>What we don't know</h2>
<ul><li>How much heat can really be used in winter</li>
<li>Which firms will move in the years to come</li></ul>
"""
)
VISION = """
<p>In zehn Jahren teilen Nachbarbetriebe Wärme, Wasser und Werkzeug so selbstverständlich wie heute
die Zufahrt. Wer in Musterhausen etwas wegwirft, fragt zuerst, wer es brauchen kann.</p>
"""
VISION_EN = """
<p>In ten years neighbouring firms share heat, water and tools as naturally as they share the
driveway today. Whoever throws something away in Musterhausen asks first who could use it.</p>
"""
PROBLEMS = """
<p>Die Gruppe hat einen Problembaum gezeichnet. Drei Ursachen kamen immer wieder vor:</p>
<ol><li>Niemand sieht, was nebenan übrig ist.</li>
<li>Ein Vertrag zwischen zwei Nachbarn ist aufwendiger als zwei getrennte Lösungen.</li>
<li>Förderung passt zu einem Betrieb, selten zu fünf gemeinsam.</li></ol>
<p>Uneins sind wir, ob Daten der Betriebe offen sein sollen.</p>
"""
PROBLEMS_PROPOSED = """
<p>Die Gruppe hat einen Problembaum gezeichnet. Vier Ursachen kamen immer wieder vor:</p>
<ol><li>Niemand sieht, was nebenan übrig ist.</li>
<li>Zwei getrennte Lösungen sind schneller beschafft als ein Vertrag zwischen zwei Nachbarn.</li>
<li>Förderung passt zu einem Betrieb, selten zu fünf gemeinsam.</li>
<li>Viele Betriebe sitzen zur Miete und dürfen nicht bauen.</li></ol>
<p>Uneins sind wir, ob Daten der Betriebe offen sein sollen.</p>
"""
OBJECTIVES = """
<p>Der Plan verfolgt zwei Ziele: Stoffe im Kreis führen und Energie gemeinsam nutzen. Beide stützen
sich gegenseitig, denn wer sich einmal einen Behälter geteilt hat, teilt auch eine Leitung.</p>
"""
OVERVIEW = """
<p>Die Maßnahmen bauen aufeinander auf: erst messen und zeigen, dann teilen, dann verstetigen.</p>
<div data-live-table="objectives"></div>
"""
FUNDING = """
<p>Gesichert ist nur ein Teil. Was „nicht finanziert“ heißt, steht trotzdem hier, damit man es
findet, wenn sich eine Gelegenheit ergibt.</p>
<div data-live-table="funding"></div>
"""
GOVERNANCE = """
<p>Nach dem Ende des Projekts trägt ein Beirat aus Stadt Musterhausen, Muster-Stadtwerken und
Beispiel-Kammer den Plan. Er trifft sich zweimal im Jahr.</p>
"""
SUMMARY = """
<p>Dieser Beispielplan zeigt, wie ein Plan im Portal aussieht: Texte, die die Gruppe gemeinsam
schreibt, und Tabellen, die aus den Maßnahmen kommen.</p>
"""
SUMMARY_EN = """
<p>This example plan shows what a plan looks like in the portal: texts that the group writes
together, and tables that come from the actions.</p>
"""
