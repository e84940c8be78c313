
BBBBBBB BBBBBBBBBBB

BBBBB BBBBB
  BB BBB
     gettext(u'Correct a decision') 
  BBBB
     gettext(u'Record a decision') 
  BBBBB
BBBBBBBB
BBBBB BBBBBBB
  XX XXXXXXXXXXXXXXXX XXXXXXBBB BBBBBBBBBBBBBB BBBBBBBBBXX gettext(u'Review and approval') XXXXXXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBB BBBB
  XXXX
    BB BBB
       gettext(u'Correct a decision') 
    BBBB
       gettext(u'Record a decision') 
    BBBBB
  XXXXX
  BB BBB
    XX XXXXXXXXXXXXXX gettext(u'What it said before stays readable with your reason. A new document takes the place of the one that is there.') XXXX
  BBBBB
  XXXXX XXXXXXXXXXXXX
        XXXXXXXXXXXXXXXXXXXXXXXXXXXXX
        XXXXXXXXXXXXXXXXXXX
        XXXXXXXXXXX
    BBBBBBBBBB
    
    XX XXXXXXXXXXXXXXXX
      XXXXXXX XXXXXXXXXXXXX XXXXXXXXXX XXXXXXXXXXXXX gettext(u'Save') XXXXXXXXX
      XX XXXXXXBBB BBBBBBBBBBBBBB BBBBBBBBBXX gettext(u'Leave it as it is') XXXX
    XXXX
  XXXXXXX
BBBBBBBB BBBBBBB
