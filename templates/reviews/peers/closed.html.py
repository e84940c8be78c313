
BBBBBBB BBBBBBBBBBB

BBBBB BBBBB
  BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBB BBBB
BBBBBBBB
BBBBB BBBBBBB
  XXXX XXXXXXXXXXXXXX
    XXXXBBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBBBB BBBBXXXXX
    XX XXXXXXXXXXXXX
      BB BBBBB BB BBBBBBBBB
         gettext(u'Perhaps the address was not copied whole, or there is a newer one in a later mail.') 
      BBBB BBBBB BB BBBBBB
         gettext(u'This page was asked for very often in the last hour. Please come back in an hour; nothing is lost.') 
      BBBB BBBBB BB BBBBBBBBB
         gettext(u'The time for this review is over. What you have said is kept. Coordination can open the page again.') 
      BBBB BBBBB BB BBBBBBBBB
         gettext(u'Coordination has withdrawn this link. What you have said is kept.') 
      BBBB
         gettext(u'Thank you for everything you have said. The group works with it now.') 
      BBBBB
    XXXX
    BB BBBBB
      XXXX gettext(u'What you typed last was not saved') XXXXX
      XXX gettext(u'Please copy it from here if you want to keep it.') XXXX
      BBB BBBB BB BBBBBXXXX XXXXXXXXXXXXXXXXXXXXBBBBBB
    BBBBB
    BB BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
      XXX
         gettext(u'If something is to be changed, please write to coordination:') 
        XX XXXXXXXXXXXXXXXXXXX
      XXXX
    BBBBB
  XXXXXX
BBBBBBBB BBBBBBB
