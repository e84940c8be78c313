"""What word processors put on the clipboard reads as what it looked like there."""

from in4green.livetext.content.html_in import from_html
from tests.livetext.writing import (
    doc,
    items,
    language,
    link,
    node,
    p,
    table,
    text,
)

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!--
p.MsoNormal {margin:0cm;}--></style></head><body lang=DE style='tab-interval:35.4pt'>
<!--StartFragment-->
<h1><span lang=EN-US>Ziele<o:p></o:p></span></h1>
<p class=MsoNormal>Ein <b style='mso-bidi-font-weight:normal'>fetter</b>,
ein <i>schräger</i> und ein <span style='font-weight:700'>anderer</span> Text.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if
!supportLists]><span style='font-family:Symbol;mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>Bäume<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp;</span></span><![endif]>Linden<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp;</span></span><![endif]>Bänke<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>3.<span>&nbsp;</span></span><![endif]>Dritter<o:p></o:p></p>
<table class=MsoTableGrid border=1><tr><td width=200 valign=top><p class=MsoNormal>A</p></td>
<td width=100><p class=MsoNormal>B</p></td></tr></table>
<p class=MsoNormal>Ende <a href="https://example.org/">hier</a><o:p></o:p></p>
<!--EndFragment--></body></html>"""

LIBREOFFICE = """<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html"/>
<title></title><style type="text/css">p { line-height: 115% }</style></head>
<body lang="de-DE" link="#000080" dir="ltr">
<h2 class="western"><font face="Liberation Sans"><font size="4">Ziele</font></font></h2>
<p style="line-height: 100%; margin-bottom: 0in"><font color="#c9211e"><span lang="en-GB"><b>Green
</b></span></font><span style="text-decoration: line-through">weg</span></p>
<ul><li><p style="margin-bottom: 0in">eins</p></li><li><p>zwei</p></li></ul>
<p><br/>

</p>
</body></html>"""


def test_what_word_writes_is_understood():
    listed = node(
        "bulletList",
        node("listItem", p("Bäume"), node("bulletList", *items("listItem", "Linden"))),
        *items("listItem", "Bänke"),
    )
    assert from_html(WORD, language="de") == doc(
        node("heading", text("Ziele", language("en-US"))),
        p(
            "Ein ",
            text("fetter", "bold"),
            ", ein ",
            text("schräger", "italic"),
            " und ein ",
            text("anderer", "bold"),
            " Text.",
        ),
        p(),
        listed,
        node("orderedList", *items("listItem", "Dritter"), start=3),
        table(["A", "B"], head=False),
        p("Ende ", text("hier", link("https://example.org/"))),
    )


def test_what_libreoffice_writes_is_understood():
    assert from_html(LIBREOFFICE, language="de") == doc(
        node("heading", "Ziele"),
        p(text("Green ", "bold", language("en-GB")), text("weg", "strike")),
        node("bulletList", *items("listItem", "eins", "zwei")),
        p(),
    )


def test_what_google_docs_writes_is_not_all_bold():
    html = """<b style="font-weight:normal;" id="docs-internal-guid-1">
        <p>a<span style="font-weight:400">b</span></p></b>"""

    assert from_html(html) == doc(p("ab"))
