
BBBBBBB BBBBBBBBBBB

BBBBB BBBBB
   gettext(u'Ask more people, or move the day') 
BBBBBBBB
BBBBB BBBBBBB
  XX XXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBB BBBB
  XXXX gettext(u'Ask more people, or move the day') XXXXX
  XX XXXXXXXXXXXXXX gettext(u'Who has been asked already is not asked again. If the day moves, those who have not answered are reminded before the new one.') XXXX
  XXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXX XXXXXXXXXXX
    BBBBBBBBBB
    
    XX XXXXXXXXXXXXXXXX
      XXXXXXX XXXXXXXXXXXXX XXXXXXXXXX XXXXXXXXXXXXX gettext(u'Save') XXXXXXXXX
      XX XXXXXXXX gettext(u'Leave it as it is') XXXX
    XXXX
  XXXXXXX
BBBBBBBB BBBBBBB
