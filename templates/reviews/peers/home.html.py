
BBBBBBB BBBBBBBBBBB

BBBBB BBBBB
  
BBBBBBBB
BBBBB BBBBBBB
  XX XXXXXXXXXXXXXX
     gettext(u'%(group)s asks %(city)s') 
      SSSSSSSSS SSSS SSSSSSSS
    
  XXXX
  XXXXXXXXX
  BB BBBBB
    XX XXXXXXXXXXXXXX XXXXXXXXXXXXXX gettext(u'Saved. The group reads it now.') XXXX
  BBBBB
  XX XXXXXXXXXXX XXXXXXX
     gettext(u'This is a draft, not public. Please read it and say what you think of it by %(day)s: below each section, or to the whole.') 
      SSSS SS S SSSSSS SSS SSSSSSS SSSSSS SSSS SS SSS SSS SSSS SSS SSSSS SS SS SS SSSSSSSS SSSSS SSSS SSSSSSSS SS SS SSS SSSSSS
    
  XXXX
  BB BBBBBBBBBBBBXXXX XXXXXXXXXXXXXXFFFFFFFFFFXXXXXXBBBBB
  XXXX gettext(u'To read') XXXXX
  XXX XXXXXXXXXXXXX
    BBB BBBBBB BBB BB BBBBBB
      XXXXXX XXXXXXXX XXXXXXXXX
    BBBBB
      XXX XXXXXXXXXXXXXX gettext(u'There is no section any more that this review is about.') XXXXX
    BBBBBB
  XXXXX
  XXXXX XXXXXXXXXX XXXXXXXXXXXXXX XXXXXXXX gettext(u'Say something to the whole') XXXXXXXX
  BB BBBB
    BBBBBBB BBBBBBBBBBBBBBBBBBBBBBBBB BBBB BBBBBBBBB BBBB
  BBBBB
  XXXX gettext(u'Finished?') XXXXX
  BB BBBBBBBBBBBBBBBB
    XX XXXXXXXXXXXXXX gettext(u'You have told the group that you have said everything. You can still add something.') XXXX
  BBBB
    XX XXXXXXXXXXXXXX gettext(u'Please tell us when you have said everything, or have nothing to add. You can come back until the review is closed.') XXXX
    XXXXX XXXXXXXXXXXXX XXXXXXXXXX
      XXXXXXX XXXXXXXXXXXXX XXXXXXXXXX XXXXXXXXXXXXX gettext(u'We have said everything') XXXXXXXXX
    XXXXXXX
  BBBBB
BBBBBBBB BBBBBBB
