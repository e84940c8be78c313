
BBBBBBB BBBBBBBBBBB

BBBBB BBBBB
  BB BBB
     gettext(u'Correct the statement') 
  BBBB
     gettext(u'Make a statement') 
  BBBBB
BBBBBBBB
BBBBB BBBBBBB
  XX XXXXXXXXXXXXXXXX XXXXXXXXXXXXXXXX
  BBBBBBB BBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBB BBBB
  XXXX
    BB BBB
       gettext(u'Correct the statement') 
    BBBB
       gettext(u'Make a statement') 
    BBBBB
  XXXXX
  XX XXXXXXXXXXXXXX gettext(u'Everybody in the group reads it with your name. You can correct it until coordination answers or closes the review.') XXXX
  BB BBBBBBBBBXX XXXXXXXXXXXXXXXXXBBBBB
  XXXXX XXXXXXXXXXXXX XXXXXXXXXXXXXXXXXXX XXXXXXXXXXX
    BBBBBBBBBB
    
    XX XXXXXXXXXXXXXXXX
      XXXXXXX XXXXXXXXXXXXX XXXXXXXXXX XXXXXXXXXXXXX gettext(u'Save') XXXXXXXXX
      XX XXXXXXXX gettext(u'Leave it as it is') XXXX
    XXXX
  XXXXXXX
BBBBBBBB BBBBBBB
